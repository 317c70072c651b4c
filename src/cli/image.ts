import type { Command } from 'commander'
import { register as registerBuild } from './image/build-command.ts'
import { register as registerGenerate } from './image/generate-command.ts'
import { register as registerLint } from './image/lint-command.ts'
import { register as registerLs } from './image/ls-command.ts'
import { register as registerPush } from './image/push-command.ts'
import { register as registerShow } from './image/show-command.ts'

export function register(program: Command): void {
  const image = program
    .command('image')
    .summary('make images for sessions: of a manifest, built, checked and pushed')
    .description('Make images that sessions run in, of a manifest and templates; build, check and push them.')
  for (const registerOne of [
    registerGenerate,
    registerLint,
    registerBuild,
    registerPush,
    registerLs,
    registerShow,
  ])
    registerOne(image)
}
