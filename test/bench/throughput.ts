import type { CellTime } from './peers/session.ts'

const MEBIBYTE = 2 ** 20

/** MiB/s. Throws where not all of the output has come. */
export function throughput({ bytes, milliseconds }: CellTime, wanted: number): number {
  if (bytes !== wanted) throw new Error(`${bytes} bytes of output came where ${wanted} were written`)
  return bytes / MEBIBYTE / (milliseconds / 1000)
}
