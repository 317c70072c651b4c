/** An agent that knows nothing of us, with a container of its own on the default ports. */
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { GROUP, makeFolders, runArguments, USER } from '../../harness/agent-container.ts'
import { containerNeeds } from '../../harness/container-session.ts'
import { temporaryFolder } from '../../harness/krunner.ts'
import { PODMAN, PODMAN_ENV, podman } from '../../toolchain/podman.ts'
import { describeWith, moduleThere } from '../../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const AGENT = fileURLToPath(new URL('../../fixtures/agent.py', import.meta.url))

const PROJECT = {
  'main.py': 'import os, sys\nprint("executed", os.getuid(), os.getgid())\nprint("é" * 3, file=sys.stderr)\n',
}

describeWith(
  [...containerNeeds('bookworm'), moduleThere(PYTHON, 'zmq'), moduleThere(PYTHON, 'msgpack')],
  'an unmodified agent',
  () => {
    test('drives a container that it has started itself', async () => {
      const transcript = await runAgent()
      expect(transcript).toMatchObject({
        ready: 'krunner ready runtime=python in=2000 out=2001\n',
        batch: [
          ['clean-finished', 0, '', ''],
          ['build-finished', 0, 'built\n', ''],
          ['finished', 0, `executed ${USER} ${GROUP}\n`, 'ééé\n'],
        ],
        cell: ['finished', 0, "'漢字🐢漢字🐢'\n", ''],
        large: ['finished', 0, 12 * 1024 * 1024 + 1, ''],
        input: [false, 'finished', 0, 'name? hello Ann\n', ''],
        interrupt: ['finished', 1, 'begun\n', expect.stringContaining('KeyboardInterrupt')],
        after: ['finished', 0, `漢字🐢 /home/work yes ${PYTHON}\n`, ''],
        warnings: [],
        exit: 0,
      })
    })
  },
)

/** The network is the agent's own, and so its container's. */
async function runAgent(): Promise<unknown> {
  const scratch = temporaryFolder()
  const folders = makeFolders(scratch, {
    files: PROJECT,
    configFiles: { 'environ.txt': 'FROM_CONFIG=yes\n' },
  })
  const name = `krunner-test-agent-${process.pid}`
  onTestFinished(() => void podman('rm', '--force', '--ignore', '--time', '0', name))
  const run = [
    ...PODMAN,
    'run',
    '--name',
    name,
    ...runArguments({ root: 'bookworm', runtime: 'python', runtimePath: PYTHON }, folders),
  ]
  const { stdout } = await execa('unshare', ['--net', PYTHON, AGENT, ...run], {
    stdin: 'ignore',
    env: PODMAN_ENV,
    cwd: scratch,
  })
  return JSON.parse(stdout)
}
