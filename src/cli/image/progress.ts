/** Tells of builds while they run: a line for each that begins and ends, and on a terminal what is done now. */
import type { BuildOutcome } from '../../image/factory/build.ts'
import type { ImageSpec } from '../../image/factory/spec.ts'

export class Progress {
  readonly #total: number
  #ended = 0
  /** By image: the step that runs. */
  readonly #running = new Map<string, string>()
  #hasStatus = false

  constructor(total: number) {
    this.#total = total
  }

  begin(image: ImageSpec): void {
    this.#running.set(nameOf(image), '')
    this.#tell(`${nameOf(image)} is built`)
  }

  line(image: ImageSpec, line: string): void {
    const [step] = /^(STEP|Step) \d+\/\d+.*/.exec(line) ?? []
    if (step === undefined) return
    this.#running.set(nameOf(image), step)
    this.#status()
  }

  end(image: ImageSpec, outcome: BuildOutcome): void {
    this.#ended++
    this.#running.delete(nameOf(image))
    this.#tell(`[${this.#ended}/${this.#total}] ${nameOf(image)} ${describeOutcome(outcome)}`)
  }

  #tell(line: string): void {
    this.#clear()
    process.stderr.write(`${line}\n`)
    this.#status()
  }

  #status(): void {
    if (!process.stderr.isTTY || this.#running.size === 0) return
    const text = [...this.#running].map(([name, step]) => `${name}: ${step}`).join(' | ')
    this.#clear()
    process.stderr.write(text.slice(0, process.stderr.columns - 1))
    this.#hasStatus = true
  }

  #clear(): void {
    if (this.#hasStatus) process.stderr.write('\r\x1b[K')
    this.#hasStatus = false
  }
}

export function describeOutcome(outcome: BuildOutcome): string {
  switch (outcome.kind) {
    case 'built':
      return `built in ${outcome.seconds.toFixed(1)} s, ${formatBytes(outcome.size)}`
    case 'up to date':
      return `is up to date, ${formatBytes(outcome.size)}`
    case 'failed':
      return `failed after ${outcome.seconds.toFixed(1)} s: ${outcome.why}; all of it is in ${outcome.log}`
    case 'left out':
      return `left out, as ${outcome.because} is not built`
    case 'stopped':
      return 'stopped'
  }
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB']

export function formatBytes(bytes: number): string {
  const power = Math.min(Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)), UNITS.length - 1)
  return `${(bytes / 2 ** (10 * power)).toFixed(power > 2 ? 1 : 0)} ${UNITS[power]}`
}

function nameOf({ name, tag }: ImageSpec): string {
  return `${name}:${tag}`
}
