/** The pods of `deploy/kubernetes/`, and an agent's side that speaks to them. */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { Client } from '../../../src/client/client.ts'
import { TREE } from '../../harness/agent-container.ts'
import { containerNeeds } from '../../harness/container-session.ts'
import { Pod } from '../../harness/pod.ts'
import { seen } from '../../harness/seen.ts'
import { makeImage, makeTreeImage } from '../../toolchain/images.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'
import { PROJECT } from '../../unit/source-files.ts'

const FOLDER = `${PROJECT}/deploy/kubernetes`
const PODS = [
  { file: 'pod.yaml', promise: 'that gives up root', endsDaemon: false },
  { file: 'pod-restricted.yaml', promise: 'that never is root', endsDaemon: true },
]

async function connect(pod: Pod): Promise<Client> {
  const client = await Client.connect({ host: pod.address, portIn: 2000, portOut: 2001 })
  onTestFinished(() => client.close())
  return client
}

describeWith([...containerNeeds('bookworm', 'busybox'), inPath('catatonit')], 'a pod', () => {
  let tree = ''
  let python = ''
  let plain = ''

  beforeAll(() => {
    tree = makeTreeImage(TREE)
    python = makeImage('bookworm')
    plain = makeImage('busybox')
    return () => void podman('image', 'rm', tree)
  })

  for (const { file, promise, endsDaemon } of PODS)
    test(`${promise} runs cells and batches for an agent`, async () => {
      const pod = Pod.play(file, { tree, image: python, runtime: ['python', '/usr/bin/python3'] })
      const client = await connect(pod)
      expect(await client.status()).toMatchObject({ runtime: 'python' })
      await client.run('import os; kept = os.getresuid()')
      expect((await client.run('kept')).stdout).toBe('(1000, 1000, 1000)\n')
      expect((await client.batch({ exec: 'pwd; touch made && ls; touch /opt/kernel/x' })).exec).toMatchObject(
        {
          exitCode: 1,
          stdout: '/home/work\nmade\n',
        },
      )
      const { handlers, promise: begun } = seen('begun\n')
      const running = client.run('print("begun")\nwhile True: pass', handlers)
      await begun
      await client.interrupt()
      expect((await running).exitCode).toBe(1)
      expect((await client.run('kept')).stdout).toBe('(1000, 1000, 1000)\n')
      const { stdout } = await client.run('print(open("/proc/1/status").read())')
      expect(/^Uid:\t(\d+)\t1000/m.exec(stdout)?.[1] === '1000').toBe(endsDaemon)
      expect(stdout).toMatch(/^CapEff:\t0+$/m)
    })

  test('has the tree in an image without a C library', async () => {
    const pod = Pod.play('pod.yaml', { tree, image: plain, runtime: ['git', '/bin/sh'] })
    const client = await connect(pod)
    await client.run('kept=42')
    expect((await client.run('echo $kept')).stdout).toBe('42\n')
  })
})

test('every file of the folder parses, and mounts what the entrypoint and the runner are looked for at', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))
  expect(files.sort()).toEqual(['network-policy.yaml', 'pod-restricted.yaml', 'pod.yaml'])
  for (const file of files) {
    const [document, ...others] = parseAllDocuments(readFileSync(`${FOLDER}/${file}`, 'utf8'))
    expect([document?.errors, document?.warnings, others]).toEqual([[], [], []])
    expect(document?.toJS()).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) })
  }
})
