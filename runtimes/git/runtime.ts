import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { DriverLaunch, Runtime, RuntimeContext } from '../../src/runtime/runtime.ts'
import { DIST, NODE } from '../../src/tree.ts'

/** What is different from shell to shell. */
interface Kind {
  /** Its part of the session, a file of `session/`. */
  readonly session: string
  /** None of the user's own files are read, and it believes that it is at a terminal. */
  readonly options: readonly string[]
}

const BASH: Kind = {
  session: 'bash.sh',
  options: ['--norc', '--noprofile', '--noediting', '-i'],
}
const ZSH: Kind = { session: 'zsh.sh', options: ['-f', '-i'] }
const POSIX: Kind = { session: 'posix.sh', options: ['-i'] }

const KINDS: Readonly<Record<string, Kind>> = { bash: BASH, zsh: ZSH }

/** The user's own shell, where it is one that keeps all of a session. */
const PREFERRED = Object.keys(KINDS).includes(basename(process.env.SHELL ?? ''))
  ? [process.env.SHELL ?? '']
  : []

const git: Runtime = {
  name: 'git',
  aliases: ['shell', 'console'],
  title: 'Linux console',
  versions: 'bash, zsh, dash, busybox',
  executables: [...PREFERRED, 'bash', 'sh'],
  // dash says no version at all.
  versionArguments: ['-c', 'echo "$BASH_VERSION$ZSH_VERSION"'],
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable }) {
      if (!project.hasFile('main.sh')) return impossible('no main.sh here: name the script to run')
      return run([...command(executable), 'main.sh'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: false, rich: true },
    syntax: {
      comments: ['#'],
      quotes: [],
      spans: [
        ['"', '"'],
        ["'", "'"],
        ['`', '`'],
      ],
      // An operator that wants a right side, the head of a block, or an escaped end of line.
      goesOn:
        /(?:\\|\||&&|\b(?:do|then|else|in)|[({])\s*$|^\s*(?:if|for|while|until|case|select)\b(?!.*\b(?:fi|done|esac)\b)/,
    },
    launch,
  },
  console: ({ executable }) => ({ argv: command(executable) }),
}

function launch({ executable, folder, scratch }: RuntimeContext): DriverLaunch {
  const name = basename(realpathSync(executable))
  const { session, options } = KINDS[name] ?? POSIX
  const variables = { home: folder, scratch, node: NODE, shell: name }
  const start = [
    ...Object.entries(variables).map(([key, value]) => `__krunner_${key}=${quoted(value)}`),
    `\\. ${quoted(join(folder, 'session', 'common.sh'))}`,
    `\\. ${quoted(join(folder, 'session', session))}`,
  ]
  return {
    argv: [
      join(DIST, 'native', 'krunner-shell'),
      scratch,
      start.join('; '),
      ...command(executable),
      ...options,
    ],
    // What they read before our part of the session, and where they would keep its lines.
    env: { ENV: '', HISTFILE: '' },
  }
}

/** busybox is many programs. */
function command(executable: string): [string, ...string[]] {
  return basename(executable) === 'busybox' ? [executable, 'sh'] : [executable]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

export default git
