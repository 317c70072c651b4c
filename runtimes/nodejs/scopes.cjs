'use strict'
/* Finds where a cell assigns to constants of the session: to names that no scope inside the cell declares. */
const { childrenOf, flatten, targetsOf } = require('./syntax.cjs')

/** The identifiers that are assigned to, each with `isShorthand` (`({a} = b)`), for which `isConstant(name)`. */
function constantTargets(tree, isConstant) {
  const found = []
  visit(tree, [], (pattern, scopes) => {
    const shorthands = shorthandsOf(pattern)
    for (const target of targetsOf(pattern)) {
      const isInner = scopes.some((names) => names.indexOf(target.name) >= 0)
      if (!isInner && isConstant(target.name))
        found.push({ node: target, isShorthand: shorthands.indexOf(target) >= 0 })
    }
  })
  return found
}

function visit(node, scopes, assigned) {
  const pattern = assignedBy(node)
  if (pattern) assigned(pattern, scopes)
  const own = node.type === 'Program' ? [] : namesOf(node)
  const inner = own.length > 0 ? scopes.concat([own]) : scopes
  for (const child of childrenOf(node)) visit(child, inner, assigned)
}

function assignedBy(node) {
  switch (node.type) {
    case 'AssignmentExpression':
      // `||=` and its like assign only if they must: the variable's own value decides.
      return /^(?:\|\||&&|\?\?)=$/.test(node.operator) ? undefined : node.left
    case 'UpdateExpression':
      return node.argument
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left
    default:
      return undefined
  }
}

/** The names that a node declares for what is inside of it. */
function namesOf(node) {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const own = node.id ? [node.id.name] : []
      return own.concat(flatten(node.params.map(namesIn)), variablesIn(node.body))
    }
    case 'StaticBlock':
      return variablesIn(node).concat(flatten(node.body.map(lexicalNames)))
    case 'BlockStatement':
      return flatten(node.body.map(lexicalNames))
    case 'SwitchStatement':
      return flatten(node.cases.map((one) => flatten(one.consequent.map(lexicalNames))))
    case 'ForStatement':
      return node.init ? lexicalNames(node.init) : []
    case 'ForInStatement':
    case 'ForOfStatement':
      return lexicalNames(node.left)
    case 'CatchClause':
      return node.param ? namesIn(node.param) : []
    case 'ClassExpression':
      return node.id ? [node.id.name] : []
    default:
      return []
  }
}

function namesIn(pattern) {
  return targetsOf(pattern).map((target) => target.name)
}

function lexicalNames(node) {
  if (node.type === 'VariableDeclaration' && node.kind !== 'var')
    return flatten(node.declarations.map((one) => namesIn(one.id)))
  return /^(?:Function|Class)Declaration$/.test(node.type) ? [node.id.name] : []
}

/** `var`, wherever it is in a function. */
function variablesIn(node) {
  if (/Function/.test(node.type)) return []
  const own =
    node.type === 'VariableDeclaration' && node.kind === 'var'
      ? flatten(node.declarations.map((one) => namesIn(one.id)))
      : []
  return own.concat(flatten(childrenOf(node).map(variablesIn)))
}

function shorthandsOf(pattern) {
  if (pattern.type === 'AssignmentPattern') return shorthandsOf(pattern.left)
  if (pattern.type === 'ArrayPattern') return flatten(pattern.elements.filter(Boolean).map(shorthandsOf))
  if (pattern.type !== 'ObjectPattern') return []
  return flatten(
    pattern.properties.map((property) => {
      if (!property.value) return []
      if (!property.shorthand) return shorthandsOf(property.value)
      return property.value.type === 'AssignmentPattern' ? [property.value.left] : [property.value]
    })
  )
}

module.exports = { constantTargets }
