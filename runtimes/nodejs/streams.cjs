'use strict'
/* The user's streams. */
const control = require('./control.cjs')

/**
 * Hooks the streams, which Node makes when they are first used. `getStdin()` is asked for stdin. The other two block:
 * output that the daemon is slow to read waits in the program and not in memory, and is written when a call returns.
 */
function hook(getStdin) {
  define('stdin', getStdin)
  define('stdout', (original) => made('stdout', original, 1))
  define('stderr', (original) => made('stderr', original, 2))
  // There the console has its streams from the start.
  if (Number.parseInt(process.versions.node, 10) < 12)
    for (const name of ['stdout', 'stderr']) void process[name]
}

function define(name, make) {
  const original = Object.getOwnPropertyDescriptor(process, name)
  const set = (value) => Object.defineProperty(process, name, { configurable: true, enumerable: true, value })
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get: () => make(original),
    set,
  })
}

function made(name, original, fd) {
  Object.defineProperty(process, name, original)
  const stream = process[name]
  if (stream._handle && stream._handle.setBlocking) stream._handle.setBlocking(true)
  writeThrough(stream, fd)
  return stream
}

/** Without the stream's own bookkeeping: an interrupt in its middle would leave it waiting for ever. */
function writeThrough(stream, fd) {
  const { write } = stream
  // The console adds one while it writes, and leaves it there where it is interrupted.
  stream.setMaxListeners(0)
  stream.write = function (chunk, ...rest) {
    const bytes = bytesOf(chunk, rest[0])
    if (!bytes || stream.destroyed) return write.call(this, chunk, ...rest)
    control.print(fd, bytes)
    const callback = rest.find((one) => typeof one === 'function')
    if (callback) process.nextTick(callback)
    return true
  }
}

/** Undefined for what is no output: the stream says what it thinks of it. */
function bytesOf(chunk, encoding) {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8')
  return ArrayBuffer.isView(chunk) ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined
}

module.exports = { hook }
