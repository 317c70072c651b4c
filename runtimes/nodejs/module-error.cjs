'use strict'
/* Syntax errors of cells with `await` or `import` at the top: as a script, all the engine sees is those. */
const vm = require('vm')
const { parse } = require('./syntax.cjs')

const HEAD = '(async()=>{'

/** Throws the better SyntaxError, if there is one. `scriptOf(text, name, shift)` compiles. */
module.exports = function throwModuleError(text, name, scriptOf) {
  if (/\b(?:import|export)\b/.test(text)) throwParserError(text, name)
  if (!knowsAsync()) return
  try {
    scriptOf(`${HEAD}${text}\n})`, name, HEAD.length)
  } catch (error) {
    throw withoutHead(error, text)
  }
}

/** Node 6 does not: there `await` is a name like any other. */
function knowsAsync() {
  try {
    return Boolean(new vm.Script(`${HEAD}})`))
  } catch (_) {
    return false
  }
}

/** The engine shows the first line as it got it. */
function withoutHead(error, text) {
  const lines = error.stack.split('\n')
  if (lines[1] && lines[1].startsWith(HEAD)) {
    lines[1] = lines[1].slice(HEAD.length)
    lines[2] = lines[2].slice(HEAD.length)
  }
  // What we have put behind it is where it ends.
  if (lines[1] === '})') lines.splice(1, 2, text.split('\n').pop(), '')
  error.stack = lines.join('\n')
  return error
}

function throwParserError(text, name) {
  try {
    parse(text)
  } catch (error) {
    if (!error.loc) throw error
    const { line, column } = error.loc
    const better = new SyntaxError(error.message.replace(/ \(\d+:\d+\)$/, ''))
    const source = text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1]
    better.stack = `${name}:${line}\n${source}\n${' '.repeat(column)}^\n\nSyntaxError: ${better.message}`
    throw better
  }
}
