'use strict'
/* Static `import` in a cell: a dynamic one, whose names become variables of the session. */

const { IMPORT, IMPORTED } = require('./stand-ins.cjs')

const [major, minor] = process.versions.node.split('.').map(Number)
/** Before that `import()` is behind a flag or not there at all. What was published in those days is CommonJS. */
const canImport = major > 12 || (major === 12 && minor >= 17)

/** What stands for an ImportDeclaration, as an expression; `named` are pairs of an exported and a local name. */
function importExpression(text, node) {
  const source = text.slice(node.source.start, node.source.end)
  const attributes = attributesOf(text, node)
  const namespaces = node.specifiers.filter((one) => one.type === 'ImportNamespaceSpecifier')
  const named = node.specifiers.filter((one) => one.type !== 'ImportNamespaceSpecifier').map(pair)
  const wanted = JSON.stringify(named.map(([exported]) => exported))
  const module = `${IMPORTED}(${load(source, attributes)},${source},${wanted})`
  const pattern = `{${named.map(([exported, local]) => `${JSON.stringify(exported)}:${local}`)}}`
  if (namespaces.length === 0) return named.length === 0 ? load(source, attributes) : `${pattern}=${module}`
  const local = namespaces[0].local.name
  return `${local}=${module}${named.length > 0 ? `,${pattern}=${local}` : ''}`
}

function load(source, attributes) {
  return canImport ? `await ${IMPORT}(${source}${attributes})` : `require(${source})`
}

function pair(specifier) {
  if (specifier.type === 'ImportDefaultSpecifier') return ['default', specifier.local.name]
  const { imported } = specifier
  return [imported.type === 'Literal' ? imported.value : imported.name, specifier.local.name]
}

function attributesOf(text, node) {
  if (!node.attributes || node.attributes.length === 0) return ''
  const list = node.attributes.map((one) => text.slice(one.start, one.end))
  return `,{with:{${list}}}`
}

/** What `import` makes of what was loaded. Throws SyntaxError where a name is missing, as the engine does. */
function imported(loaded, source, wanted) {
  const module = canImport ? loaded : interoperable(loaded)
  for (const name of wanted) {
    if (!(name in module))
      throw new SyntaxError(`The requested module '${source}' does not provide an export named '${name}'`)
  }
  return module
}

function interoperable(exports) {
  const isModule = exports !== null && (typeof exports === 'object' || typeof exports === 'function')
  if (isModule && exports.__esModule) return exports
  return Object.assign({}, isModule ? exports : {}, { default: exports })
}

module.exports = { canImport, imported, importExpression }
