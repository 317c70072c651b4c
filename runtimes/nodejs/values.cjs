'use strict'
/* Shows values: the last one of a cell, and what `display()` is given. */
const util = require('util')
const control = require('./control.cjs')
const { withoutOurs } = require('./failure.cjs')

/** The first form that a value has is sent, and nothing else. */
const ORDER = [
  ['text/html', '_toHtml'],
  ['image/svg+xml', '_toSvg'],
  ['image/png', '_toPng'],
  ['image/jpeg', '_toJpeg'],
  ['image/gif', undefined],
  ['image/webp', undefined],
  ['text/markdown', undefined],
  ['text/latex', undefined],
  ['application/json', undefined],
  ['application/pdf', undefined],
]
const BINARY = /^(?:image\/(?!svg)|application\/pdf|audio\/|video\/)/
const MIME = /^[\w.+-]+\/[\w.+-]+$/
const NativePromise = Promise
const TO_BUNDLE = Symbol.for('Jupyter.display')

/** `last` is the user's `_`; rich forms are for the cell that runs, if there is one. */
const state = { last: undefined, hasCell: false }

/** Shows a cell's value; returns a promise where making its form takes time. */
function show(value) {
  if (value === undefined) return undefined
  state.last = value
  return display(value)
}

/** The user's `display(value)` and `display(mime, data)`. */
function display(value, ...rest) {
  if (rest.length > 0) return publish(value, rest[0])
  const bundle = state.hasCell && isObject(value) && !isProxy(value) ? bundleOf(value) : undefined
  if (bundle instanceof NativePromise) return bundle.then((settled) => present(value, settled))
  return present(value, bundle)
}

function bundleOf(value) {
  if (typeof value[TO_BUNDLE] === 'function') return value[TO_BUNDLE]()
  if (typeof value._toMime === 'function') return value._toMime()
  for (const [mime, method] of ORDER)
    if (method && typeof value[method] === 'function') return { [mime]: value[method]() }
  return undefined
}

function present(value, bundle) {
  const found = isObject(bundle) && ORDER.map(([mime]) => mime).find((mime) => isThere(bundle[mime]))
  if (found) send(found, bundle[found])
  else print(isObject(bundle) && isThere(bundle['text/plain']) ? String(bundle['text/plain']) : textOf(value))
}

function publish(mime, data) {
  if (!MIME.test(mime)) throw new TypeError(`display(mime, data): '${mime}' is no MIME type`)
  if (state.hasCell) send(mime, data)
  else print(textOf(data))
}

function send(mime, data) {
  control.send(`display ${mime}`, encoded(mime, data))
}

/** Images in text are in base 64, maybe as a data URI. */
function encoded(mime, data) {
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  if (typeof data !== 'string') return JSON.stringify(data) || ''
  return BINARY.test(mime) ? Buffer.from(data.replace(/^data:[^,]*,/, ''), 'base64') : data
}

/** As the REPL writes it. */
function textOf(value) {
  const text = util.inspect(value, { showProxy: true })
  return text.indexOf('\n    at ') < 0 ? text : withoutOurs(text)
}

function print(text) {
  control.print(1, `${text}\n`)
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** A proxy may have every method one asks for. Node 10 is the first that can tell. */
function isProxy(value) {
  return Boolean(util.types) && util.types.isProxy(value)
}

function isThere(data) {
  return data !== undefined && data !== null
}

module.exports = { display, show, state, textOf }
