/** What the entrypoint prepares as root for a session in an image with everything. */
import { expect, test } from 'vitest'
import { USER } from '../../harness/agent-container.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { temporaryFolder } from '../../harness/krunner.ts'
import { until } from '../../harness/until.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const KEYS = ['plain', 'locked'] as const
const [PLAIN, LOCKED] = KEYS

/** The image makes keys of the user's, one with a passphrase, and tells the daemon's children who it was. */
const SCRIPT = `
mkdir -p -m 700 /home/work/.ssh
ssh-keygen -q -t ed25519 -C ${PLAIN} -N '' -f /home/work/.ssh/id_ed25519
ssh-keygen -q -t ecdsa -C ${LOCKED} -N secret -f /home/work/.ssh/id_ecdsa
chown -R $LOCAL_USER_ID:$LOCAL_GROUP_ID /home/work/.ssh
export FROM_IMAGE="uid $(id -u)"
(sleep 0.2; exit 3) &
`

describeWith(containerNeeds('bookworm'), 'an image with a script, a skeleton and ssh', () => {
  test('has run its script as root, and an agent with the keys that need no passphrase', async () => {
    const script = temporaryFolder({ 'bootstrap.sh': SCRIPT })
    const session = await openContainer({
      root: 'bookworm',
      runtime: 'python',
      runtimePath: '/usr/bin/python3',
      options: ['--volume', `${script}/bootstrap.sh:/opt/container/bootstrap.sh:ro`],
      mayWarn: true,
    })
    const show =
      'import os\nprint(os.environ["FROM_IMAGE"], os.getuid(), os.environ["HOME"], os.environ["USER"])'
    expect((await session.run(show)).stdout).toBe(`uid 0 ${USER} /home/work work\n`)
    const keys = await until('the key is there', async () => {
      const { stdout } = await session.exec('ssh-add -l')
      return stdout.includes(PLAIN) && stdout
    })
    expect(keys).not.toContain(LOCKED)
    expect((await session.exec('ls -a; whoami; id -gn')).stdout).toMatch(/\.bashrc.*\nwork\nwork\n$/s)
  })
})
