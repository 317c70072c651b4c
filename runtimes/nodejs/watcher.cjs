'use strict'
/* The thread beside the main one. It sleeps until there is a signal, and never returns to its event loop. */
const vm = require('vm')
const { Session } = require('inspector')
const { parentPort, workerData: shared } = require('worker_threads')

const CELL = 0
const HEARD = 1
const ANSWERED = 2
const NEVER = 3
const GUARDED = 4

/** How long the main thread may take to answer, ms. One that does not is in a loop, or in a call that blocks. */
const PATIENCE = 250
/** Between two callbacks that may be broken off in place of others, ms. */
const PAUSE = 20

let session
const script = new vm.Script("this[Symbol.for('krunner.sleep')]()")
globalThis[Symbol.for('krunner.sleep')] = () => Atomics.wait(shared, NEVER, 0)

for (;;) {
  // A signal that came while we were busy was only noted.
  while (takePending()) tell()
  try {
    script.runInThisContext({ breakOnSigint: true })
  } catch (_) {
    tell()
  }
}

function tell() {
  if (Atomics.load(shared, GUARDED) > 0) return passOn()
  const id = Atomics.load(shared, CELL)
  const answered = Atomics.load(shared, ANSWERED)
  Atomics.store(shared, HEARD, id)
  parentPort.postMessage(id)
  if (id === 0 || Atomics.wait(shared, ANSWERED, answered, PATIENCE) !== 'timed-out') return
  if (Atomics.load(shared, GUARDED) > 0) return passOn()
  connect()
  if (Atomics.load(shared, CELL) === id) breakOff()
}

/** The main thread runs what it can break off itself, once the signal is not ours. */
function passOn() {
  process.kill(process.pid, 'SIGINT')
  Atomics.wait(shared, NEVER, 0, PAUSE)
}

/** The session stays: Node 14 and 16 abort where it is ended while the main thread is busy. */
function connect() {
  if (session) return
  session = new Session()
  session.connectToMainThread()
}

/**
 * Ends what JavaScript the main thread runs, up to its event loop; nothing can catch that. Where it runs none, because
 * it came to its end just now, the next callback is ended: one of these, that do nothing.
 */
function breakOff() {
  session.post('Runtime.terminateExecution')
  for (let time = 0; time < 3; time++) {
    Atomics.wait(shared, NEVER, 0, PAUSE)
    parentPort.postMessage(0)
  }
}

function takePending() {
  try {
    const binding = process.binding('contextify')
    binding.startSigintWatchdog()
    return binding.stopSigintWatchdog()
  } catch (_) {
    return false
  }
}
