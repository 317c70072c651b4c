'use strict'
/* The parser, and walks over its trees. Loaded when the first cell needs it. */
const acorn = loadAcorn()

/** Beside us in the built tree, else as a package. */
function loadAcorn() {
  try {
    return require('./acorn.cjs')
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return require('acorn')
  }
}

/** The tree of a cell. Throws acorn's SyntaxError, which has `pos` and `loc`. */
function parse(source) {
  if (!/\bawait\b/.test(source)) return parseWith(source, false)
  try {
    return parseWith(source, true)
  } catch (error) {
    // Outside of modules it may be a name.
    try {
      return parseWith(source, false)
    } catch (_) {
      throw error
    }
  }
}

function parseWith(source, allowAwaitOutsideFunction) {
  return acorn.parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowAwaitOutsideFunction,
    allowHashBang: true,
    allowImportExportEverywhere: true,
  })
}

function childrenOf(node) {
  const children = []
  for (const key of Object.keys(node)) {
    const value = node[key]
    if (Array.isArray(value)) children.push.apply(children, value.filter(isNode))
    else if (isNode(value)) children.push(value)
  }
  return children
}

function isNode(value) {
  return Boolean(value) && typeof value.type === 'string'
}

/** Visits a node and those below it, but not below one for which `visit` returns false. */
function walk(node, visit) {
  if (visit(node) === false) return
  for (const child of childrenOf(node)) walk(child, visit)
}

/** What `var` and `await` stay in. */
function isFunction(node) {
  return /Function|^StaticBlock$|^PropertyDefinition$/.test(node.type)
}

/** The identifiers that a pattern assigns to. */
function targetsOf(pattern) {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return flatten(pattern.properties.map((property) => targetsOf(property.value || property)))
    case 'ArrayPattern':
      return flatten(pattern.elements.filter(Boolean).map(targetsOf))
    case 'AssignmentPattern':
      return targetsOf(pattern.left)
    case 'RestElement':
      return targetsOf(pattern.argument)
    default:
      return []
  }
}

function flatten(lists) {
  return [].concat.apply([], lists)
}

module.exports = { childrenOf, flatten, isFunction, parse, targetsOf, walk }
