/** The jail in a real container, behind the engine's own seccomp profile, without privileges and with the daemon under another user. */
import { readdirSync } from 'node:fs'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { containerNeeds } from '../../harness/container-session.ts'
import { TestEngine } from '../../harness/engine.ts'
import { KRUNNER, temporaryFolder } from '../../harness/krunner.ts'
import { makeImage } from '../../toolchain/images.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const LABELS = {
  kernelspec: '1',
  features: 'batch query uid-match user-input',
  'runtime-type': 'python',
  'runtime-path': '/usr/bin/python3',
  'resource.min.cpu': '1',
  'resource.min.mem': '200m',
}

describeWith(containerNeeds('bookworm', 'busybox'), 'krunner launch --jail', () => {
  let python = ''
  let plain = ''

  beforeAll(() => {
    python = makeImage('bookworm', LABELS)
    plain = makeImage('busybox')
  })

  async function launch(args: readonly string[], input = ''): Promise<string> {
    const engine = new TestEngine('podman')
    const temporary = temporaryFolder()
    const env = { ...engine.env, TMPDIR: temporary }
    const { all } = await execa(KRUNNER, ['launch', '--jail', ...args], {
      env,
      input,
      reject: false,
      all: true,
    })
    expect([engine.left, readdirSync(temporary)]).toEqual([[], []])
    return all
  }

  test("commands are in the runtime's jail", async () => {
    const said = await launch([
      python,
      '--',
      'grep -E "Seccomp:|NoNewPrivs" /proc/self/status; touch /var/outside /home/work/inside',
    ])
    expect(said).toMatch(/NoNewPrivs:\s1[\s\S]*Seccomp:\s2/)
    expect(said).toMatch(/cannot touch '\/var\/outside': Permission denied/)
    expect(said).not.toMatch(/inside.*denied/)
  })

  test('cells too, and they ask and answer', async () => {
    const said = await launch(
      [python],
      'import ctypes, os\nprint(ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0), 6 * 7)\n',
    )
    expect(said).toMatch(/-1 42/)
    expect(said).toMatch(/called ptrace, which the policy does not allow/)
  })

  test('a policy is given from outside', async () => {
    const policy = `${temporaryFolder({ 'policy.yml': 'diff_to_default: true\nallowed_syscalls: ["!symlink", "!symlinkat"]\n' })}/policy.yml`
    expect(await launch([python, '--policy', policy, '--', 'ln -s a b'])).toMatch(/Operation not permitted/)
  })

  test('an image without a C library has it as well', async () => {
    expect(await launch([plain, '--', 'touch /outside; echo served'])).toMatch(
      /Permission denied[\s\S]*served/,
    )
  })
})
