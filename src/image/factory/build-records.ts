/** What has been built, of what, and what came of it: the memory that lets a build go on where it stopped. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { KrunnerError } from '../../errors.ts'

const record = v.object({
  /** A digest of all that the image is made of. */
  recipe: v.string(),
  id: v.string(),
  /** Of the registry's manifest once pushed, before of the engine's own. */
  digest: v.string(),
  /** Bytes. */
  size: v.number(),
  /** How long it took. */
  seconds: v.number(),
  /** Where it was pushed, and the digest there. */
  pushed: v.optional(v.record(v.string(), v.string()), {}),
})

const records = v.record(v.string(), record)

export type BuiltImage = v.InferOutput<typeof record>

export class BuildRecords {
  readonly #file: string
  readonly #records: Map<string, BuiltImage>

  /** Throws BAD_CONFIG_FILE where the file is not one of ours. */
  constructor(file: string) {
    this.#file = file
    this.#records = new Map(Object.entries(read(file)))
  }

  get all(): ReadonlyMap<string, BuiltImage> {
    return this.#records
  }

  get(reference: string): BuiltImage | undefined {
    return this.#records.get(reference)
  }

  /** Kept on disk at once: whatever ends us, what is done is done. */
  set(reference: string, image: BuiltImage): void {
    this.#records.set(reference, image)
    mkdirSync(dirname(this.#file), { recursive: true })
    const unfinished = `${this.#file}.${process.pid}`
    writeFileSync(unfinished, `${JSON.stringify(Object.fromEntries(this.#records), null, 2)}\n`)
    renameSync(unfinished, this.#file)
  }
}

function read(file: string): v.InferOutput<typeof records> {
  if (!existsSync(file)) return {}
  try {
    return v.parse(records, JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw KrunnerError.because(
      error,
      'BAD_CONFIG_FILE',
      file,
      'it is no record of builds; take it away, and all is built again',
    )
  }
}
