/** Whether somebody listens on a port of this container. */
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const HOST = '127.0.0.1'
/** Between two looks while a service starts, ms. */
const PAUSE = 20
/** A listener whose queue is full answers late, ms. */
const PATIENCE = 1000

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(PATIENCE, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

/** Settles when somebody listens. Rejects with the signal's reason. */
export async function untilListening(port: number, signal: AbortSignal): Promise<void> {
  while (!(await isListening(port))) {
    await delay(PAUSE, undefined, { signal }).catch(() => undefined)
    signal.throwIfAborted()
  }
}
