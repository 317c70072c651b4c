/** `krunner image push`, to a registry that runs here; and what comes back from it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { TestEngine } from '../../harness/engine.ts'
import { BUILD_TIME, Factory, factoryNeeds } from '../../harness/factory.ts'
import { KRUNNER, temporaryFolder } from '../../harness/krunner.ts'
import { freePort } from '../../harness/ports.ts'
import { until } from '../../harness/until.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'

const NAME = 'kernel-lua:5.4-debian12'
const factory = new Factory('push')

class Registry {
  readonly host: string
  readonly #config: string
  readonly #port: number

  private constructor(port: number) {
    const folder = temporaryFolder()
    this.#port = port
    this.host = `127.0.0.1:${port}`
    this.#config = join(folder, 'config.yml')
    const storage = join(folder, 'storage')
    mkdirSync(storage)
    writeFileSync(
      this.#config,
      `version: 0.1
log: { level: error }
storage: { filesystem: { rootdirectory: ${storage} } }
http: { addr: "${this.host}" }
`,
    )
  }

  static async create(): Promise<Registry> {
    return new Registry(await freePort())
  }

  async start(): Promise<void> {
    const serving = execa('docker-registry', ['serve', this.#config], { reject: false, stdin: 'ignore' })
    onTestFinished(async () => {
      serving.kill('SIGKILL')
      await serving
    })
    const answers = () =>
      fetch(`http://127.0.0.1:${this.#port}/v2/`)
        .then(({ ok }) => ok)
        .catch(() => false)
    await until('the registry answers', answers)
  }
}

function push({ host }: Registry, ...args: string[]) {
  const all = [
    'image',
    'push',
    '--images',
    factory.images,
    '--engine',
    'buildah',
    '--registry',
    host,
    '--insecure',
    NAME,
    ...args,
  ]
  return execa(KRUNNER, all, { env: new TestEngine('buildah').env, reject: false, stdin: 'ignore' })
}

describeWith([...factoryNeeds(), inPath('docker-registry')], 'krunner image push', () => {
  test(
    'gives an image to a registry, and its digest gives the same image back',
    async () => {
      const built = await factory.build(new TestEngine('buildah'), NAME)
      expect(built.exitCode, built.stderr).toBe(0)
      const registry = await Registry.create()
      await registry.start()
      const { stdout, stderr, exitCode } = await push(registry)
      expect(exitCode, stderr).toBe(0)
      const [, pushed = ''] = /^(\S+)@sha256:[0-9a-f]{64}$/m.exec(stdout) ?? []
      expect(pushed).toBe(`${registry.host}/krunner-test-push/${NAME}`)
      const digest = stdout.trim().split('@')[1]
      // Into a storage that has never seen it.
      const fresh = temporaryFolder()
      const places = [
        '--root',
        join(fresh, 'root'),
        '--runroot',
        join(fresh, 'run'),
        '--storage-driver',
        'vfs',
      ]
      const by = `docker://${registry.host}/krunner-test-push/kernel-lua@${digest}`
      const pulled = await execa('buildah', [...places, 'pull', '--quiet', '--tls-verify=false', by])
      const id = podman('image', 'inspect', '--format', '{{.Id}}', factory.image(NAME).reference)
      expect(pulled.stdout.trim()).toBe(id)
      const shown = await execa(KRUNNER, ['image', 'show', NAME, '--json', '--images', factory.images])
      expect(JSON.parse(shown.stdout).images).toMatchObject([{ digest, size: expect.any(Number) }])
    },
    BUILD_TIME,
  )

  test(
    'tries again where the registry is not there yet',
    async () => {
      await factory.build(new TestEngine('buildah'), NAME)
      const registry = await Registry.create()
      const pushing = push(registry, '--retries', '9')
      let told = ''
      pushing.stderr.on('data', (chunk) => {
        told += chunk
      })
      await until('it has failed once', () => told.includes('tried again in'))
      await registry.start()
      const { stdout, exitCode } = await pushing
      expect([exitCode, stdout]).toEqual([
        0,
        expect.stringContaining(`${registry.host}/krunner-test-push/${NAME}@sha256:`),
      ])
    },
    BUILD_TIME,
  )

  test(
    'says why where it gives up',
    async () => {
      await factory.build(new TestEngine('buildah'), NAME)
      const { stderr, exitCode } = await push(await Registry.create(), '--retries', '0')
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/was not pushed: .*connection refused/)])
    },
    BUILD_TIME,
  )
})
