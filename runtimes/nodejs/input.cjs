'use strict'
/*
 * `process.stdin`, and readline over it. Readline's `question()` asks the daemon; other readers read descriptor 0.
 * A cell goes on while a question or a reader that it has made is open. The stream is read only then, or the user
 * would be asked for a line that nobody takes.
 */
const questions = require('./questions.cjs')

/** Our own, whatever the user makes of the global one. */
const later = setImmediate

/** The user's stream, once it was used. */
let stdin
let hasCell = false
/** Whether the running cell has made a listener for the stream itself. */
let readsStream = false
/** The listeners that it has made: `[emitter, event, listener]`. */
let made = []
/** Readline's interfaces whose lines the running cell wants. */
const interfaces = new Set()
let proceed = () => {}

/** `onChange` is called when `isWanted()` may have changed. */
function cellStarted(onChange) {
  hasCell = true
  proceed = onChange
  questions.cellStarted(changed)
}

/** Who was interrupted while reading does not get what the user says to the next one. */
function cellEnded(wasInterrupted) {
  hasCell = false
  proceed = () => {}
  if (wasInterrupted) for (const [emitter, event, listener] of made) emitter.removeListener(event, listener)
  made = []
  readsStream = false
  interfaces.clear()
  questions.cellEnded()
  if (stdin) rest()
}

/** Whether the running cell waits for the user. */
function isWanted() {
  return questions.areOpen() || (readsStream && isStreamRead()) || areLinesRead()
}

/** The user's code has got at `process.stdin`. */
function opened(stream) {
  if (!stream._handle || !stream._handle.readStop) return
  stdin = stream
  stream.on('newListener', (event, listener) => {
    if (!hasCell || !/^(?:data|readable)$/.test(event) || isReadlines(listener)) return
    readsStream = true
    made.push([stream, event, listener])
  })
  stream.on('resume', () => {
    if (!isStreamRead() && !areLinesRead()) rest()
  })
  for (const event of ['removeListener', 'pause', 'end', 'close']) stream.on(event, changed)
  require('./readline.cjs')({ isOurs: (one) => one.input === stdin, listens, readsLines })
}

function isStreamRead() {
  if (stdin.listenerCount('readable') > 0) return hasCell
  const others = stdin.listeners('data').filter((listener) => !isReadlines(listener))
  return hasCell && others.length > 0 && !stdin.isPaused()
}

/** Readline's own listener, which is there from the start and does not mean that somebody wants a line. */
function isReadlines(listener) {
  return listener.name === 'ondata' && /ormalWrite/.test(Function.prototype.toString.call(listener))
}

function areLinesRead() {
  for (const one of interfaces) if (!one.closed && !one.paused && one.listenerCount('line') > 0) return true
  return false
}

function listens(one, listener) {
  made.push([one, 'line', listener])
  readsLines(one)
}

/** The running cell wants lines of this interface. */
function readsLines(one) {
  if (!hasCell) return
  if (!interfaces.has(one)) for (const event of ['close', 'pause', 'removeListener']) one.on(event, changed)
  interfaces.add(one)
  if (areLinesRead()) stdin.resume()
}

function changed() {
  later(proceed)
}

/** As the stream was when it was made: the next listener makes it flow again. */
function rest() {
  const handle = stdin._handle
  if (!handle) return
  handle.reading = false
  stdin._readableState.reading = false
  stdin._readableState.flowing = null
  handle.readStop()
}

module.exports = { cellEnded, cellStarted, isWanted, opened }
