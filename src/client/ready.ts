import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { KrunnerError, messageOf } from '../errors.ts'

/** Where the sockets of a runner are, from the line by which it says that both are bound. */
export interface Ready {
  runtime: string
  portIn: number
  portOut: number
}

const READY = /^krunner ready runtime=(\S+) in=(\d+) out=(\d+)$/

/** Undefined where the process ended before it was ready. */
export async function readyLine(child: ChildProcess): Promise<Ready | undefined> {
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw KrunnerError.because(error, 'SPAWN', child.spawnfile, messageOf(error))
  }
  return new Promise((resolve) => {
    child.once('close', () => resolve(undefined))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, runtime, portIn, portOut] = READY.exec(line) ?? []
      if (runtime) resolve({ runtime, portIn: Number(portIn), portOut: Number(portOut) })
    })
  })
}
