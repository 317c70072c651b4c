'use strict'
/* Looks at values without running anything of the user's: no getters, no proxies. */
const Module = require('module')
const util = require('util')
const vm = require('vm')
const { builtins, declared, isLexical } = require('./names.cjs')

const IDENTIFIER = /^[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*$/

/** The value of a chain such as `a.b`, or undefined. */
function lookUp(chain) {
  const names = chain.split(/\??\./)
  return names.slice(1).reduce((value, name) => {
    const property = findProperty(value, name)
    return property ? property.value : undefined
  }, lookUpName(names[0]))
}

function lookUpName(name) {
  if (!IDENTIFIER.test(name)) return undefined
  if (name === 'this') return global
  if (isLexical(name)) return vm.runInThisContext(name)
  const property = findProperty(global, name)
  if (!property || !property.get) return property && property.value
  return isNodes(name) ? global[name] : undefined
}

/** Getters that are Node's own, or load a module of Node's. Those of web storage warn. */
function isNodes(name) {
  return (builtins.has(name) && !/Storage$/.test(name)) || (Module.builtinModules || []).indexOf(name) >= 0
}

function findProperty(value, name) {
  for (const object of chainOf(value)) {
    const property = Object.getOwnPropertyDescriptor(object, name)
    if (property) return property
  }
  return undefined
}

/** Names of the properties that code can say after a dot, an object's own first. */
function propertiesOf(value) {
  const found = new Set()
  for (const object of chainOf(value)) {
    // The elements of a large array have no names that could be said.
    if (ArrayBuffer.isView(object)) continue
    for (const name of Object.getOwnPropertyNames(object)) if (IDENTIFIER.test(name)) found.add(name)
  }
  return Array.from(found)
}

/** An object and its prototypes. Node 10 is the first that can tell a proxy. */
function chainOf(value) {
  const chain = []
  if (value === undefined || value === null) return chain
  for (let object = Object(value); object !== null; object = Object.getPrototypeOf(object)) {
    if (util.types && util.types.isProxy(object)) break
    chain.push(object)
  }
  return chain
}

function globalNames() {
  return Array.from(declared.keys()).concat(propertiesOf(global))
}

module.exports = { globalNames, propertiesOf, lookUp }
