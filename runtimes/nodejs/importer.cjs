'use strict'
/* `import()` for cells where `vm` has no loader of its own for them: Node 12 to 20. */
const Module = require('module')
const path = require('path')

const name = path.join(process.cwd(), '[cell]')
const importing = new Module(name, null)
importing.filename = name
importing.paths = Module._nodeModulePaths(process.cwd())
// Compiled as if it were in the working folder, so that packages and relative names are found from there.
try {
  importing._compile('module.exports = (specifier, options) => import(specifier, options)', name)
} catch (_) {
  importing._compile('module.exports = (specifier) => import(specifier)', name)
}

module.exports = function importFromCell(specifier, _script, attributes) {
  const hasAttributes = attributes && Object.keys(attributes).length > 0
  return importing.exports(specifier, hasAttributes ? { with: attributes } : undefined)
}
