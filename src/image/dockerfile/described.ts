/** A Dockerfile as the image that it describes. */
import { existsSync, globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CopiedFile, DescribedImage } from '../described.ts'
import { build } from './build.ts'
import type { BuildOptions } from './context.ts'
import { copiedFiles } from './files.ts'
import { parseDockerfile } from './instructions.ts'
import { wholeOf } from './stage.ts'

export interface DockerfileOptions extends Omit<BuildOptions, 'file'> {
  /** The folder whose files are copied; undefined: the Dockerfile's own. */
  readonly context: string | undefined
}

/** What lies beside a Dockerfile by custom. */
const BESIDE = ['policy.yml', 'service-defs/*.json']

export function describeDockerfile(file: string, text: string, options: DockerfileOptions): DescribedImage {
  const { stage, findings } = build(parseDockerfile(text), { ...options, file })
  const whole = stage && wholeOf(stage)
  const copied = copiedFiles(whole?.copies ?? [], options.context ?? dirname(file))
  return {
    name: file,
    place: { file, line: 1 },
    labels: whole?.labels ?? new Map(),
    env: whole?.env ?? new Map(),
    user: stage?.user,
    base: stage?.base,
    isBaseKnown: false,
    files: copied.files,
    areFilesSeen: true,
    beside: filesBeside(dirname(file)).filter((path) => !isCopied(path, copied.files)),
    findings: [...findings, ...copied.findings],
  }
}

export function filesBeside(folder: string): string[] {
  if (!existsSync(folder)) return []
  return globSync(BESIDE, { cwd: folder })
    .sort()
    .map((name) => join(folder, name))
}

function isCopied(path: string, files: readonly CopiedFile[]): boolean {
  return files.some(({ source }) => 'path' in source && resolve(source.path) === resolve(path))
}
