import { KrunnerError } from '../../errors.ts'
import type { BuildRecords } from '../../image/factory/build-records.ts'
import { type Builder, findBuilder } from '../../image/factory/engines.ts'
import { destinationOf, pushImage } from '../../image/factory/push.ts'
import { selectImages } from '../../image/factory/select.ts'
import { quoteWords } from '../../image/launch/shell.ts'
import { INTERRUPTED, Leaving } from '../leaving.ts'
import type { PushFlags } from './flags.ts'
import { buildRecords, catalogueOf, imageFolders, writeMetadata } from './folder.ts'

const FAILED = 1
/** Before the first try again, ms. */
const PAUSE = 1000

export async function pushImages(names: readonly string[], flags: PushFlags): Promise<number> {
  const folders = imageFolders(flags)
  const records = buildRecords(folders)
  const references = referencesOf(names, flags, records)
  const builder = findBuilder(flags.engine)
  if (flags.dryRun) {
    for (const reference of references) printCommands(builder, reference, flags)
    return 0
  }
  const stop = new AbortController()
  const leaving = new Leaving()
  leaving.onInterrupt = () => leaving.leave(INTERRUPTED)
  const work = pushAll(references, builder, records, flags, stop.signal)
  const code = await leaving.race(work)
  stop.abort()
  await work
  writeMetadata(folders, catalogueOf(folders.images).images, records)
  return code
}

/** Those of the names that are built. Throws UNKNOWN_IMAGE for a name of which nothing is. */
function referencesOf(names: readonly string[], flags: PushFlags, records: BuildRecords): string[] {
  const { images } = catalogueOf(imageFolders(flags).images)
  const built = [...records.all.keys()]
  if (names.length === 0 && built.length > 0) return built
  const selected = selectImages(images, names).map(({ reference }) => reference)
  const ofManifest = new Set(images.map(({ reference }) => reference))
  // Built with arguments it has a tag that goes on.
  const found = built.filter((reference) =>
    ofManifest.has(reference)
      ? selected.includes(reference)
      : selected.some((each) => reference.startsWith(`${each}-`)),
  )
  if (found.length > 0) return found
  throw KrunnerError.of(
    'UNKNOWN_IMAGE',
    names.join(' ') || '*',
    'of these none is built; `krunner image build` does that',
  )
}

async function pushAll(
  references: readonly string[],
  builder: Builder,
  records: BuildRecords,
  flags: PushFlags,
  signal: AbortSignal,
): Promise<number> {
  let failures = 0
  for (const reference of references) {
    if (signal.aborted) break
    const destination = destinationOf(reference, flags.registry)
    const outcome = await pushImage(reference, destination, {
      builder,
      isInsecure: flags.insecure ?? false,
      signal,
      retries: flags.retries,
      pause: PAUSE,
      onRetry: (why, milliseconds) =>
        process.stderr.write(`${destination}: ${why}; tried again in ${milliseconds / 1000} s\n`),
    })
    if ('digest' in outcome) {
      keep(records, reference, destination, outcome.digest)
      process.stdout.write(`${destination}@${outcome.digest}\n`)
    } else {
      failures++
      process.stderr.write(`krunner: ${destination} was not pushed: ${outcome.why}\n`)
    }
  }
  return failures === 0 ? 0 : FAILED
}

function keep(records: BuildRecords, reference: string, destination: string, digest: string): void {
  const record = records.get(reference)
  if (record)
    records.set(reference, { ...record, digest, pushed: { ...record.pushed, [destination]: digest } })
}

function printCommands(builder: Builder, reference: string, { registry, insecure }: PushFlags): void {
  const destination = destinationOf(reference, registry)
  const request = { reference, destination, digestFile: 'digest', isInsecure: insecure ?? false }
  for (const command of builder.push(request)) process.stdout.write(`${quoteWords(command)}\n`)
}
