/** What the image says to loaders and to its programs, where the daemon's real and effective users differ: there a loader removes most of it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const SAID = {
  LD_LIBRARY_PATH: '/usr/local/nvidia/lib64:/image/lib',
  GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0',
  LOCPATH: '/image/locales',
  MALLOC_ARENA_MAX: '2',
  NODE_OPTIONS: '--no-such-option',
  TMPDIR: '/tmp',
}

describeWith(containerNeeds('bookworm'), "an image's environment", () => {
  test('is obeyed by user code, in batch and query mode, and not by the daemon', async () => {
    const session = await openContainer({
      root: 'bookworm',
      runtime: 'python',
      runtimePath: '/usr/bin/python3',
      env: SAID,
    })
    const names = JSON.stringify(Object.keys(SAID))
    const code = `import json, os; print(json.dumps({name: os.environ[name] for name in ${names}}))`
    expect(JSON.parse((await session.run(code)).stdout)).toEqual(SAID)
    const { stdout } = await session.exec(`/usr/bin/python3 -c '${code}'`)
    expect(JSON.parse(stdout)).toEqual(SAID)
    const [, real, effective] =
      /^Uid:\t(\d+)\t(\d+)/m.exec(readFileSync(`/proc/${session.pid}/status`, 'utf8')) ?? []
    expect(real).not.toBe(effective)
  })
})
