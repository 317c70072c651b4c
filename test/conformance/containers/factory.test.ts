/** Images of the manifest, built for real: what a label claims is what works in it. */
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import type { ServiceSpec } from '../../../src/image/factory/spec.ts'
import type { AgentSide } from '../../harness/agent-side.ts'
import { TestEngine } from '../../harness/engine.ts'
import { BUILD_TIME, BUILT, Factory, factoryNeeds } from '../../harness/factory.ts'
import { KRUNNER } from '../../harness/krunner.ts'
import { freePort } from '../../harness/ports.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import c from '../../samples/c.ts'
import cpp from '../../samples/cpp.ts'
import fortran from '../../samples/fortran.ts'
import git from '../../samples/git.ts'
import golang from '../../samples/golang.ts'
import haskell from '../../samples/haskell.ts'
import java from '../../samples/java.ts'
import lua from '../../samples/lua.ts'
import nodejs from '../../samples/nodejs.ts'
import octave from '../../samples/octave.ts'
import php from '../../samples/php.ts'
import python from '../../samples/python.ts'
import r from '../../samples/r.ts'
import rust from '../../samples/rust.ts'
import scala from '../../samples/scala.ts'
import scheme from '../../samples/scheme.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith } from '../../toolchain/requirement.ts'
import type { Samples } from '../samples.ts'
import { describeFeatures } from '../suite.ts'
import { startSession } from '../target.ts'

interface Language {
  readonly samples: Samples
  readonly lacks?: readonly string[]
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  'kernel-c:12.2-debian12': { samples: c },
  'kernel-cpp:12.2-debian12': { samples: cpp },
  'kernel-fortran:12.2-debian12': { samples: fortran },
  'kernel-go:1.19-debian12': { samples: golang, lacks: ['make'] },
  'kernel-haskell:9.0-debian12': { samples: haskell, lacks: ['cabal', 'make'] },
  'kernel-java:17-debian12': { samples: java, lacks: ['make'] },
  'kernel-scala:2.11-debian12': { samples: scala },
  'kernel-git:2.39-debian12': { samples: git },
  'kernel-lua:5.4-debian12': { samples: lua },
  'kernel-nodejs:18-debian12': { samples: nodejs, lacks: ['npm', 'types'] },
  'kernel-octave:7.3-debian12': { samples: octave },
  'kernel-python:2.7': { samples: python, lacks: ['python 3', 'await', 'pip'] },
  'kernel-python:3.11-debian12': { samples: python },
  'kernel-jupyter:3.11-debian12': { samples: python },
  'kernel-rust:1.63-debian12': { samples: rust },
  'kernel-php:8.2-debian12': { samples: php, lacks: ['composer'] },
  'kernel-r:4.2-debian12': { samples: r },
  'kernel-scheme:3.0-debian12': { samples: scheme },
}

const factory = new Factory('languages')

describeWith(factoryNeeds(), 'images of the manifest', () => {
  test(
    'are built, and what is built is not built again',
    async () => {
      const engine = new TestEngine('buildah')
      const names = BUILT.map(({ name, tag }) => `${name}:${tag}`)
      const built = await factory.build(engine, '--jobs', '2', ...names)
      expect(built.exitCode, `${built.stdout}\n${built.stderr}`).toBe(0)
      const again = await factory.build(engine, ...names)
      expect(again.stdout.split('\n').at(-1)).toBe(`${BUILT.length} up to date`)
    },
    BUILD_TIME,
  )

  test('all that are built are tried here', () => {
    expect(Object.keys(LANGUAGES).sort()).toEqual(BUILT.map(({ name, tag }) => `${name}:${tag}`).sort())
  })

  for (const [name, { samples, lacks = [] }] of Object.entries(LANGUAGES))
    describe(name, () => describeImage(name, samples, lacks))
})

function describeImage(name: string, samples: Samples, lacks: readonly string[]): void {
  const { reference, labels, features } = factory.image(name)
  const executable = labels['ai.backend.runtime-path'] ?? ''
  const target = { name, image: reference, executable, lacks }

  test('has the labels that the manifest says', () => {
    const found = JSON.parse(podman('image', 'inspect', '--format', '{{json .Labels}}', reference))
    expect(found).toMatchObject(labels)
    expect(labels['ai.backend.runtime-type']).toBe(samples.runtime)
  })

  test('runs a cell, launched by nothing but its labels', async () => {
    const [value] = samples.query?.values ?? []
    const { stdout, stderr, exitCode } = await execa(KRUNNER, ['launch', reference, '--network', 'host'], {
      env: new TestEngine('podman').env,
      input: value?.code ?? '',
      stripFinalNewline: false,
      reject: false,
    })
    expect({ stdout, exitCode }, stderr).toEqual({
      stdout: expect.stringMatching(asPattern(value?.stdout)),
      exitCode: 0,
    })
  })

  const { services } = factory.image(name)
  if (services.length > 0)
    test('its services serve, as the definitions in it say', async () => {
      const session = await startSession(samples.runtime, target)
      try {
        for (const service of services) await serves(session, service)
      } finally {
        await session.end()
      }
    })

  describeFeatures(samples, target, features)
}

async function serves({ client }: AgentSide, { name, protocol }: ServiceSpec): Promise<void> {
  const port = await freePort()
  const request = { name, port, ports: [port], protocol }
  expect(await client.startService(request)).toEqual({ status: 'started' })
  if (protocol === 'pty') await (await TtydClient.connect(port)).shows(/IPython \d/)
  else expect((await fetch(`http://127.0.0.1:${port}/api`)).status).toBe(200)
  await client.stopService(name)
}

function asPattern(expected: string | RegExp | undefined): RegExp {
  if (expected instanceof RegExp) return expected
  return new RegExp(`^${(expected ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)
}
