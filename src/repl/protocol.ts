/**
 * The driver protocol: one ASCII line `TYPE field ... LENGTH\n`, then exactly LENGTH bytes.
 * Specified in `docs/adding-a-language.md`; spoken over two descriptors that only the driver and the
 * daemon have: 3 and 4 on the driver's side.
 */

export type DriverRequest =
  | { type: 'run'; id: number; source: string }
  /** `cursor` is an offset in bytes of the UTF-8 source, for `inspect` too. */
  | { type: 'complete' | 'inspect'; id: number; cursor: number; source: string }
  | { type: 'answer'; text: string }

export type DriverReport =
  | { type: 'ready'; banner: string }
  | { type: 'display'; mime: string; data: Buffer }
  | { type: 'ask'; isPassword: boolean; prompt: string }
  | { type: 'done'; id: number; code: number; error: string }
  | { type: 'matches'; id: number; matches: string[] }
  | { type: 'doc'; id: number; text: string }
