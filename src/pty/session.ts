/** A process on a terminal, and who looks at it. */

import { signalGroup } from '../process/group.ts'
import { describeOutcome } from '../process/outcome.ts'
import { Scrollback } from './scrollback.ts'
import { Terminal, type TerminalOptions, type TerminalSize } from './terminal.ts'
import type { Viewer } from './viewer.ts'

/** How long it lives with nobody looking, where it is one person's; ms. */
const LONELY_TIME = 10 * 60_000
/** WebSocket's code for an ordinary end. */
const NORMAL = 1000

/** What all our viewers can show. */
export const TERMINAL_ENVIRONMENT = { TERM: 'xterm-256color', COLORTERM: 'truecolor' }

export type SessionCommand = Pick<TerminalOptions, 'argv' | 'env' | 'cwd'>

export class TerminalSession {
  private readonly terminal: Terminal
  private readonly isShared: boolean
  private readonly scrollback = new Scrollback()
  /** Each with the size of its screen. */
  private readonly viewers = new Map<Viewer, TerminalSize>()
  private gathered: Buffer[] = []
  private lonely: NodeJS.Timeout | undefined

  /** Throws SPAWN. */
  constructor(command: SessionCommand, size: TerminalSize, isShared: boolean, onEnd: () => void) {
    this.isShared = isShared
    const env = { LANG: 'C.UTF-8', ...command.env, ...TERMINAL_ENVIRONMENT }
    this.terminal = new Terminal({ ...command, env, size, onOutput: (chunk) => this.gather(chunk) })
    void this.terminal.ended.then((outcome) => {
      onEnd()
      clearTimeout(this.lonely)
      this.release()
      for (const viewer of this.viewers.keys())
        viewer.close(NORMAL, `the process ${describeOutcome(outcome)}`)
    })
  }

  /** It sees what there was, and all that comes. */
  attach(viewer: Viewer, size: TerminalSize): void {
    clearTimeout(this.lonely)
    this.release()
    viewer.show([this.scrollback.content])
    this.viewers.set(viewer, size)
    this.fit()
  }

  detach(viewer: Viewer): void {
    this.viewers.delete(viewer)
    this.hold()
    if (this.viewers.size > 0) this.fit()
    else if (!this.isShared) this.lonely = setTimeout(() => this.end(), LONELY_TIME)
  }

  resize(viewer: Viewer, size: TerminalSize): void {
    this.viewers.set(viewer, size)
    this.fit()
  }

  /** False where the process does not read, and too much waits for it already. */
  write(bytes: Buffer): boolean {
    return this.terminal.write(bytes)
  }

  /** The process is held as long as somebody is behind: nothing is dropped, and little is kept. */
  hold(): void {
    if ([...this.viewers.keys()].some((viewer) => viewer.isHeld)) this.terminal.pause()
    else this.terminal.resume()
  }

  /** Hangs up. */
  end(): void {
    signalGroup(this.terminal.pid, 'SIGHUP')
    this.terminal.close()
  }

  /** The screen of a terminal that several look at is what all of them can show. */
  private fit(): void {
    const sizes = [...this.viewers.values()]
    this.terminal.resize({
      rows: Math.min(...sizes.map(({ rows }) => rows)),
      columns: Math.min(...sizes.map(({ columns }) => columns)),
    })
  }

  /** What comes in one turn leaves in one message. */
  private gather(chunk: Buffer): void {
    if (this.gathered.length === 0) setImmediate(() => this.release())
    this.gathered.push(chunk)
  }

  private release(): void {
    if (this.gathered.length === 0) return
    const chunk = Buffer.concat(this.gathered)
    this.gathered = []
    this.scrollback.add(chunk)
    for (const viewer of this.viewers.keys()) viewer.show([chunk])
  }
}
