/** Services in a container whose image has nothing of ssh. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import type { ContainerOptions } from '../../harness/agent-container.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { temporaryFolder } from '../../harness/krunner.ts'
import { freePort } from '../../harness/ports.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'

const PYTHON = {
  root: 'bookworm',
  runtime: 'python',
  runtimePath: '/usr/bin/python3',
  mayWarn: true,
} as const

/** As the image would have them. */
const DEFINITIONS = {
  pages: {
    command: ['/usr/bin/python3', '-m', 'http.server', '{ports[0]}'],
    url_template: '{protocol}://{host}:{port}/',
  },
  shell: { command: ['/bin/sh'] },
}

function withDefinitions(options: ContainerOptions): ContainerOptions {
  const files = Object.entries(DEFINITIONS).map(([name, content]) => [
    `${name}.json`,
    JSON.stringify(content),
  ])
  const folder = temporaryFolder(Object.fromEntries(files))
  chmodSync(folder, 0o755)
  return { ...options, options: ['--volume', `${folder}:/etc/backend.ai/service-defs:ro`] }
}

describeWith(
  [...containerNeeds('bookworm', 'busybox'), inPath('ssh'), inPath('sftp')],
  'in a container',
  () => {
    test('a service of the image serves over HTTP, and is stopped', async () => {
      const session = await openContainer(withDefinitions({ ...PYTHON, files: { page: 'served' } }))
      const port = await freePort()
      const request = { name: 'pages', port, ports: [port], protocol: 'http' as const }
      expect(await session.client.startService(request)).toEqual({ status: 'started' })
      expect(await session.client.startService(request)).toEqual({ status: 'running' })
      expect(await fetch(`http://127.0.0.1:${port}/page`).then((answer) => answer.text())).toBe('served')
      await session.client.stopService('pages')
      await session.ended(({ command }) => command.includes('http.server'))
    })

    test('a service of the image is a terminal', async () => {
      const session = await openContainer(withDefinitions(PYTHON))
      const port = await freePort()
      const request = { name: 'shell', port, ports: [port], protocol: 'pty' as const }
      expect(await session.client.startService(request)).toEqual({ status: 'started' })
      const client = await TtydClient.connect(port)
      client.type('echo user $(id -u) on $(tty)\n')
      await client.shows(/user 54321 on \/dev\/pts\/\d+/)
    })

    test.each(['bookworm', 'busybox'] as const)(
      'ssh and sftp are had without either in the image: %s',
      async (root) => {
        const keys = temporaryFolder()
        const key = join(keys, 'id')
        await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
        const configFiles = {
          'ssh/id_cluster.pub': readFileSync(`${key}.pub`, 'utf8'),
          'ssh/id_cluster': readFileSync(key, 'utf8'),
        }
        const session = await openContainer({
          root,
          runtime: 'app',
          configFiles,
          mayWarn: true,
          env: { MARK: 'here' },
        })
        await session.serves(session.ports.sshd)
        const options = [
          ...['-F', '/dev/null', '-i', key],
          ...[
            'StrictHostKeyChecking=no',
            'UserKnownHostsFile=/dev/null',
            'LogLevel=ERROR',
            'BatchMode=yes',
          ].flatMap((option) => ['-o', option]),
        ]
        const port = `${session.ports.sshd}`
        const { stdout } = await execa(
          'ssh',
          [...options, '-p', port, 'work@127.0.0.1', 'id -u; pwd; echo $MARK'],
          { stdin: 'ignore' },
        )
        expect(stdout).toBe('54321\n/home/work\nhere')
        const file = join(keys, 'sent')
        writeFileSync(file, 'what was sent')
        await execa('sftp', [...options, '-P', port, 'work@127.0.0.1'], { input: `put ${file} by-sftp\n` })
        expect(readFileSync(session.path('by-sftp'), 'utf8')).toBe('what was sent')
      },
    )
  },
)
