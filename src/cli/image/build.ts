import { join } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import { withArguments } from '../../image/factory/arguments.ts'
import { type BuildOptions, type BuildOutcome, type BuildTask, buildAll } from '../../image/factory/build.ts'
import { generatedFolder, renderCatalogue } from '../../image/factory/catalogue.ts'
import { findBuilder } from '../../image/factory/engines.ts'
import { writeGenerated } from '../../image/factory/generate.ts'
import { inBuildOrder } from '../../image/factory/order.ts'
import { baseNames, buildRequest } from '../../image/factory/recipe.ts'
import { qualified } from '../../image/factory/reference.ts'
import type { Files } from '../../image/factory/render.ts'
import { selectImages } from '../../image/factory/select.ts'
import type { ImageSpec } from '../../image/factory/spec.ts'
import { quoteWords } from '../../image/launch/shell.ts'
import { INTERRUPTED, Leaving } from '../leaving.ts'
import type { BuildFlags } from './flags.ts'
import { buildRecords, catalogueOf, type ImageFolders, imageFolders, writeMetadata } from './folder.ts'
import { describeOutcome, Progress } from './progress.ts'
import { columns } from './table.ts'

const FAILED = 1

export async function buildImages(names: readonly string[], flags: BuildFlags): Promise<number> {
  const folders = imageFolders(flags)
  const { images } = catalogueOf(folders.images, flags.version)
  const origins = inBuildOrder(selectImages(images, names), images)
  const files = renderCatalogue(folders.images, origins, folders.policies)
  const folder = contextFolder(folders, flags)
  checkBases(images, flags)
  const tasks = tasksOf(origins, flags, folder)
  const builder = findBuilder(flags.engine)
  if (flags.dryRun) {
    for (const { request } of tasks) process.stdout.write(`${quoteWords(builder.build(request))}\n`)
    return 0
  }
  writeContext(folder, files, flags)
  const records = buildRecords(folders)
  const code = await run(tasks, {
    builder,
    records,
    files,
    logs: join(folders.state, 'logs'),
    jobs: flags.jobs,
  })
  writeMetadata(folders, images, records)
  return code
}

/** Of another version than the manifest's the files are nobody's to keep. */
function contextFolder({ images, state }: ImageFolders, { version }: BuildFlags): string {
  return version === undefined ? generatedFolder(images) : join(state, `generated-${version}`)
}

/** One for images that are not built this time does no harm. */
function checkBases(images: readonly ImageSpec[], { base }: BuildFlags): void {
  for (const [name, image] of Object.entries(base))
    if (!images.some((each) => baseNames(each).includes(qualified(name))))
      throw KrunnerError.of(
        'BAD_OPTION',
        '--base',
        `${name}=${image}`,
        'no image of the manifest is built upon that',
      )
}

function tasksOf(origins: readonly ImageSpec[], flags: BuildFlags, folder: string): BuildTask[] {
  const images = withArguments(origins, flags.buildArg)
  const bases = new Map(Object.entries(flags.base))
  return origins.map((origin, index) => {
    const image = images[index] ?? origin
    const options = { folder, bases, architecture: flags.arch, network: flags.network }
    return { origin, image, request: buildRequest(origin, image, options) }
  })
}

/** What is built is what the manifest says, not what somebody has written into a generated file. */
function writeContext(folder: string, files: Files, { version }: BuildFlags): void {
  const { kept } = writeGenerated(folder, files, { overwrite: version !== undefined, isOurs: () => false })
  if (kept.length === 0) return
  const some = kept.slice(0, 3).join(', ')
  throw KrunnerError.of(
    'BAD_FOLDER',
    'the folder of generated files',
    folder,
    `is not as the manifest says (${some}); \`krunner image generate --overwrite\` makes it so`,
  )
}

async function run(
  tasks: readonly BuildTask[],
  options: Pick<BuildOptions, 'builder' | 'records' | 'files' | 'logs' | 'jobs'>,
): Promise<number> {
  const progress = new Progress(tasks.length)
  const stop = new AbortController()
  const leaving = new Leaving()
  leaving.onInterrupt = () => leaving.leave(INTERRUPTED)
  const work = buildAll(tasks, {
    ...options,
    signal: stop.signal,
    onBegin: (image) => progress.begin(image),
    onLine: (image, line) => progress.line(image, line),
    onEnd: (image, outcome) => progress.end(image, outcome),
  })
  const code = await leaving.race(work.then(exitCodeOf))
  // What still runs is ended before we are.
  stop.abort()
  summarise(tasks, await work)
  return code
}

function exitCodeOf(outcomes: ReadonlyMap<string, BuildOutcome>): number {
  return [...outcomes.values()].every(({ kind }) => kind === 'built' || kind === 'up to date') ? 0 : FAILED
}

function summarise(tasks: readonly BuildTask[], outcomes: ReadonlyMap<string, BuildOutcome>): void {
  const rows = tasks.flatMap(({ image }) => {
    const outcome = outcomes.get(image.reference)
    return outcome ? [[image.reference, describeOutcome(outcome)]] : []
  })
  const count = (kind: BuildOutcome['kind']) =>
    [...outcomes.values()].filter((outcome) => outcome.kind === kind).length
  process.stdout.write(columns(rows))
  const kinds = (['built', 'up to date', 'failed', 'left out', 'stopped'] as const).filter(
    (kind) => count(kind) > 0,
  )
  process.stdout.write(`${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}\n`)
  if (count('stopped') > 0) process.stdout.write('the same command goes on from here\n')
}
