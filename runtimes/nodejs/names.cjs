'use strict'
/*
 * The names that cells have declared at their top level. Each is a variable of the global scope, made once: with
 * `let` for lexical declarations, with `var` (a property of the global object) for `var` and functions.
 */
const vm = require('vm')

/** Errors of these scripts are shown without their lines. */
const QUIET = { displayErrors: false }

/** Name to `{ kind, comment, isLexical }`: of its last declaration, but `isLexical` is of its first. */
const declared = new Map()
/** What is there before anything of the user's. */
const builtins = new Set(Object.getOwnPropertyNames(global))

function isLexical(name) {
  return declared.has(name) && declared.get(name).isLexical
}

function isConstant(name) {
  return declared.has(name) && declared.get(name).kind === 'const'
}

/**
 * Makes the variables of a cell, before it runs. `declarations` have `name`, `kind`, `isEmpty` (a `let` without a
 * value, which is undefined from here on) and `comment`. Throws SyntaxError where a name can't be declared.
 */
function declare(declarations) {
  const statements = declarations.map(statementFor)
  try {
    vm.runInThisContext(statements.join(''), QUIET)
  } catch (_) {
    declarations.forEach((declaration, index) => {
      declareAlone(declaration.name, statements[index])
    })
  }
  for (const declaration of declarations) remember(declaration)
}

function statementFor(declaration) {
  const name = declaration.name
  if (declared.has(name)) return declaration.isEmpty && declaration.kind === 'let' ? `${name}=void 0;` : ''
  // A function's own declaration makes its variable.
  if (declaration.kind === 'function') return ''
  return `${isLexicalKind(declaration.kind) ? 'let' : 'var'} ${name};`
}

/** A script of the user's own, run with `vm`, may have made that variable. */
function declareAlone(name, statement) {
  try {
    vm.runInThisContext(statement, QUIET)
  } catch (error) {
    const property = Object.getOwnPropertyDescriptor(global, name)
    if (property && !property.configurable) throw error
  }
}

function remember(declaration) {
  const name = declaration.name
  const isLexicalName = declared.has(name) ? isLexical(name) : isLexicalKind(declaration.kind)
  declared.set(name, { kind: declaration.kind, comment: declaration.comment, isLexical: isLexicalName })
}

function isLexicalKind(kind) {
  return kind !== 'var' && kind !== 'function'
}

module.exports = { builtins, declare, declared, isConstant, isLexical }
