'use strict'
/* The thread beside the main one. It sleeps until there is a signal, and never returns to its event loop. */
const vm = require('vm')
const { Session } = require('inspector')
const { parentPort, workerData: shared } = require('worker_threads')

const CELL = 0
const HEARD = 1
const ANSWERED = 2
const NEVER = 3

/** How long the main thread may take to answer, ms. One that does not is in a loop, or in a call that blocks. */
const PATIENCE = 100

let session
const script = new vm.Script("this[Symbol.for('krunner.sleep')]()")
globalThis[Symbol.for('krunner.sleep')] = () => Atomics.wait(shared, NEVER, 0)

for (;;) {
  // A signal that came while we were busy was only noted.
  if (takePending()) tell()
  try {
    script.runInThisContext({ breakOnSigint: true })
  } catch (_) {
    tell()
  }
}

function tell() {
  const id = Atomics.load(shared, CELL)
  const answered = Atomics.load(shared, ANSWERED)
  Atomics.store(shared, HEARD, id)
  parentPort.postMessage(id)
  if (id === 0 || Atomics.wait(shared, ANSWERED, answered, PATIENCE) !== 'timed-out') return
  if (Atomics.load(shared, CELL) === id) breakOff()
}

/**
 * Ends what JavaScript the main thread runs, up to its event loop; nothing can catch that. The session stays:
 * Node 14 and 16 abort where it is ended while the main thread is busy.
 */
function breakOff() {
  if (!session) {
    session = new Session()
    session.connectToMainThread()
  }
  session.post('Runtime.terminateExecution')
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
