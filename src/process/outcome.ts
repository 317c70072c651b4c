import { constants } from 'node:os'

/** How a process ended. */
export interface Outcome {
  /** As a shell says it: the code, or 128 + the signal's number. */
  readonly exitCode: number
  /** The signal that ended it, `SIGKILL` say. */
  readonly signal: string | undefined
}

/** Names of the signals by number, one name each (`SIGABRT`, not `SIGIOT`). */
const SIGNAL_NAMES = new Map(
  Object.entries(constants.signals)
    .filter(([name]) => !['SIGIOT', 'SIGPOLL', 'SIGUNUSED'].includes(name))
    .map(([name, number]) => [number, name]),
)

const SIGNAL_SENTENCES: Readonly<Record<string, string>> = {
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'abort',
  SIGFPE: 'arithmetic error',
  SIGILL: 'illegal instruction',
  SIGBUS: 'bus error',
  SIGSYS: 'forbidden system call',
  SIGXCPU: 'CPU time limit',
}

export function outcomeOf(ended: { code: number; signal: number }): Outcome {
  if (ended.signal === 0) return { exitCode: ended.code, signal: undefined }
  return {
    exitCode: 128 + ended.signal,
    signal: SIGNAL_NAMES.get(ended.signal) ?? `signal ${ended.signal}`,
  }
}

/** "was killed by SIGSEGV (segmentation fault)", "exited with code 3". */
export function describeOutcome(outcome: Outcome): string {
  if (!outcome.signal) return `exited with code ${outcome.exitCode}`
  const sentence = SIGNAL_SENTENCES[outcome.signal]
  return `was killed by ${outcome.signal}${sentence ? ` (${sentence})` : ''}`
}
