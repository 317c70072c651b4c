/**
 * What an unmodified agent mounts besides: its own Python packages into the volume with our tree, single files at
 * `/opt/kernel`, a socket, and a file in the home folder.
 */
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { TREE } from '../../harness/agent-container.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { temporaryFolder } from '../../harness/krunner.ts'
import { fillVolume } from '../../toolchain/images.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const VOLUME = `krunner-test-${process.pid}`
const PACKAGES = '/opt/backend.ai/lib/python3.13/site-packages/ai/backend'

/** Of an agent's own, that is in the way of nothing. */
const AGENTS_FILES = {
  'kernel/__init__.py': 'raise SystemExit("the agent\'s own runner was started")\n',
  'helpers/__init__.py': '',
  'su-exec': '',
  dropbearmulti: '',
  'extract_dotfiles.py': '',
  'agent.sock': '',
  'DO_NOT_STORE_PERSISTENT_FILES_HERE.md': 'no\n',
}

describeWith(containerNeeds('bookworm'), "an unmodified agent's mounts", () => {
  beforeAll(() => {
    fillVolume(VOLUME, join(TREE, 'opt/backend.ai'))
    return () => void podman('volume', 'rm', VOLUME)
  })

  test('start our runner from a volume', async () => {
    const agent = temporaryFolder(AGENTS_FILES)
    const files = ['su-exec', 'dropbearmulti', 'extract_dotfiles.py', 'agent.sock']
    const session = await openContainer({
      root: 'bookworm',
      runtime: 'python',
      runtimePath: '/usr/bin/python3',
      mounts: [
        `${VOLUME}:/opt/backend.ai:ro`,
        `${agent}/kernel:${PACKAGES}/kernel:ro`,
        `${agent}/helpers:${PACKAGES}/helpers:ro`,
        ...['entrypoint.sh', 'libbaihook.so'].map(
          (name) => `${TREE}/opt/kernel/${name}:/opt/kernel/${name}:ro`,
        ),
        ...files.map((name) => `${agent}/${name}:/opt/kernel/${name}:ro`),
      ],
      options: [
        `--volume=${agent}/DO_NOT_STORE_PERSISTENT_FILES_HERE.md:/home/work/DO_NOT_STORE_PERSISTENT_FILES_HERE.md:ro`,
        '--init',
        '--cap-add=IPC_LOCK,SYS_NICE',
      ],
    })
    await session.run('kept = 6 * 7')
    expect((await session.run('print(kept)')).stdout).toBe('42\n')
    expect((await session.exec('cat DO_NOT*')).stdout).toBe('no\n')
  })
})
