'use strict'
/* `import()` of cells, found from the working folder. `vm` has its own way, but not in every version. */
const Module = require('module')
const path = require('path')

let load

module.exports = function importFromCell(specifier, options) {
  if (!load) load = makeLoader()
  return load(specifier, options)
}

/** Compiled as if it were a module in the working folder. Node 16.14 is the first that knows options. */
function makeLoader() {
  const name = path.join(process.cwd(), '[cell]')
  const module = new Module(name, null)
  module.filename = name
  module.paths = Module._nodeModulePaths(process.cwd())
  try {
    module._compile('module.exports = (specifier, options) => import(specifier, options)', name)
  } catch (_) {
    module._compile('module.exports = (specifier) => import(specifier)', name)
  }
  return module.exports
}
