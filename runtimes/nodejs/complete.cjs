'use strict'
/* Completion of names, properties and modules. */
const Module = require('module')
const fs = require('fs')
const path = require('path')
const { globalNames, propertiesOf, lookUp } = require('./looking.cjs')

const CHAIN = /(?:[\w$\u0080-\uffff]+\??\.)*[\w$\u0080-\uffff]*$/
const MODULE = /\b(?:require\s*\(|import\s*\(|from|import)\s*(['"])([^'"]*)$/
const KEYWORDS =
  'async await break case catch class const continue debugger default delete do else export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' '
  )

/** What may stand at the end of `text`, each for the whole word there. */
module.exports = function complete(text) {
  const inModule = MODULE.exec(text)
  if (inModule) return modulesLike(inModule[2])
  const chain = CHAIN.exec(text)[0]
  // A property of something that would have to run first.
  if (text[text.length - chain.length - 1] === '.') return []
  const end = chain.search(/\.[^.]*$/) + 1
  const start = chain.slice(0, end)
  const candidates = start
    ? propertiesOf(lookUp(start.replace(/\??\.$/, '')))
    : globalNames().concat(KEYWORDS)
  return unique(startingWith(chain.slice(end), candidates)).map((name) => start + name)
}

function modulesLike(wanted) {
  if (/^\.{0,2}\//.test(wanted)) return filesLike(wanted)
  const builtins = (Module.builtinModules || []).filter((name) => !/^_/.test(name))
  const prefixed = builtins.map((name) => `node:${name.replace(/^node:/, '')}`)
  const candidates = wanted.startsWith('node:') ? prefixed : builtins.concat(packages())
  return unique(startingWith(wanted, candidates))
}

function packages() {
  const names = entriesOf(path.join(process.cwd(), 'node_modules')).filter((name) => name[0] !== '.')
  const scoped = names.filter((name) => name[0] === '@')
  return names.concat(
    ...scoped.map((scope) =>
      entriesOf(path.join(process.cwd(), 'node_modules', scope)).map((name) => `${scope}/${name}`)
    )
  )
}

function filesLike(wanted) {
  const folder = wanted.slice(0, wanted.lastIndexOf('/') + 1)
  return startingWith(
    wanted,
    entriesOf(path.resolve(folder)).map((name) => folder + name)
  )
}

function entriesOf(folder) {
  try {
    return fs.readdirSync(folder)
  } catch (_) {
    return []
  }
}

function startingWith(wanted, candidates) {
  return candidates.filter((name) => name.startsWith(wanted))
}

function unique(names) {
  return Array.from(new Set(names))
}
