import { closeSync, fstatSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { KrunnerError } from '../errors.ts'
import { confined } from './confinement.ts'
import { native } from './native.ts'
import type { Outcome } from './outcome.ts'
import { type ChunkSink, OutputPump } from './pump.ts'
import { onExit } from './reaper.ts'
import { which } from './which.ts'

/** Under memory pressure user code goes before the daemon, and under load it gets a third of its weight. */
const OOM_SCORE_RAISE = 500
const NICE_RAISE = 5
/** The largest a user without privileges may ask for: fewer, larger reads in a flood. */
const OUTPUT_PIPE_BYTES = 1024 * 1024

export interface SpawnOptions {
  argv: readonly [string, ...string[]]
  env: Readonly<Record<string, string>>
  /** Set over `env`: what depends on the pipe that becomes stdin, named by its inode. */
  stdinEnv?: ((inode: number) => Readonly<Record<string, string>>) | undefined
  cwd: string
  onStdout: ChunkSink
  onStderr: ChunkSink
  /** Descriptors for the child's fd 3 and up; the caller keeps and closes its own. */
  extraFds?: readonly number[]
  /** A part of the runner, no user code: outside of the jail, and under our own user id. */
  isOurs?: boolean
}

/** A process that we started: leader of its own session and process group, its streams real pipes. */
export interface Child {
  readonly pid: number
  /** The write end of its stdin, not blocking. `closeStdin` closes it. */
  readonly stdin: number
  readonly stdinInode: number
  readonly stdout: OutputPump
  readonly stderr: OutputPump
  /** Settles when the process itself has ended, whoever still holds its pipes. */
  readonly exited: Promise<Outcome>
  closeStdin(): void
}

/** Throws SPAWN where the program is missing, not executable, or the folder is gone. */
export function spawnChild(options: SpawnOptions): Child {
  const [stdinRead, stdin] = native.pipe(1, 0)
  const [stdoutRead, stdoutWrite] = native.pipe(0, OUTPUT_PIPE_BYTES)
  const [stderrRead, stderrWrite] = native.pipe(0, OUTPUT_PIPE_BYTES)
  const childEnds = [stdinRead, stdoutWrite, stderrWrite]
  const stdinInode = fstatSync(stdin).ino
  let pid: number
  try {
    const env = { ...options.env, ...options.stdinEnv?.(stdinInode) }
    pid = startProcess({ ...options, env }, [...childEnds, ...(options.extraFds ?? [])])
  } catch (error) {
    for (const fd of [stdin, stdoutRead, stderrRead]) closeSync(fd)
    throw error
  } finally {
    for (const fd of childEnds) closeSync(fd)
  }
  return {
    pid,
    stdin,
    stdinInode,
    stdout: new OutputPump(stdoutRead, options.onStdout, true),
    stderr: new OutputPump(stderrRead, options.onStderr, true),
    exited: new Promise((resolve) => onExit(pid, resolve)),
    closeStdin: once(() => closeSync(stdin)),
  }
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}

export type ProcessOptions = Pick<SpawnOptions, 'argv' | 'env' | 'cwd'> & {
  /** Whether the first of its descriptors becomes its controlling terminal. */
  hasTerminal?: boolean
  isOurs?: boolean
}

/** The pid of a process whose descriptor i is a copy of `fds[i]`; `onExit` tells its end. Throws SPAWN. */
export function startProcess(options: ProcessOptions, fds: readonly number[]): number {
  const { argv, env, cwd } = options
  const [program] = argv
  const file = which(program, env.PATH, cwd)
  if (!file) throw KrunnerError.of('SPAWN', program, whyNotFound(program))
  const plan = {
    env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    cwd,
    ...standing(options),
  }
  const spawn = (file: string, argv: readonly string[]) =>
    native.spawn({ ...plan, ...(options.isOurs ? { file, argv, fds } : confined({ file, argv, fds })) })
  try {
    return spawn(file, argv)
  } catch (error) {
    // A script without a `#!` line: shells run it themselves, and so does execvp.
    if ((error as NodeJS.ErrnoException).errno === constants.errno.ENOEXEC)
      return spawn('/bin/sh', ['/bin/sh', file, ...argv.slice(1)])
    throw KrunnerError.because(error, 'SPAWN', program, whyFailed(error, cwd))
  }
}

function standing({ hasTerminal, isOurs }: ProcessOptions) {
  const ownOomScore = readOwnOomScore()
  return {
    nice: Math.min(19, getPriority() + (isOurs ? 0 : NICE_RAISE)),
    oomScore: Math.min(1000, ownOomScore + (isOurs ? 0 : OOM_SCORE_RAISE)),
    ownOomScore,
    hasTerminal: hasTerminal ? 1 : 0,
    isOurs: isOurs ? 1 : 0,
  } as const
}

/** The addon's `code` names the step that failed. */
function whyFailed(error: unknown, cwd: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'chdir' ? `the working folder '${cwd}' cannot be entered: ${message}` : message
}

function readOwnOomScore(): number {
  try {
    return Number(readFileSync('/proc/self/oom_score_adj', 'utf8'))
  } catch {
    return 0
  }
}

function whyNotFound(program: string): string {
  return program.includes('/')
    ? 'there is no such file, or it is not executable'
    : 'no executable file of that name is in PATH'
}
