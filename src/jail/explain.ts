/** A policy in words: what is allowed, what is not, and the line that says so. */
import { basename } from 'node:path'
import { ALWAYS_ALLOWED, whyForbidden } from './forbidden.ts'
import type { Machine } from './machine.ts'
import { isEverything, reachOf } from './patterns.ts'
import { PATH_OPERATIONS, type PathOperation, type Policy, type Said } from './policy.ts'
import { showProblem } from './problem.ts'
import { callsOf } from './syscalls.ts'
import { unheld } from './unheld.ts'
import { decider } from './verdicts.ts'

export interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

export function explainPolicy(policy: Policy, machine: Machine): Section[] {
  const sections = [
    ...callSections(policy, machine),
    ...PATH_OPERATIONS.map((operation) => pathSection(policy, operation, machine)),
    { title: 'Processes, ports and limits', lines: countLines(policy) },
    { title: 'Environment', lines: environmentLines(policy) },
    { title: 'What does not hold', lines: unheld(policy, machine).map(showProblem) },
  ]
  return sections.filter(({ lines }) => lines.length > 0)
}

function callSections(policy: Policy, machine: Machine): Section[] {
  const calls = callsOf(machine.architecture).map(([name]) => name)
  const decide = decider(policy, machine.isSupervised)
  const said = new Map(
    [...policy.tracedSyscalls, ...policy.allowedSyscalls].map((entry) => [entry.value, entry]),
  )
  const killed = new Map(policy.killedSyscalls.map((entry) => [entry.value, entry]))
  const allowed = calls.filter((call) => ['allow', 'count'].includes(String(decide(call))))
  const byArguments = calls.filter((call) => typeof decide(call) === 'object')
  const others = calls.filter((call) => ['refuse', 'kill'].includes(String(decide(call))))
  const refusal = policy.refused.value === 'kill' ? 'the process is killed' : 'EPERM'
  return [
    { title: `System calls allowed (${allowed.length} of ${calls.length})`, lines: byPlace(allowed, said) },
    {
      title: 'System calls allowed by their arguments',
      lines: byArguments.map((call) => ruleLine(call, decide(call), said.get(call))),
    },
    {
      title: 'System calls that end the process',
      lines: [...killed.values()].map((entry) => `${entry.value}  ${at(entry)}`),
    },
    {
      title: `System calls that no policy can allow (${refusal})`,
      lines: byReason(others.filter((call) => whyForbidden(call) !== undefined)),
    },
    {
      title: `System calls that nothing allows (${refusal})`,
      lines: words(others.filter((call) => whyForbidden(call) === undefined && !killed.has(call))),
    },
    {
      title: 'System calls answered as by a kernel that does not know them (ENOSYS)',
      lines: [
        'clone3, whose flags no filter sees: C libraries fall back to clone',
        "what is newer than krunner's table of calls: libraries do without",
      ],
    },
  ]
}

function ruleLine(call: string, verdict: unknown, said: Said<string> | undefined): string {
  const says =
    typeof verdict === 'object' && verdict !== null && 'says' in verdict ? String(verdict.says) : ''
  return `${call}: ${says}${said ? `  ${at(said)}` : ''}`
}

/** The calls of neighbouring lines of a file together. */
function byPlace(calls: readonly string[], said: ReadonlyMap<string, Said<string>>): string[] {
  const always = calls.filter((call) => !said.has(call))
  const entries = calls.map((call) => said.get(call)).filter((entry) => entry !== undefined)
  const files = Map.groupBy(entries, ({ place }) => place.file)
  return [
    ...[...files].flatMap(([file, of]) => runsOf(of).flatMap((run) => runLines(file, run))),
    ...(always.length > 0
      ? [`always: ${always.filter((call) => ALWAYS_ALLOWED.includes(call)).join(' ')}`]
      : []),
  ]
}

