import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process whose stdout is ours to read; it does not outlive the benchmark, however that ends. */
export function startChild(
  argv: readonly [string, ...string[]],
  stdio: { stdin: 'ignore' | 'pipe'; stderr: 'ignore' | 'inherit' },
): ChildProcess {
  const [file, ...args] = argv
  const child = spawn(file, args, { stdio: [stdio.stdin, 'pipe', stdio.stderr] })
  const kill = () => void child.kill('SIGTERM')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return child
}

/** Ends it, and waits for that. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
