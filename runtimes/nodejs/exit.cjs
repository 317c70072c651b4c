'use strict'
/* `process.exit()` of user code ends its cell, and what runs; the process and the context stay. */
const cells = require('./cells.cjs')
const { EXIT } = require('./failure.cjs')
const signals = require('./signals.cjs')

/** How long a signal to ourselves may take, ms. */
const PATIENCE = 50

process.exit = function exit(code) {
  const asked = code === undefined ? process.exitCode : code
  const status = (Number(asked) || 0) & 0xff
  tellListeners(status)
  cells.exit(status)
  leave()
}

/** Each listener sees one exit, as it expects. */
function tellListeners(status) {
  const listeners = process.listeners('exit')
  process.removeAllListeners('exit')
  for (const listener of listeners) listener.call(process, status)
}

/** Stops what runs, past any `catch` and `finally` where that is possible. */
function leave() {
  if (signals.isGuarded()) interruptOurselves()
  if (canTerminate()) terminate()
  throw EXIT
}

/** Returns where the signal has gone to the thread of `waiting.cjs`. */
function interruptOurselves() {
  process.kill(process.pid, 'SIGINT')
  const latest = Date.now() + PATIENCE
  while (Date.now() < latest);
}

/**
 * Node checks that callbacks of timers and ticks are left as they were entered, and aborts where they are not. In a
 * callback of a promise there is nothing to leave, and below other callbacks Node's own code cleans up.
 */
function canTerminate() {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = Number.POSITIVE_INFINITY
  const stack = String(new Error().stack)
  Error.stackTraceLimit = stackTraceLimit
  if (!/process(?:Timers|Immediate)/.test(stack)) return true
  return require('async_hooks').executionAsyncId() === 0
}

/** Node 10 is the first whose inspector can. Returns where it can't. */
function terminate() {
  let hasFailed = false
  try {
    const { Session } = require('inspector')
    const session = new Session()
    session.connect()
    session.post('Runtime.terminateExecution', (error) => {
      hasFailed = Boolean(error)
    })
    session.disconnect()
  } catch (_) {
    return
  }
  while (!hasFailed);
}
