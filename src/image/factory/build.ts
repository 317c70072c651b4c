/** Builds images in the order of their dependencies, several at a time, and goes on where an earlier build stopped. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildRecords } from './build-records.ts'
import { runCommand } from './command.ts'
import type { Builder, BuildRequest, ImageFacts } from './engines.ts'
import { recipeOf } from './recipe.ts'
import type { Files } from './render.ts'
import type { ImageSpec } from './spec.ts'

export type BuildOutcome =
  | { readonly kind: 'built' | 'up to date'; readonly seconds: number; readonly size: number }
  | { readonly kind: 'failed'; readonly seconds: number; readonly log: string; readonly why: string }
  | { readonly kind: 'stopped' }
  /** What it is built upon was not built. */
  | { readonly kind: 'left out'; readonly because: string }

/** One image to build: as the manifest has it, and as this build makes it. */
export interface BuildTask {
  readonly origin: ImageSpec
  readonly image: ImageSpec
  readonly request: BuildRequest
}

export interface BuildOptions {
  readonly builder: Builder
  readonly records: BuildRecords
  readonly files: Files
  /** Where the logs of what failed are kept. */
  readonly logs: string
  readonly jobs: number
  readonly signal: AbortSignal
  onBegin(image: ImageSpec): void
  /** A line of the engine's. */
  onLine(image: ImageSpec, line: string): void
  onEnd(image: ImageSpec, outcome: BuildOutcome): void
}

/** By reference. Tasks stand after those that they are built upon. */
export async function buildAll(
  tasks: readonly BuildTask[],
  options: BuildOptions,
): Promise<Map<string, BuildOutcome>> {
  const outcomes = new Map<string, Promise<BuildOutcome>>()
  const slots = new Slots(options.jobs)
  mkdirSync(options.logs, { recursive: true })
  for (const task of tasks) outcomes.set(task.image.reference, buildOne(task, outcomes, slots, options))
  const ended = await Promise.all(
    [...outcomes].map(async ([reference, outcome]) => [reference, await outcome] as const),
  )
  return new Map(ended)
}

async function buildOne(
  task: BuildTask,
  outcomes: ReadonlyMap<string, Promise<BuildOutcome>>,
  slots: Slots,
  options: BuildOptions,
): Promise<BuildOutcome> {
  const { image } = task
  const before = image.parent === undefined ? undefined : await outcomes.get(image.parent)
  const outcome = await slots.use(() => {
    if (options.signal.aborted) return { kind: 'stopped' as const }
    if (before && !isThere(before)) return { kind: 'left out' as const, because: image.parent ?? '' }
    return build(task, options)
  })
  options.onEnd(image, outcome)
  return outcome
}

function isThere({ kind }: BuildOutcome): boolean {
  return kind === 'built' || kind === 'up to date'
}

async function build({ origin, image, request }: BuildTask, options: BuildOptions): Promise<BuildOutcome> {
  const { builder, records, files, signal } = options
  const base = await factsOf(builder, image.parent ?? request.arguments.BASE_IMAGE ?? '', signal)
  const recipe = recipeOf(origin, request, files, base?.id ?? '')
  const known = records.get(image.reference)
  if (known?.recipe === recipe && (await factsOf(builder, image.reference, signal))?.id === known.id)
    return { kind: 'up to date', seconds: 0, size: known.size }
  options.onBegin(image)
  const began = performance.now()
  const log = join(options.logs, `${image.name}-${image.tag}.log`)
  const ran = await runCommand(builder.build(request), {
    log,
    signal,
    onLine: (line) => options.onLine(image, line),
  })
  const seconds = (performance.now() - began) / 1000
  if (signal.aborted) return { kind: 'stopped' }
  const facts = ran.code === 0 ? await factsOf(builder, image.reference, signal) : undefined
  if (!facts) return { kind: 'failed', seconds, log, why: lastLine(ran.tail) }
  rmSync(log)
  records.set(image.reference, { recipe, ...facts, seconds, pushed: {} })
  return { kind: 'built', seconds, size: facts.size }
}

/** Undefined where the engine has no such image. */
export async function factsOf(
  builder: Builder,
  reference: string,
  signal: AbortSignal,
): Promise<ImageFacts | undefined> {
  if (reference === '') return undefined
  const lines: string[] = []
  const { code, tail } = await runCommand(builder.inspect(reference), {
    signal,
    onLine: (line) => lines.push(line),
  })
  if (code !== 0) return undefined
  return builder.facts(lines.join('\n') || tail)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** So many at a time, in the order of asking. */
class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  async use<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#free--
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
