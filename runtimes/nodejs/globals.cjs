'use strict'
/* What a cell finds in the global scope besides what is there in every program. */
const Module = require('module')
const path = require('path')
const vm = require('vm')
const importFromCell = require('./importer.cjs')
const { imported } = require('./imports.cjs')
const input = require('./input.cjs')
const questions = require('./questions.cjs')
const signals = require('./signals.cjs')
const standIns = require('./stand-ins.cjs')
const streams = require('./streams.cjs')
const values = require('./values.cjs')

require('./exit.cjs')

function define(name, value) {
  Object.defineProperty(global, name, { configurable: true, writable: true, enumerable: false, value })
}

/** `require` and its like are those of a file in the working folder, which is also the main module. */
function defineModule() {
  const filename = path.join(process.cwd(), '[cell]')
  const module = new Module(filename, null)
  module.filename = filename
  module.paths = Module._nodeModulePaths(process.cwd())
  process.mainModule = module
  module._compile('module.exports = require', filename)
  define('require', module.exports)
  module.exports = {}
  define('module', module)
  define('exports', module.exports)
  define('__filename', filename)
  define('__dirname', process.cwd())
  process.argv.splice(1)
}

/** As in the REPL: `fs.readFileSync` without a `require`. */
function defineLibraries() {
  for (const name of Module.builtinModules || []) {
    if (/^_|[/:]|^sys$/.test(name) || name in global) continue
    Object.defineProperty(global, name, {
      configurable: true,
      get() {
        const library = require(name)
        define(name, library)
        return library
      },
      set: (value) => define(name, value),
    })
  }
}

/** The last value; whoever assigns to it has a variable of their own. */
function defineLast() {
  Object.defineProperty(global, '_', {
    configurable: true,
    get: () => values.state.last,
    set: (value) => define('_', value),
  })
}

/** As constants of the global scope and not as properties of the global object, where everybody would see them. */
function defineStandIns() {
  const { CONSTANT, IMPORT, IMPORTED } = standIns
  const handover = Symbol.for('krunner.handover')
  global[handover] = [importFromCell, imported]
  vm.runInThisContext(
    `const ${CONSTANT} = 0, [${IMPORT}, ${IMPORTED}] = this[Symbol.for('krunner.handover')]`
  )
  delete global[handover]
}

/** Callbacks of timers can be interrupted; see `exit.cjs` on why not from outside. */
function guardTimers() {
  const timers = require('timers')
  for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
    const original = global[name]
    const guarded = function (callback, ...rest) {
      if (typeof callback !== 'function') return original.call(this, callback, ...rest)
      const run = function (...args) {
        signals.callback(() => callback.apply(this, args))
      }
      return original.call(this, run, ...rest)
    }
    for (const key of Reflect.ownKeys(original)) {
      const property = Object.getOwnPropertyDescriptor(original, key)
      if (key !== 'prototype') Object.defineProperty(guarded, key, property)
    }
    global[name] = guarded
    timers[name] = guarded
  }
}

guardTimers()
streams.hook(input.get)
defineModule()
defineLibraries()
defineLast()
define('display', values.display)
define('prompt', questions.prompt)
defineStandIns()
