import { signalGroup } from './group.ts'
import type { Outcome } from './outcome.ts'
import { type ProcessOptions, spawnChild } from './spawn.ts'

/** Bytes of each stream; what comes after them is dropped. */
const LIMIT = 1024 * 1024
/** Milliseconds: the longest that a timer takes. */
const FOREVER = 2 ** 31 - 1

/** Runs a command to its end and keeps what it prints. Killed, with its group, when the signal says so: its outcome is then that. Throws SPAWN. */
export async function capture(
  options: Omit<ProcessOptions, 'hasTerminal'>,
  signal: AbortSignal,
): Promise<{ outcome: Outcome; out: string; err: string }> {
  const [out, err] = [new Kept(), new Kept()]
  const child = spawnChild({ ...options, onStdout: out.add, onStderr: err.add })
  child.closeStdin()
  const kill = () => void signalGroup(child.pid, 'SIGKILL')
  signal.addEventListener('abort', kill)
  // The signal of an ended child does not hold the event loop; a command of ours would end before it.
  const held = setTimeout(kill, FOREVER)
  const outcome = await child.exited
  clearTimeout(held)
  signal.removeEventListener('abort', kill)
  for (const pump of [child.stdout, child.stderr]) {
    pump.drain()
    pump.destroy()
  }
  return { outcome, out: out.text, err: err.text }
}

class Kept {
  private readonly chunks: Buffer[] = []
  private bytes = 0

  readonly add = (chunk: Buffer): void => {
    const kept = chunk.subarray(0, LIMIT - this.bytes)
    this.bytes += kept.length
    this.chunks.push(Buffer.from(kept))
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString()
  }
}
