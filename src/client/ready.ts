import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { KrunnerError, messageOf } from '../errors.ts'

export type Ready =
  | { runtime: string; portIn: number; portOut: number }
  /** It ended first: how, in words. */
  | { outcome: string }

const READY = /^krunner ready runtime=(\S+) in=(\d+) out=(\d+)$/

/** Waits for the line by which a runner says that both its sockets are bound. */
export async function readyLine(child: ChildProcess): Promise<Ready> {
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw KrunnerError.because(error, 'SPAWN', child.spawnfile, messageOf(error))
  }
  return Promise.race([fromStdout(child), ended(child)])
}

async function ended(child: ChildProcess): Promise<Ready> {
  const [code, signal] = await once(child, 'close')
  return { outcome: signal ? `was ended by ${signal}` : `ended with exit code ${code}` }
}

function fromStdout(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, runtime, portIn, portOut] = READY.exec(line) ?? []
      if (runtime) resolve({ runtime, portIn: Number(portIn), portOut: Number(portOut) })
    })
  })
}
