'use strict'
/*
 * `process.stdin`, and readline over it. What is read of it are answers to questions: the stream asks when somebody
 * in the running cell wants to read, and a cell goes on while somebody does. (`fs.readSync(0)` and processes that
 * inherit stdin read the descriptor; libuv would go on waiting for it after the last reader has gone.)
 */
const { Readable } = require('stream')
const questions = require('./questions.cjs')

/** Our own, whatever the user makes of the global one. */
const later = setImmediate

/** The user's stream, once it was used. */
let stdin
/** Whether the stream has asked for more than it got, and its question, if that is open. */
let isHungry = false
let hasEnded = false
let question
let hasCell = false
/** Whether the running cell has made a listener for the stream itself. */
let readsStream = false
/** The listeners that it has made: `[emitter, event, listener]`. */
let made = []
/** Readline's interfaces whose lines it wants. */
const interfaces = new Set()
let isReadlineHooked = false
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
  question = undefined
  questions.cellEnded()
  // A reader that has paused the stream has done so for itself: the next one makes it flow, as at the start.
  if (stdin && stdin._readableState.flowing === false) stdin._readableState.flowing = null
}

/** Whether the running cell waits for the user. */
function isWanted() {
  return questions.areOpen() || (stdin !== undefined && isRead())
}

/** `process.stdin`. Once it has ended, or a loop over it was left and has destroyed it, there is another one. */
function get() {
  if (!stdin || hasEnded || stdin.destroyed) open()
  return stdin
}

/** Makes the stream. It looks like the one that Node makes of a pipe. */
function open() {
  isHungry = false
  hasEnded = false
  stdin = new Readable({ read: () => hunger(), highWaterMark: 1 })
  Object.assign(stdin, { fd: 0, ref: () => stdin, unref: () => stdin, destroy })
  stdin.on('newListener', (event, listener) => {
    if (!hasCell || !/^(?:data|readable)$/.test(event) || isReadlines(listener)) return
    readsStream = true
    made.push([stdin, event, listener])
    changed()
  })
  for (const event of ['removeListener', 'pause', 'resume', 'end', 'close']) stdin.on(event, changed)
  if (!isReadlineHooked)
    require('./readline.cjs')({ isOurs: (one) => one.input === stdin, listens, readsLines })
  isReadlineHooked = true
}

function hunger() {
  isHungry = true
  changed()
}

/** A loop that is left is no error; readline's interfaces would pass it on to nobody. */
function destroy(error) {
  return Readable.prototype.destroy.call(this, error && error.code === 'ABORT_ERR' ? null : error)
}

/** Whether the running cell wants more of the stream than answers to `question()`. */
function isRead() {
  return (readsStream && isStreamRead()) || areLinesRead()
}

function isStreamRead() {
  if (stdin.destroyed || hasEnded) return false
  if (stdin.listenerCount('readable') > 0) return true
  return !stdin.isPaused() && stdin.listeners('data').some((listener) => !isReadlines(listener))
}

/** Readline's own listeners, which are there from the start and do not mean that somebody wants a line. */
function isReadlines(listener) {
  return (
    /^on[dD]ata$/.test(listener.name) &&
    /ormalWrite|keypress/.test(Function.prototype.toString.call(listener))
  )
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
  changed()
}

/** Who reads and who does not is clear when the code that says so has returned. */
function changed() {
  later(() => {
    feed()
    proceed()
  })
}

function feed() {
  if (!isHungry || question || !hasCell || !isRead()) return
  question = questions.ask('', take, () => false)
}

function take(line) {
  question = undefined
  isHungry = false
  hasEnded = line === questions.END
  stdin.push(hasEnded ? null : `${line}\n`)
}

module.exports = { cellEnded, cellStarted, isWanted, get }
