/** `ai.backend.resource.BOUND.SLOT`: how much of what a container of this image gets. */
import { bad, type Form, good, quote } from './forms.ts'
import { size } from './sizes.ts'

export const BOUNDS = ['min', 'max', 'preferred'] as const
export type Bound = (typeof BOUNDS)[number]

/** By slot: bytes where the slot is memory, else a number. */
export type Amounts = Readonly<Record<string, number>>

export interface Slot {
  readonly name: string
  readonly form: Form<number>
  readonly meaning: string
}

const count: Form<number> = {
  words: 'a whole number',
  read: (text) =>
    /^\d{1,6}$/.test(text.trim())
      ? good(Number(text))
      : bad(`${quote(text)} is no whole number`, 'it is given out in whole pieces: write 1, say'),
  write: String,
}

const share: Form<number> = {
  words: 'a number, also a fraction',
  read: (text) =>
    /^\d{1,6}(?:\.\d{1,6})?$/.test(text.trim())
      ? good(Number(text))
      : bad(`${quote(text)} is no number`, 'write it like 0.5'),
  write: String,
}

/** Slots that agents have of their own or by plugins that are published. */
export const SLOTS: readonly Slot[] = [
  { name: 'cpu', form: count, meaning: 'processor cores' },
  { name: 'mem', form: size, meaning: 'main memory, without shared memory' },
  { name: 'shmem', form: size, meaning: 'shared memory (`/dev/shm`)' },
  { name: 'cuda.device', form: count, meaning: 'whole CUDA devices' },
  { name: 'cuda.shares', form: share, meaning: 'shares of CUDA devices' },
  { name: 'cuda.smp', form: count, meaning: 'streaming multiprocessors of a CUDA device' },
  { name: 'cuda.mem', form: size, meaning: 'memory of CUDA devices' },
  { name: 'rocm.device', form: count, meaning: 'ROCm devices' },
  { name: 'tpu.device', form: count, meaning: 'TPU devices' },
  { name: 'ipu.device', form: count, meaning: 'IPU devices' },
  { name: 'atom.device', form: count, meaning: 'ATOM devices' },
  { name: 'warboy.device', form: count, meaning: 'Warboy devices' },
  { name: 'rngd.device', form: count, meaning: 'RNGD devices' },
  { name: 'gaudi2.device', form: count, meaning: 'Gaudi 2 devices' },
]

/** What a plugin that we do not know may have: `NAME.device`, and so on. */
const FOREIGN: Readonly<Record<string, Form<number>>> = {
  device: count,
  smp: count,
  shares: share,
  mem: size,
}

/** The slot of that name; undefined where it is none of ours and none that a plugin would have. */
export function findSlot(name: string): Slot | undefined {
  const known = SLOTS.find((slot) => slot.name === name)
  if (known) return known
  const [, kind = ''] = /^[a-z0-9-]+\.([a-z]+)$/.exec(name) ?? []
  const form = Object.hasOwn(FOREIGN, kind) ? FOREIGN[kind] : undefined
  return form && { name, form, meaning: `of an accelerator's plugin` }
}
