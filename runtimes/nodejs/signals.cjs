'use strict'
/*
 * Interrupts. Node's own watchdog of `vm` handles SIGINT from the start to the end of this process: a script that
 * runs under it is broken off, whatever it does, and where none runs the signal is only noted. libuv's handler
 * would never get to run while user code is busy, and between the two there are moments in which SIGINT kills.
 */
const vm = require('vm')

/** `watcher.cjs` has it, too. */
const GUARDED = 4
const TASK = Symbol.for('krunner.task')
/** How long after its signal an interrupt may take to get to us, ms. */
const SOON = 100
const script = new vm.Script("this[Symbol.for('krunner.task')]()", { filename: __filename })
const watchdog = findWatchdog()
let depth = 0
let shared
let isEntering = false
let brokenOff = () => {}

if (watchdog) {
  watchdog.startSigintWatchdog()
  keepSignalsFromLibuv()
  hideListeners()
} else {
  process.on('SIGINT', () => {})
}

/** As the REPL has it: in `util` until Node 10, in `contextify` since. */
function findWatchdog() {
  for (const name of ['contextify', 'util']) {
    try {
      const binding = process.binding(name)
      if (binding.startSigintWatchdog) return binding
    } catch (_) {}
  }
  return undefined
}

/** A user's `process.on('SIGINT')` would put libuv's handler in the watchdog's place; `cells.cjs` calls them. */
function keepSignalsFromLibuv() {
  for (const event of ['newListener', 'removeListener']) {
    for (const listener of process.listeners(event)) {
      process.removeListener(event, listener)
      process.on(event, function (type, ...rest) {
        if (type !== 'SIGINT') listener.call(this, type, ...rest)
      })
    }
  }
}

/** `vm` would take the user's listeners away while a script runs, as if they were libuv's. */
function hideListeners() {
  const { listenerCount } = process
  const value = function (event, ...rest) {
    return isEntering && event === 'SIGINT' ? 0 : listenerCount.call(this, event, ...rest)
  }
  Object.defineProperty(process, 'listenerCount', { configurable: true, writable: true, value })
}

/** Runs `task`; an interrupt breaks it off. Returns whether it got to its end. Throws what it throws. */
function interruptible(task) {
  const outer = global[TASK]
  let ended = false
  let wasInterrupted = false
  let failure
  const guarded = () => {
    isEntering = false
    try {
      task()
    } catch (error) {
      failure = { error }
      if (isInterrupted(error)) awaitEnd()
    }
    ended = true
  }
  Object.defineProperty(global, TASK, { configurable: true, value: guarded })
  setDepth(depth + 1)
  isEntering = true
  try {
    script.runInThisContext({ breakOnSigint: true, displayErrors: false })
  } catch (_) {
    wasInterrupted = true
  } finally {
    setDepth(depth - 1)
    Object.defineProperty(global, TASK, { configurable: true, value: outer })
  }
  // Of an interrupt that came after the end nobody needs to know.
  if (!ended || (wasInterrupted && isLost(failure))) return false
  if (failure) throw failure.error
  return true
}

/** A call that the signal has broken off: it comes before the end that the signal brings. */
function isInterrupted(error) {
  return error instanceof Error && (error.code === 'EINTR' || error.signal === 'SIGINT')
}

/** Before Node 12 a script inside of a script that is broken off throws null. */
function isLost(failure) {
  return failure !== undefined && failure.error === null
}

function awaitEnd() {
  const latest = Date.now() + SOON
  while (Date.now() < latest);
}

/** Runs a callback of the user's. */
function callback(task) {
  if (!interruptible(task)) brokenOff()
}

/** `handler` is called when an interrupt has broken off a callback. */
function onBrokenOff(handler) {
  brokenOff = handler
}

/** Nothing of the user's runs any more: the thread of `waiting.cjs` breaks off everything, us too. */
function reset() {
  setDepth(0)
}

function setDepth(value) {
  depth = value
  if (shared) Atomics.store(shared, GUARDED, depth)
}

/** Memory in which that thread sees whether we can be interrupted ourselves. */
function share(memory) {
  shared = memory
}

/** Whether what runs now is interruptible. */
function isGuarded() {
  return depth > 0
}

/** Whether there was an interrupt while nothing interruptible ran, since this was asked last. */
function takePending() {
  if (!watchdog) return false
  watchdog.startSigintWatchdog()
  return watchdog.stopSigintWatchdog()
}

module.exports = {
  callback,
  interruptible,
  isGuarded,
  isInterrupted,
  onBrokenOff,
  reset,
  share,
  takePending,
}
