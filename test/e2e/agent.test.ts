/** An agent that knows nothing of us, in a container-like place of its own. */
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { KRUNNER, temporaryFolder } from '../harness/krunner.ts'
import { describeWith, moduleThere, rootUser } from '../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const AGENT = fileURLToPath(new URL('../fixtures/agent.py', import.meta.url))
/** The command that agents start containers with. */
const COMMAND_LINE = ['-s', '-m', 'ai.backend.kernel', '--debug', 'python', PYTHON]

/** The folders that an agent mounts, over a /home of nobody else's. */
const CONTAINER = `
mount -t tmpfs none /home
mkdir /home/work /home/config
mount --bind "$1" /home/work
mount --bind "$2" /home/config
shift 2
exec "$@"
`

const needs = [rootUser(), moduleThere(PYTHON, 'zmq'), moduleThere(PYTHON, 'msgpack')]

describeWith(needs, 'an unmodified agent', () => {
  test('drives the runner by its own command line and on the default ports', async () => {
    const work = temporaryFolder({
      'main.py': 'import sys\nprint("executed")\nprint("é" * 3, file=sys.stderr)\n',
    })
    const config = temporaryFolder({ 'environ.txt': 'FROM_CONFIG=yes\n' })
    const transcript = await runAgent(work, config)
    expect(transcript).toMatchObject({
      ready: 'krunner ready runtime=python in=2000 out=2001\n',
      batch: [
        ['clean-finished', 0, '', ''],
        ['build-finished', 0, 'built\n', ''],
        ['finished', 0, 'executed\n', 'ééé\n'],
      ],
      cell: ['finished', 0, "'漢字🐢漢字🐢'\n", ''],
      large: ['finished', 0, 12 * 1024 * 1024 + 1, ''],
      input: [false, 'finished', 0, 'name? hello Ann\n', ''],
      interrupt: ['finished', 1, 'begun\n', expect.stringContaining('KeyboardInterrupt')],
      after: ['finished', 0, `漢字🐢 /home/work yes ${PYTHON}\n`, ''],
      warnings: [],
      exit: 0,
    })
    expect(transcript.listening).toEqual(
      expect.arrayContaining([
        ['0.0.0.0', 2000],
        ['0.0.0.0', 2001],
      ]),
    )
    expect(transcript.statuses.length, 'one start, however often asked').toBe(1)
  })
})

interface Transcript {
  listening: [string, number][]
  statuses: number[]
}

/** Mounts and network are the agent's own: nothing listens on this machine's. */
async function runAgent(work: string, config: string): Promise<Transcript> {
  const inside = ['sh', '-ec', CONTAINER, 'container', work, config]
  const agent = [PYTHON, AGENT, KRUNNER, ...COMMAND_LINE]
  const unshare = ['--mount', '--net', '--propagation', 'private', ...inside, ...agent]
  const { stdout } = await execa('unshare', unshare, { stdin: 'ignore' })
  return JSON.parse(stdout)
}
