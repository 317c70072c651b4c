/** Bytes of one block. */
export const BLOCK_BYTES = 128 * 1024
/** Free blocks that are kept for reuse; more are left to the garbage collector. */
const KEPT_BLOCKS = 64

const free: Buffer[] = []

/**
 * Blocks of output in transit. They are reused by hand: the garbage collector sees buffers as
 * small objects, and in a flood would let a hundred mebibytes of dead ones lie before it runs.
 */
export function takeBlock(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES)
}

/** The block must not be read or written by the giver any more. */
export function giveBlock(block: Buffer): void {
  if (free.length < KEPT_BLOCKS) free.push(block)
}
