import { hasMoved, memoryLimit, oomKills } from '../process/cgroup.ts'
import { descendantsOf, type ProcessEntry, uptime } from '../process/procfs.ts'

/** While something runs, the processes are looked at after this, then half as often each time, ms. */
const FIRST_LOOK = 10
const SLOWEST_LOOK = 1000
/** Of a step with many short processes only the newest that went are told about. */
const MOST_REMEMBERED = 32

/**
 * Remembers which processes there were, so that one that the kernel has killed can still be told
 * about: pid, age, sizes, command line and the chain of its parents.
 */
export class ProcessWatch {
  private seen = new Map<number, ProcessEntry>()
  private gone: string[] = []
  private killsBefore = oomKills()
  private timer: NodeJS.Timeout | undefined

  /** A step begins: look at what it runs until `stop`. */
  start(): void {
    this.killsBefore = oomKills()
    this.gone = []
    clearTimeout(this.timer)
    this.schedule(FIRST_LOOK)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** What the OOM killer did since `start`, in lines; undefined where it did nothing. */
  explainOom(): string | undefined {
    const kills = oomKills() - this.killsBefore
    if (kills <= 0) return undefined
    const limit = memoryLimit()
    const where = limit ? `the memory limit of ${mebibytes(limit)} was reached` : 'the memory is used up'
    return [
      `out of memory: ${where}, and the kernel killed ${kills} of the processes`,
      ...this.vanished(),
    ].join('\n')
  }

  /** A line for each process that has gone since the step began or this was last asked, newest last. */
  vanished(): string[] {
    this.look()
    return this.gone.splice(0)
  }

  private schedule(wait: number): void {
    this.timer = setTimeout(() => {
      if (hasMoved()) this.killsBefore = oomKills()
      this.look()
      this.schedule(Math.min(wait * 2, SLOWEST_LOOK))
    }, wait)
  }

  /** Who is gone is described now: the chain of its parents may be gone at the next look. */
  private look(): void {
    const now = new Map(descendantsOf(process.pid).map((entry) => [entry.pid, entry]))
    const gone = [...this.seen.values()].filter((entry) => now.get(entry.pid)?.startedAt !== entry.startedAt)
    this.gone = [...this.gone, ...gone.map((entry) => this.describe(entry))].slice(-MOST_REMEMBERED)
    this.seen = now
  }

  private describe(entry: ProcessEntry): string {
    const age = (uptime() - entry.startedAt).toFixed(1)
    const sizes = `VM ${mebibytes(entry.vmBytes)}, RSS ${mebibytes(entry.rssBytes)}`
    return `  pid ${entry.pid}, age ${age} s, ${sizes}: ${entry.commandLine}${this.parentsOf(entry)}`
  }

  private parentsOf(entry: ProcessEntry): string {
    const chain: string[] = []
    for (let parent = this.seen.get(entry.parent); parent; parent = this.seen.get(parent.parent))
      chain.push(` <- ${parent.pid} ${parent.commandLine}`)
    return `${chain.join('')} <- ${process.pid} krunner`
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
