/** Runs an engine's command: its whole output to a file or to us, and its process group ended when asked. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { signalGroup } from '../../process/group.ts'

export type Command = readonly [string, ...string[]]

export interface Ran {
  /** Of a signal: 128 and its number are not told apart; null. */
  readonly code: number | null
  /** The last of both streams. */
  readonly tail: string
}

export interface RunOptions {
  /** Gets all that it prints. */
  readonly log?: string
  onLine?(line: string): void
  readonly signal: AbortSignal
}

/** Bytes of the output that are kept. */
const TAIL = 256 * 1024
/** Until an engine that was asked to end is ended, ms: it removes its working containers before. */
const GRACE = 10_000

/** Never throws: an engine that cannot be started is one that failed. */
export async function runCommand(
  [program, ...args]: Command,
  { log, onLine, signal }: RunOptions,
): Promise<Ran> {
  if (signal.aborted) return { code: null, tail: 'stopped before it began' }
  // A group of its own: the terminal's Ctrl-C is for us, who tell what is to end.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const file = log === undefined ? undefined : createWriteStream(log)
  const output = new Output(file, onLine)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.add(chunk))
  const release = endWhenAborted(child, signal)
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output.add(Buffer.from(`${error.message}\n`))
      resolve(127)
    })
    child.once('close', resolve)
  })
  release()
  await closed(file)
  return { code, tail: output.tail }
}

function endWhenAborted({ pid }: ChildProcess, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    if (pid === undefined) return
    signalGroup(pid, 'SIGTERM')
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE)
  }
  signal.addEventListener('abort', end)
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

async function closed(file: WriteStream | undefined): Promise<void> {
  if (file) await new Promise<void>((resolve) => file.end(resolve))
}

class Output {
  readonly #file: WriteStream | undefined
  readonly #onLine: ((line: string) => void) | undefined
  #tail = ''
  #open = ''

  constructor(file: WriteStream | undefined, onLine: ((line: string) => void) | undefined) {
    this.#file = file
    this.#onLine = onLine
  }

  get tail(): string {
    return this.#tail
  }

  add(chunk: Buffer): void {
    this.#file?.write(chunk)
    const text = chunk.toString()
    this.#tail = (this.#tail + text).slice(-TAIL)
    if (!this.#onLine) return
    const lines = (this.#open + text).split('\n')
    this.#open = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line)
  }
}
