/** What container engines say of an image, as they say it. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { KrunnerError } from '../errors.ts'
import { which } from '../process/which.ts'
import { lastWords } from './engine.ts'

/** In the order they are asked; buildah has images of its own, and those of podman. */
const INSPECTIONS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['podman', 'image', 'inspect', '--'],
  ['docker', 'image', 'inspect', '--'],
  ['buildah', 'inspect', '--type', 'image', '--'],
]
const MAX_OUTPUT = 16 * 1024 * 1024
/** Milliseconds: an engine's first start on a machine makes its folders. */
const LONGEST = 30_000

const run = promisify(execFile)

/** JSON of the first engine that has the image. Nothing is fetched. Throws BAD_IMAGE. */
export async function inspectionOf(image: string): Promise<string> {
  const answers: string[] = []
  for (const [program, ...args] of INSPECTIONS) {
    if (!which(program, process.env.PATH)) continue
    try {
      const { stdout } = await run(program, [...args, image], { maxBuffer: MAX_OUTPUT, timeout: LONGEST })
      return stdout
    } catch (error) {
      answers.push(`${program}: ${lastWords(error)}`)
    }
  }
  const asked =
    answers.length > 0 ? answers.join('; ') : 'there is no podman, docker or buildah to ask for an image'
  throw KrunnerError.of('BAD_IMAGE', image, `it is no file here, and ${asked}`)
}
