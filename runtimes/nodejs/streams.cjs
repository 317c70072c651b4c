'use strict'
/* The user's streams: pipes that Node would make non-blocking when they are first used. */

const control = require('./control.cjs')

/**
 * Makes each stream, when it is first used, one that blocks: output that the daemon is slow to read waits in the
 * program and not in memory, and is written when a call returns; and `fs.readSync(0)` goes on working once
 * `process.stdin` was used. `opened(stream)` is told of stdin.
 */
function hold(opened) {
  hook('stdin', opened)
  hook('stdout', (stream) => writeThrough(stream, 1))
  hook('stderr', (stream) => writeThrough(stream, 2))
  // There the console has its streams from the start.
  if (Number.parseInt(process.versions.node, 10) < 12)
    for (const name of ['stdout', 'stderr']) void process[name]
}

function hook(name, made) {
  const original = Object.getOwnPropertyDescriptor(process, name)
  const get = () => {
    Object.defineProperty(process, name, original)
    const stream = process[name]
    if (stream._handle && stream._handle.setBlocking) stream._handle.setBlocking(true)
    made(stream)
    return stream
  }
  const set = (value) => Object.defineProperty(process, name, { configurable: true, enumerable: true, value })
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get, set })
}

/** Without the stream's own bookkeeping: an interrupt in its middle would leave it waiting for ever. */
function writeThrough(stream, fd) {
  const { write } = stream
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

module.exports = { hold }
