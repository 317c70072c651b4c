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
  /** Of a value, and of the bound that it is usual for. */
  readonly example: string
  readonly bound: Bound
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
  slot('cpu', count, 'processor cores', '1'),
  slot('mem', size, 'main memory, without shared memory', '256m'),
  slot('shmem', size, 'shared memory (`/dev/shm`)', '64m', 'preferred'),
  slot('cuda.device', count, 'whole CUDA devices', '1'),
  slot('cuda.shares', share, 'shares of CUDA devices', '0.5'),
  slot('cuda.smp', count, 'streaming multiprocessors of a CUDA device', '2'),
  slot('cuda.mem', size, 'memory of CUDA devices', '256m'),
  slot('rocm.device', count, 'ROCm devices', '1'),
  slot('tpu.device', count, 'TPU devices', '1'),
  slot('ipu.device', count, 'IPU devices', '1', 'max'),
  slot('atom.device', count, 'ATOM devices', '1'),
  slot('warboy.device', count, 'Warboy devices', '1'),
  slot('rngd.device', count, 'RNGD devices', '1'),
  slot('gaudi2.device', count, 'Gaudi 2 devices', '8', 'max'),
]

function slot(
  name: string,
  form: Form<number>,
  meaning: string,
  example: string,
  bound: Bound = 'min',
): Slot {
  return { name, form, meaning, example, bound }
}

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
  return form && slot(name, form, "of an accelerator's plugin", '1')
}
