/** A session's jail at work: what each command is confined by, and the supervisor of all of them. */
import { closeSync } from 'node:fs'
import { constants } from 'node:os'
import { KrunnerError } from '../errors.ts'
import { confine } from '../process/confinement.ts'
import { signalGroup } from '../process/group.ts'
import { native } from '../process/native.ts'
import { describeOutcome } from '../process/outcome.ts'
import { PeerCheck } from '../process/peer.ts'
import { type Child, spawnChild } from '../process/spawn.ts'
import { encodeProgram } from './encode.ts'
import { LAUNCHER } from './kernel.ts'
import type { JailProgram } from './program.ts'
import { explainReport } from './reports.ts'
import { encodeRules } from './rules.ts'

export interface JailEvents {
  /** A call was refused, of that program for the first time; or the supervisor is gone. */
  onReport(sentence: string): void
}

export class Jail {
  /** Whether a connection is somebody else's than user code. */
  readonly admits: PeerCheck['admits']
  private readonly program: JailProgram
  private readonly events: JailEvents
  private readonly programFd: number
  private readonly rules: number | undefined
  private control: number | undefined
  private supervisor: Child | undefined
  private unread = ''
  private hasTurnedAway = false
  private isOpen = true

  /** From now on every command of user code starts in it. Throws JAIL_START. */
  constructor(program: JailProgram, events: JailEvents) {
    const peers = new PeerCheck()
    this.program = program
    this.events = events
    this.programFd = made('its program', native.sealedFile(encodeProgram(program)))
    this.rules =
      program.landlock && made('its Landlock rules', native.landlockRules(encodeRules(program.landlock)))
    if (program.supervision) this.supervise()
    this.enclose()
    this.admits = (socket) => peers.admits(socket) || this.turnAway()
  }

  /** Not to be ended with the commands: they are held by it to their end. */
  get supervisorPid(): number | undefined {
    return this.supervisor?.pid
  }

  /** Tells what has been refused until now: the supervisor says it before the command hears of it. */
  hear(): void {
    this.supervisor?.stdout.drain()
  }

  /** Once all commands have ended. */
  close(): void {
    this.isOpen = false
    confine(undefined)
    this.hear()
    if (this.supervisor) signalGroup(this.supervisor.pid, 'SIGKILL')
    for (const fd of [this.programFd, this.rules, this.control]) if (fd !== undefined) closeSync(fd)
  }

  private turnAway(): false {
    if (!this.hasTurnedAway)
      this.events.onReport('user code has connected to a port of the runner, and was turned away')
    this.hasTurnedAway = true
    return false
  }

  private enclose(): void {
    confine({ launcher: LAUNCHER, descriptors: [this.programFd, this.rules, this.control] })
  }

  private supervise(): void {
    const [ours, theirs] = sockets()
    const child = spawnChild({
      argv: [LAUNCHER, 'supervise', '3', '4'],
      env: {},
      cwd: '/',
      extraFds: [this.programFd, theirs],
      isOurs: true,
      onStdout: (chunk) => this.read(chunk.toString()),
      onStderr: (chunk) => this.events.onReport(chunk.toString().trim()),
    })
    closeSync(theirs)
    child.closeStdin()
    this.control = ours
    this.supervisor = child
    void child.exited.then((outcome) => this.isOpen && this.superviseAgain(describeOutcome(outcome)))
  }

  /** What ran under the old one can make no process any more, where these are counted: its calls fail. */
  private superviseAgain(what: string): void {
    this.events.onReport(`the supervisor ${what}: what runs now may start no processes; what comes next may`)
    if (this.control !== undefined) closeSync(this.control)
    this.supervise()
    this.enclose()
  }

  private read(text: string): void {
    const lines = (this.unread + text).split('\n')
    this.unread = lines.pop() ?? ''
    for (const line of lines) this.events.onReport(explainReport(line, this.program) ?? line)
  }
}

function sockets(): [number, number] {
  const pair = native.messageSockets()
  if (typeof pair === 'number')
    throw KrunnerError.of('JAIL_START', `a socket cannot be made (${nameOf(pair)})`)
  return pair
}

/** The descriptor. */
function made(what: string, result: number): number {
  if (result >= 0) return result
  throw KrunnerError.of('JAIL_START', `${what} cannot be made (${nameOf(result)})`)
}

function nameOf(result: number): string {
  return Object.entries(constants.errno).find(([, number]) => number === -result)?.[0] ?? `error ${-result}`
}
