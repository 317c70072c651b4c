'use strict'
/*
 * Interrupts of what goes on in the event loop after a cell's own code has returned: it waits for a timer or a
 * socket, or it is in an endless loop after an `await`. A thread waits for the signal, and breaks the loop off
 * where we do not answer. Before Node 12.11 there is nothing that can: there we only look for signals.
 */
const path = require('path')
const signals = require('./signals.cjs')

/** Milliseconds between two looks. */
const LOOKING = 100
/** Indices into what the two threads share: `watcher.cjs` has them, too. */
const CELL = 0
const HEARD = 1
const ANSWERED = 2

const startTimer = setInterval
const stopTimer = clearInterval

let shared
let timer
let interrupted

/** From here on, where there is a thread already, an interrupt of this cell calls `onInterrupt`. */
function prepare(id, onInterrupt) {
  interrupted = onInterrupt
  if (shared) Atomics.store(shared, CELL, id)
}

/** From here on in any case. */
function begin(id) {
  if (shared === undefined) {
    shared = startWatcher()
    if (shared) Atomics.store(shared, CELL, id)
  }
  if (!shared && !timer) timer = startTimer(look, LOOKING)
}

function end() {
  if (shared) Atomics.store(shared, CELL, 0)
  stopTimer(timer)
  timer = undefined
}

/** Whether this cell was interrupted, also where we have not been told yet. */
function wasInterrupted(id) {
  return shared ? Atomics.load(shared, HEARD) === id : Boolean(timer) && signals.takePending()
}

function look() {
  if (signals.takePending()) interrupted()
}

/** The memory shared with the thread, or null where there can't be one. */
function startWatcher() {
  try {
    if (!require('inspector').Session.prototype.connectToMainThread) return null
    const { SHARE_ENV, Worker } = require('worker_threads')
    const memory = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT))
    const options = {
      env: SHARE_ENV,
      execArgv: [],
      workerData: memory,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    }
    const worker = new Worker(path.join(__dirname, 'watcher.cjs'), options)
    worker.on('message', answer)
    worker.on('error', () => {
      shared = null
    })
    worker.unref()
    signals.share(memory)
    return memory
  } catch (_) {
    return null
  }
}

function answer(id) {
  Atomics.add(shared, ANSWERED, 1)
  Atomics.notify(shared, ANSWERED)
  Atomics.store(shared, HEARD, 0)
  if (id !== 0 && id === Atomics.load(shared, CELL)) interrupted()
}

module.exports = { begin, end, prepare, wasInterrupted }
