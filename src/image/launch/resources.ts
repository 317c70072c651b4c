/** How much a container gets: what was asked for, else what the image prefers, else its minimum. */
import { KrunnerError } from '../../errors.ts'
import { type ImageLabels, resourceLabel } from '../labels.ts'
import { formatSize } from '../sizes.ts'
import type { LaunchOptions, Machine } from './request.ts'

export interface Resources {
  /** Missing: as much as there is. */
  readonly cpu?: number
  readonly mem?: number
  readonly shmem?: number
  readonly shares?: number
  /** What the container's programs may take to be the number of cores. */
  readonly cores: number
  /** What the image asks for and does not get, in sentences. */
  readonly notes: readonly string[]
}

type Slot = 'cpu' | 'mem' | 'shmem'

const WRITE: Record<Slot, (amount: number) => string> = { cpu: String, mem: formatSize, shmem: formatSize }
const OPEN = '--no-limits starts it without limits'
const ACCELERATOR = /^[^.]+\.(?:device|shares|smp|mem)$/

/** Throws BAD_OPTION where what was asked for is not between the image's bounds, or more than there is. */
export function chooseResources(labels: ImageLabels, options: LaunchOptions, machine: Machine): Resources {
  const shares = options.shares === undefined ? {} : { shares: options.shares }
  const notes = accelerators(labels, options)
  if (options.limits === false) return { cores: machine.cores, notes, ...shares }
  const cpu = chooseCores(labels, options, machine)
  const mem = choose('mem', labels, options.mem)
  const shmem = choose('shmem', labels, options.shmem)
  return {
    cores: Math.ceil(cpu ?? machine.cores),
    notes,
    ...shares,
    ...(cpu === undefined ? {} : { cpu }),
    ...(mem === undefined ? {} : { mem }),
    ...(shmem === undefined ? {} : { shmem }),
  }
}

function chooseCores(labels: ImageLabels, { cpu }: LaunchOptions, { cores }: Machine): number | undefined {
  const least = labels.resources.min.cpu ?? 0
  if (cpu !== undefined && cpu > cores)
    throw KrunnerError.of('BAD_OPTION', '--cpu', `${cpu}`, `this machine has ${cores}`)
  if (least > cores)
    throw KrunnerError.of('LAUNCH', `the image asks for ${least} cores, this machine has ${cores}`, OPEN)
  const chosen = choose('cpu', labels, cpu)
  // What an image merely prefers, a small machine need not have.
  return chosen === undefined ? undefined : Math.min(chosen, cores)
}

function choose(slot: Slot, { resources }: ImageLabels, asked: number | undefined): number | undefined {
  const { min, max, preferred } = resources
  if (asked === undefined) return preferred[slot] ?? min[slot]
  const write = WRITE[slot]
  const least = min[slot]
  const most = max[slot]
  const refuse = (bound: 'min' | 'max', words: string, amount: number) =>
    KrunnerError.of(
      'BAD_OPTION',
      `--${slot}`,
      write(asked),
      `the image asks for ${words} ${write(amount)} (${resourceLabel(bound, slot)}); ${OPEN}`,
    )
  if (least !== undefined && asked < least) throw refuse('min', 'at least', least)
  if (most !== undefined && asked > most) throw refuse('max', 'at most', most)
  return asked
}

function accelerators({ resources }: ImageLabels, { gpus }: LaunchOptions): string[] {
  if (gpus !== undefined) return []
  const asked = Object.entries(resources.min).filter(([slot, amount]) => ACCELERATOR.test(slot) && amount > 0)
  return asked.map(
    ([slot, amount]) => `the image asks for ${slot} ${amount}, and starts without; --gpus all gives it GPUs`,
  )
}
