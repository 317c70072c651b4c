'use strict'
/* TypeScript cells, where this Node strips types. */
const Module = require('module')

/** JavaScript with blanks for types, or undefined where this is no TypeScript. Throws for what needs more than that. */
module.exports = function stripTypes(text) {
  if (!Module.stripTypeScriptTypes) return undefined
  const { emitWarning } = process
  try {
    // Nobody needs to hear in each session that it is experimental.
    process.emitWarning = () => {}
    const plain = Module.stripTypeScriptTypes(text)
    return plain === text ? undefined : plain
  } catch (error) {
    if (error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error
    return undefined
  } finally {
    process.emitWarning = emitWarning
  }
}