/** Entries whose lines follow each other, but for what is between them and was said before. */
function runsOf(entries: readonly Said<string>[]): Said<string>[][] {
  const sorted = entries.toSorted((one, other) => one.place.line - other.place.line)
  const runs: Said<string>[][] = []
  for (const entry of sorted) {
    const last = runs.at(-1)
    if (last && entry.place.line - (last.at(-1)?.place.line ?? 0) <= 1) last.push(entry)
    else runs.push([entry])
  }
  return runs
}

function runLines(file: string, run: readonly Said<string>[]): string[] {
  const [first, last] = [run[0]?.place.line, run.at(-1)?.place.line]
  const where = `${basename(file)}:${first === last ? first : `${first}-${last}`}`
  return words(run.map(({ value }) => value)).map((line, index) =>
    index === 0 ? `${where}  ${line}` : `  ${line}`,
  )
}

function byReason(calls: readonly string[]): string[] {
  const reasons = Map.groupBy(calls, (call) => whyForbidden(call) ?? '')
  return [...reasons].flatMap(([reason, of]) => [`${reason}:`, ...words(of).map((line) => `  ${line}`)])
}

const VERBS: Readonly<Record<PathOperation, string>> = {
  OP_OPEN: 'Paths to read',
  OP_WRITE: 'Paths to write, create, rename and remove in',
  OP_EXEC: 'Paths to execute',
  OP_ACCESS: 'Paths to ask access of',
  OP_STAT: 'Paths to stat',
  OP_CHMOD: 'Paths to change the mode of',
}

function pathSection({ paths }: Policy, operation: PathOperation, machine: Machine): Section {
  const title = `${VERBS[operation]} (${operation})`
  const patterns = paths[operation]
  if (!patterns) return { title, lines: operation === 'OP_WRITE' ? ['as OP_OPEN'] : [] }
  if (patterns.length === 0) return { title, lines: ['none'] }
  return { title, lines: patterns.map((pattern) => patternLine(pattern, machine)) }
}

function patternLine(pattern: Said<string>, machine: Machine): string {
  return `${pattern.value}  ${at(pattern)}${meaning(pattern.value, machine)}`
}

function meaning(pattern: string, machine: Machine): string {
  if (isEverything(pattern)) return ''
  const { paths, isSnapshot } = reachOf(pattern, machine)
  if (paths.length === 0) return ', not there now'
  if (isSnapshot) return `, now: ${paths.join(' ')}`
  const [path = ''] = paths
  return path === pattern.replace(/\/\*{1,2}$/, '') ? '' : `, here: ${path}`
}

function countLines(policy: Policy): string[] {
  const number = (key: string, said: Said<number>, what: string) =>
    `${key}: ${said.value < 0 ? 'any number of' : said.value} ${what}  ${at(said)}`
  const ports = (key: string, list: readonly Said<number>[] | undefined) =>
    list ? [`${key}: ${list.map((port) => `${port.value} ${at(port)}`).join(', ') || 'none'}`] : []
  return [
    number('exec_allowance', policy.execAllowance, 'programs executed in all, beside the command itself'),
    number('fork_allowance', policy.forkAllowance, 'processes made in all'),
    number('max_child_procs', policy.maxChildProcs, 'processes at a time in a session'),
    ...ports('tcp_connect', policy.tcpConnect),
    ...ports('tcp_listen', policy.tcpListen),
    ...Object.entries(policy.limits).map(
      ([name, said]) => `limits.${name}: ${said.value < 0 ? 'unlimited' : said.value}  ${at(said)}`,
    ),
  ]
}

function environmentLines(policy: Policy): string[] {
  return [
    ...policy.extraEnvs.map((entry) => `set ${entry.value.name}=${entry.value.value}  ${at(entry)}`),
    ...words(policy.preservedEnvKeys.map(({ value }) => value)).map((line) => `kept: ${line}`),
  ]
}

function at({ place }: Said<unknown>): string {
  return `(${basename(place.file)}:${place.line})`
}

/** Lines of about 100 characters. */
function words(list: readonly string[]): string[] {
  const lines: string[] = []
  for (const word of list) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 96) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
