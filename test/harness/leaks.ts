/** What a runner may have left behind. Each check throws with the names of what it found. */
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { descriptorsOf, taggedProcesses } from './processes.ts'
import { until } from './until.ts'

/** A runner that is idle again has as many descriptors as it began with. */
export async function descriptorsClosed(pid: number, atFirst: number): Promise<void> {
  try {
    await until('descriptors are closed', () => descriptorsOf(pid).size <= atFirst, 5000)
  } catch {
    const open = [...descriptorsOf(pid)].map(([number, target]) => `${number}: ${target}`)
    throw new Error(`leaked descriptors, ${atFirst} at first, now ${open.length}:\n${open.join('\n')}`)
  }
}

/** Ends what is left, so that one test's leak is not the next one's. */
export function processesGone(tag: string): void {
  const left = taggedProcesses(tag)
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  const names = left.map(({ pid, command }) => `${pid} ${command}`)
  if (left.length > 0) throw new Error(`leaked processes: ${names.join(', ')}`)
}

export async function portsFree(...ports: number[]): Promise<void> {
  // Somebody else may have been given it meanwhile, and gives it back.
  for (const port of ports) await until(`port ${port} is free`, async () => !(await isOpen(port)))
}

/** What a runner makes for itself in the folder for temporary files goes with it. */
export function filesGone(folder: string): void {
  const left = readdirSync(folder).filter((name) => name.startsWith('krunner'))
  if (left.length > 0) throw new Error(`leaked files in the folder for temporary ones: ${left.join(', ')}`)
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const settle = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
