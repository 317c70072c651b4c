/** Podman or Docker, whichever is there: what this machine's container engine says of itself and of images. */
import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { KrunnerError, messageOf } from '../errors.ts'
import { which } from '../process/which.ts'
import type { Engine, EngineKind } from './launch/request.ts'

const KNOWN: readonly EngineKind[] = ['podman', 'docker']
/** What an engine says of an image can be long. */
const MAX_OUTPUT = 16 * 1024 * 1024

const run = promisify(execFile)

export interface ImageFacts {
  readonly labels: Readonly<Record<string, string>>
  /** As Go calls it: amd64, arm64. */
  readonly architecture: string
}

/** The one that was asked for, or the first that is in PATH. Throws NO_ENGINE. */
export async function findEngine(asked: string | undefined): Promise<Engine> {
  const program = asked ?? KNOWN.find((name) => which(name, process.env.PATH))
  if (program === undefined) throw KrunnerError.of('NO_ENGINE', 'neither podman nor docker is in PATH')
  if (!which(program, process.env.PATH))
    throw KrunnerError.of('NO_ENGINE', `there is no '${program}' in PATH`)
  const kind = await kindOf(program)
  return { kind, program, isRootless: await isRootless(program, kind) }
}

/** Some systems have podman under the name of docker. */
async function kindOf(program: string): Promise<EngineKind> {
  const said = await ask(program, ['--version'])
  const kind = KNOWN.find((name) => said.toLowerCase().includes(name))
  if (kind) return kind
  throw KrunnerError.of('NO_ENGINE', `'${program} --version' says ${JSON.stringify(said.trim())}`)
}

async function isRootless(program: string, kind: EngineKind): Promise<boolean> {
  if (kind === 'podman') return process.getuid?.() !== 0
  return (await ask(program, ['info', '--format', '{{.SecurityOptions}}'])).includes('name=rootless')
}

async function ask(program: string, args: string[]): Promise<string> {
  try {
    return (await run(program, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT })).stdout
  } catch (error) {
    throw KrunnerError.because(
      error,
      'NO_ENGINE',
      `'${program} ${args.join(' ')}' fails: ${lastWords(error)}`,
    )
  }
}

/** Undefined where the image is not on this machine. */
export async function inspectImage(engine: Engine, image: string): Promise<ImageFacts | undefined> {
  const found = await run(engine.program, ['image', 'inspect', '--', image], { maxBuffer: MAX_OUTPUT }).catch(
    () => undefined,
  )
  if (!found) return undefined
  const [facts] = JSON.parse(found.stdout) as { Architecture?: string; Config?: { Labels?: object | null } }[]
  return {
    architecture: facts?.Architecture ?? '',
    labels: { ...facts?.Config?.Labels },
  }
}

/** What the engine says last, without what it says before. */
export function lastWords(error: unknown): string {
  const { stderr } = error as { stderr?: string }
  const lines = (stderr ?? '').trim().split('\n')
  return lines.at(-1) || messageOf(error)
}

export function engineName({ program }: Engine): string {
  return basename(program)
}
