import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { messageOf } from '../errors.ts'
import { parseMount } from '../image/launch/mounts.ts'
import type { LaunchOptions, Mount, Publication, User } from '../image/launch/request.ts'
import { exitWith } from './exit.ts'
import { jailOption } from './jail-option.ts'
import { portParser } from './port.ts'
import { parseSize } from './size.ts'

/** As commander names them. */
interface Flags extends Omit<LaunchOptions, 'mounts' | 'env' | 'publications' | 'services'> {
  engine?: string
  tree?: string
  dryRun?: true
  mount: Mount[]
  env: Record<string, string>
  /** False: `--no-publish`. */
  publish?: false | Publication[]
}

export function register(program: Command): void {
  program
    .command('launch')
    .summary('run an image in a container, as an agent does')
    .description(
      'Start a container of an image as an agent does, by what its labels say, and open a console on it. With COMMAND, ' +
        'run that in it and exit with its code; without a terminal, run standard input as one cell. The container ends with this command.',
    )
    .argument('<IMAGE>', 'its name, or a folder with an unpacked root file system (podman only)')
    .argument('[COMMAND...]', 'behind --; one word is a line for the shell')
    .option('--runtime-type <TYPE>', "what the runner speaks; default: the image's label, else app")
    .option('--runtime-path <PATH>', "the language's executable in the image")
    .option('--engine <PROGRAM>', 'podman or docker; default: the one that is there')
    .option(
      '--cpu <CORES>',
      'also a fraction; default: what the image prefers, else its minimum',
      parseAmount,
    )
    .option('--mem <SIZE>', 'such as 512m; likewise', parseSize)
    .option('--shmem <SIZE>', 'of /dev/shm; likewise', parseSize)
    .option('--shares <N>', 'weight where cores are scarce; 1024 is what others have', parseAmount)
    .option('--no-limits', 'neither limits nor a look at what the image asks for')
    .option('--gpus <COUNT>', 'how many GPUs, or all', parseGpus)
    .option('--mount <SRC[:DST][:ro]>', 'a folder; default DST: its name in /home/work', collectMounts, [])
    .option('--work <FOLDER>', 'what is /home/work; default: an empty folder that goes with the container')
    .option('--env <KEY=VALUE>', 'a variable', collectVariables, {})
    .option('--user <UID[:GID]>', 'whose the processes are; default: yours', parseUser)
    .option('--publish <[HOST:]PORT>', "one more port, or a service's at a port of your choice", collectPorts)
    .option('--no-publish', 'services cannot be reached from outside')
    .option('--network <NAME>', "the engine's; host for none of its own")
    .option('--seccomp <FILE>', "a profile instead of the engine's own; unconfined for none", parseProfile)
    .addOption(jailOption())
    .option('--policy <FILE>', "the jail's; default: the image's, else ours for the runtime", readPolicy)
    .option('--tree <FOLDER>', 'the tree that is mounted; default: the one that npm run bundle makes')
    .option('--dry-run', 'print the command, and run nothing')
    .option('--debug', "show the runner's own log")
    .action((image: string, command: string[], flags: Flags) =>
      exitWith(async () => {
        const { launch } = await import('./launch/launch.ts')
        const { engine, tree, dryRun, mount, publish, ...options } = flags
        return launch({
          image,
          command,
          isDryRun: dryRun ?? false,
          ...(engine === undefined ? {} : { engine }),
          ...(tree === undefined ? {} : { tree }),
          options: {
            // A policy of one's own is for a jail.
            ...(options.policy === undefined ? {} : { jail: 'on' }),
            ...options,
            mounts: mount,
            services: publish !== false,
            ...(publish ? { publications: publish } : {}),
          },
        })
      }),
    )
}

function parseAmount(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError(`'${text}' is no number above 0.`)
}

function parseGpus(text: string): number | 'all' {
  if (text === 'all') return text
  if (/^\d{1,3}$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError(`'${text}' is neither a number nor all.`)
}

function collectMounts(text: string, before: Mount[]): Mount[] {
  return [...before, parseMount(text)]
}

function collectVariables(text: string, before: Record<string, string>): Record<string, string> {
  const [, key, value] = /^([^=\s]+)=(.*)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('write KEY=VALUE.')
  return { ...before, [key]: value }
}

function parseUser(text: string): User {
  const [, uid, gid] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? []
  if (uid === undefined) throw new InvalidArgumentError('write UID or UID:GID, in numbers.')
  return { uid: Number(uid), gid: Number(gid ?? uid) }
}

/** The engine may look elsewhere for a path that is not whole. */
function parseProfile(text: string): string {
  return text === 'unconfined' ? text : resolve(text)
}

function readPolicy(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error))
  }
}

const parsePort = portParser(1)

function collectPorts(text: string, before: Publication[] = []): Publication[] {
  const [port = '', host, ...more] = text.split(':').reverse()
  if (more.length > 0) throw new InvalidArgumentError('write PORT or HOST:PORT, each a number.')
  return [...before, { port: parsePort(port), ...(host === undefined ? {} : { host: parsePort(host) }) }]
}
