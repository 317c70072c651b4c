/** Rust: cells are compiled by the image's own rustc, and so is the driver. */
import { join } from 'node:path'
import type { DriverLaunch, Runtime, RuntimeContext } from '../../src/runtime/runtime.ts'
import { rustBatch } from './batch.ts'

const rust: Runtime = {
  name: 'rust',
  title: 'Rust',
  versions: 'Rust 1.17 to current',
  executables: ['rustc'],
  versionArguments: ['--version'],
  batch: rustBatch,
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['//'],
      quotes: [],
      spans: [
        ['r#"', '"#'],
        ['/*', '*/'],
        ['"', '"'],
      ],
      // An operator that wants a right side, or the head of a block.
      goesOn: /(?:[-+*/%&|^=<,.:]|\b(?:else|if|match|while|for|in|let|fn|impl|where)\b[^{;]*)\s*$/,
    },
    launch,
  },
}

/** Without optimisation: the driver is needed at once, and waits for rustc most of its life. */
function launch({ executable, folder, scratch }: RuntimeContext): DriverLaunch {
  const driver = join(scratch, 'driver')
  const options = ['-A', 'warnings', '-C', 'debuginfo=0', '-C', 'prefer-dynamic', '-C', 'rpath']
  return {
    argv: [driver, executable, scratch],
    prepare: [{ argv: [executable, ...options, '-o', driver, join(folder, 'driver', 'main.rs')] }],
  }
}

export default rust
