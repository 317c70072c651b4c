/** The image of a launch, brought to this machine where it is not here yet. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import { engineName, type ImageFacts, inspectImage } from '../../image/engine.ts'
import { parseLabels } from '../../image/labels.ts'
import type { Engine, Target } from '../../image/launch/request.ts'

interface Found {
  target: Target
  architecture: string
}

/** Throws NO_IMAGE. A label that cannot be read is told of on stderr, and not used. */
export async function findTarget(engine: Engine, image: string, mayPull: boolean): Promise<Found> {
  if (/^\.{0,2}\//.test(image)) return findFolder(engine, resolve(image))
  const facts = (await inspectImage(engine, image)) ?? (await pull(engine, image, mayPull))
  const { labels, problems } = parseLabels(facts.labels)
  for (const { label, what, mend } of problems)
    process.stderr.write(`krunner: label ${label}: ${what}; ${mend}\n`)
  return { target: { image, isFolder: false, labels }, architecture: facts.architecture }
}

function findFolder(engine: Engine, folder: string): Found {
  if (engine.kind !== 'podman')
    throw KrunnerError.of('NO_IMAGE', folder, 'only podman runs a folder; give the name of an image')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw KrunnerError.of('NO_IMAGE', folder, 'it is no folder with a root file system')
  const { labels } = parseLabels({})
  return { target: { image: folder, isFolder: true, labels }, architecture: '' }
}

/** The engine tells of its progress itself. */
async function pull(engine: Engine, image: string, mayPull: boolean): Promise<ImageFacts> {
  const mend = `check the name with \`${engineName(engine)} images\`, or \`${engineName(engine)} pull ${image}\``
  if (!mayPull) throw KrunnerError.of('NO_IMAGE', image, `it is not on this machine; ${mend}`)
  const child = spawn(engine.program, ['pull', '--', image], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'close')
  const facts = code === 0 ? await inspectImage(engine, image) : undefined
  if (facts) return facts
  throw KrunnerError.of('NO_IMAGE', image, `${engineName(engine)} does not find it either; ${mend}`)
}
