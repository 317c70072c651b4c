'use strict'
/* Syntax errors of cells with `await` or `import` at the top: as a script, all the engine sees is those. */
const { parse } = require('./syntax.cjs')

/** Throws the better SyntaxError, if there is one. `scriptOf(text, name, shift)` compiles. */
module.exports = function throwModuleError(text, name, scriptOf) {
  if (/\b(?:import|export)\b/.test(text)) throwParserError(text, name)
  const head = '(async()=>{'
  scriptOf(`${head}${text}\n})`, name, head.length)
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
