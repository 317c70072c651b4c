'use strict'
/* Makes a cell's source into something to run. */
const vm = require('vm')
const names = require('./names.cjs')

/** What the parser has to look at: declarations, `await`, what may be an object, and assignments to constants. */
const NEEDS_PARSER =
  /\b(?:async|await|class|const|export|function|import|let|using|var)\b|^\s*\{|\+\+|--|=(?![=>])|\bfor\b/

/** Without it Node puts the line into an error's stack, as we have rewritten it. */
const QUIET = { displayErrors: false }

/** Sources by the names of their cells, for error messages. */
const sources = new Map()

/** `run()` gives the value, of an async cell a promise of `{ value }`. Throws SyntaxError. */
function compile(source, id) {
  const name = `<cell ${id}>`
  sources.set(name, source)
  // `#!` is only a comment where a script begins.
  const text = source.replace(/^\ufeff/, ' ').replace(/^#!/, '//')
  try {
    return made(text, name)
  } catch (error) {
    const plain = error instanceof SyntaxError ? require('./typescript.cjs')(text) : undefined
    if (plain === undefined) throw error
    return made(plain, name)
  }
}

function made(text, name) {
  const parts = NEEDS_PARSER.test(text) ? rewritten(text, name) : undefined
  if (parts) return parts
  const script = compiled(text, name)
  return { isAsync: false, endsWithCall: () => endsWithCall(text), run: () => script.runInThisContext(QUIET) }
}

/** Undefined where the parser knows less than the engine, or both are unhappy: then the engine says why. */
function rewritten(text, name) {
  let parts
  let functions
  let body
  try {
    parts = require('./rewrite.cjs').rewrite(text)
    functions = scriptOf(parts.functions, name, 0)
    body = scriptOf(parts.body, name, parts.shift)
  } catch (_) {
    return undefined
  }
  return {
    isAsync: parts.isAsync,
    endsWithCall: () => endsWithCall(text),
    run() {
      names.declare(parts.declarations)
      functions.runInThisContext(QUIET)
      const value = body.runInThisContext(QUIET)
      return parts.isAsync ? value() : value
    },
  }
}

/** Throws the engine's SyntaxError, or a better one where that is only about the cell not being a module. */
function compiled(text, name) {
  try {
    return scriptOf(text, name, 0)
  } catch (error) {
    if (/\b(?:await|import|export)\b/.test(text)) require('./module-error.cjs')(text, name, scriptOf)
    throw error
  }
}

/** `shift` is how many characters of the first line are ours. */
function scriptOf(text, name, shift) {
  const options = { filename: name, columnOffset: -shift, displayErrors: true }
  return new vm.Script(text, options)
}

function endsWithCall(text) {
  return require('./rewrite.cjs').endsWithCall(text)
}

function sourceOf(name) {
  return sources.get(name)
}

module.exports = { compile, sourceOf }
