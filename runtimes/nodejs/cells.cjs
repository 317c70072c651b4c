'use strict'
/* Runs cells, one at a time, and says when each has ended. */
const os = require('os')
const control = require('./control.cjs')
const failure = require('./failure.cjs')
const input = require('./input.cjs')
const program = require('./program.cjs')
const signals = require('./signals.cjs')
const values = require('./values.cjs')
const waiting = require('./waiting.cjs')

/** What an interrupted cell's error is called. */
const INTERRUPTED = 'Interrupted'
/** Code that may leave something to do for after it has returned. */
const GOES_ON = /\b(?:async|await|import|nextTick|Promise|queueMicrotask|then)\b/
const NativePromise = Promise
/** How long an interrupt may take to be told of, ms. */
const PATIENCE = 400
/** Our own, whatever the user makes of the global ones. */
const later = setImmediate
const startTimer = setTimeout

/** The cell that runs, while it runs. */
let current

function run(id, source) {
  const cell = {
    id,
    isSettled: false,
    failure: undefined,
    hasWaited: false,
    listeners: process.listeners('SIGINT'),
  }
  current = cell
  signals.reset()
  failure.listen()
  values.state.hasCell = true
  process.exitCode = undefined
  signals.takePending()
  waiting.prepare(id, () => interrupt(cell))
  input.cellStarted(() => proceed(cell))
  begin(cell, source)
  if (cell === current && (!cell.isSettled || GOES_ON.test(source))) waiting.begin(id)
  // What it has left in the queues of promises and ticks comes first.
  later(() => proceed(cell))
}

function begin(cell, source) {
  let made
  try {
    made = program.compile(source, cell.id)
  } catch (error) {
    settle(cell, { error })
    return
  }
  // It may have taken its time.
  if (signals.takePending()) breakOff(cell)
  else guard(cell, () => start(cell, made))
}

/** Runs what may throw or be interrupted. */
function guard(cell, task) {
  try {
    if (!signals.interruptible(task)) breakOff(cell)
  } catch (error) {
    settle(cell, { error })
  }
}

function start(cell, made) {
  const value = made.run()
  if (made.isAsync) follow(cell, value, (result) => (result ? result.value : undefined))
  else if (value instanceof NativePromise && made.endsWithCall())
    follow(cell, value, (result) => (result === undefined ? undefined : value))
  else show(cell, value)
}

/** Goes on when a promise has settled. `shown` makes the value to show of its result. */
function follow(cell, promise, shown) {
  const fulfilled = (result) => later(() => showLater(cell, shown(result)))
  const rejected = (error) => {
    settle(cell, { error })
    later(() => proceed(cell))
  }
  NativePromise.prototype.then.call(promise, fulfilled, rejected)
}

function showLater(cell, value) {
  if (cell !== current) return
  guard(cell, () => show(cell, value))
  proceed(cell)
}

function show(cell, value) {
  const pending = values.show(value)
  if (pending) follow(cell, pending, () => undefined)
  else settle(cell, undefined)
}

/** `thrown` is `{ error }` where the cell has failed. */
function settle(cell, thrown) {
  cell.isSettled = true
  cell.failure = thrown
}

/** Ends the cell if it can end now; does nothing once it has ended. */
function proceed(cell) {
  if (cell !== current) return
  if (cell.isSettled && wasInterrupted(cell)) breakOff(cell)
  else if (cell.failure && !cell.hasWaited && signals.isInterrupted(cell.failure.error)) awaitInterrupt(cell)
  else if (cell.failure) fail(cell, cell.failure.error)
  else if (cell.isSettled && !input.isWanted()) end(cell, Number(process.exitCode) & 0xff, '')
  else waiting.begin(cell.id)
}

/** Also where we have not been told yet. */
function wasInterrupted(cell) {
  return waiting.wasInterrupted(cell.id) || (cell.hasWaited && signals.takePending())
}

/** What broke off a call of the user's is on its way to us. */
function awaitInterrupt(cell) {
  cell.hasWaited = true
  startTimer(() => proceed(cell), PATIENCE)
}

function fail(cell, error) {
  if (failure.report(error)) end(cell, 1, failure.nameOf(error))
  else breakOff(cell)
}

/** A listener for SIGINT that this very cell has made has the first interrupt for itself. */
function interrupt(cell) {
  if (cell !== current) return
  const listeners = process.listeners('SIGINT')
  const isTheirs = listeners.some((listener) => cell.listeners.indexOf(listener) < 0)
  cell.listeners = listeners
  if (isTheirs) tellListeners()
  else breakOff(cell)
}

function tellListeners() {
  try {
    process.emit('SIGINT', 'SIGINT', os.constants.signals.SIGINT)
  } catch (error) {
    failure.report(error)
  }
}

function breakOff(cell) {
  if (cell !== current) return
  signals.reset()
  tellListeners()
  if (cell !== current) return
  failure.print('Error [ERR_SCRIPT_EXECUTION_INTERRUPTED]: Script execution was interrupted by `SIGINT`')
  end(cell, 1, INTERRUPTED)
}

/** User code asks to exit, from a cell or from what a cell has left behind. */
function exit(code) {
  if (current) end(current, code, '')
}

function end(cell, code, errorName) {
  current = undefined
  values.state.hasCell = false
  waiting.end()
  input.cellEnded(errorName === INTERRUPTED)
  control.send(`done ${cell.id} ${code}`, errorName)
}

signals.onBrokenOff(() => current && breakOff(current))

module.exports = { exit, run }
