import { InvalidArgumentError } from 'commander'
import { parseSize as readSize } from '../image/sizes.ts'

/** Bytes of `1G`, `512m`, `64MiB` or a bare number, as in the labels of images. */
export function parseSize(text: string): number {
  const bytes = readSize(text)
  if (bytes === undefined) throw new InvalidArgumentError(`'${text}' is no size; write it like 512M or 1G.`)
  return bytes
}
