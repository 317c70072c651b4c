import { describe, expect, test } from 'vitest'
import { LABELS } from '../../src/image/catalogue.ts'
import { formatLabels, parseLabels } from '../../src/image/labels.ts'
import { BOUNDS, SLOTS } from '../../src/image/resources.ts'

const PYTHON = {
  'ai.backend.kernelspec': '1',
  'ai.backend.resource.min.cpu': '1',
  'ai.backend.resource.min.mem': '256m',
  'ai.backend.resource.preferred.shmem': '64m',
  'ai.backend.resource.max.cuda.shares': '0.5',
  'ai.backend.resource.min.cuda.mem': '1g',
  'ai.backend.envs.corecount': 'OPENBLAS_NUM_THREADS,OMP_NUM_THREADS,NPROC',
  'ai.backend.features': 'batch query uid-match user-input',
  'ai.backend.base-distro': 'ubuntu16.04',
  'ai.backend.runtime-type': 'python',
  'ai.backend.runtime-path': '/usr/local/bin/python',
  'ai.backend.service-ports': 'ipython:pty:3000,jupyter:http:8080,triton:preopen:[8000,8001]',
  'ai.backend.endpoint-ports': 'triton',
  maintainer: 'somebody',
}

test('labels are read as what they say', () => {
  const { labels, problems } = parseLabels(PYTHON)
  expect(problems).toEqual([])
  expect(labels).toEqual({
    kernelspec: 1,
    features: ['batch', 'query', 'uid-match', 'user-input'],
    baseDistro: 'ubuntu16.04',
    runtimeType: 'python',
    runtimePath: '/usr/local/bin/python',
    servicePorts: [
      { name: 'ipython', protocol: 'pty', ports: [3000] },
      { name: 'jupyter', protocol: 'http', ports: [8080] },
      { name: 'triton', protocol: 'preopen', ports: [8000, 8001] },
    ],
    endpointPorts: ['triton'],
    corecount: ['OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'NPROC'],
    resources: {
      min: { cpu: 1, mem: 256 * 1024 ** 2, 'cuda.mem': 1024 ** 3 },
      max: { 'cuda.shares': 0.5 },
      preferred: { shmem: 64 * 1024 ** 2 },
    },
    other: { maintainer: 'somebody' },
  })
})

const EXAMPLES = Object.values(LABELS).map(({ name, example }) => [name, example] as const)
const AMOUNTS = SLOTS.flatMap(({ name, form }) =>
  BOUNDS.map((bound) => [`ai.backend.resource.${bound}.${name}`, form.write(1024)] as const),
)

describe('a round trip is identity', () => {
  test.each([...EXAMPLES, ...AMOUNTS])('%s=%s', (name, value) => {
    const { labels, problems } = parseLabels({ [name]: value })
    expect(problems).toEqual([])
    expect(formatLabels(labels)).toEqual({ [name]: value })
  })

  test.each([
    ['all of an image', PYTHON],
    [
      'empty lists',
      { 'ai.backend.service-ports': '', 'ai.backend.features': '', 'ai.backend.envs.corecount': '' },
    ],
    ['an unknown label', { 'ai.backend.new-one': 'x', 'org.opencontainers.image.title': 'y' }],
    ['a name that an object has', JSON.parse('{"__proto__": "a", "constructor": "b"}')],
    ["a plugin's slot", { 'ai.backend.resource.min.tt.device': '2', 'ai.backend.resource.max.tt.mem': '8g' }],
  ])('%s', (_, record) => {
    expect(formatLabels(parseLabels(record).labels)).toEqual(record)
  })

  test('other spellings of a value are read as the same again', () => {
    const { labels } = parseLabels({
      'ai.backend.resource.min.mem': '1.5 GiB',
      'ai.backend.resource.max.mem': '1000',
      'ai.backend.features': ' batch\tquery ',
      'ai.backend.service-ports': 'a:tcp:[3000]',
    })
    expect(formatLabels(labels)).toEqual({
      'ai.backend.resource.min.mem': '1536m',
      'ai.backend.resource.max.mem': '1000',
      'ai.backend.features': 'batch query',
      'ai.backend.service-ports': 'a:tcp:3000',
    })
    expect(parseLabels(formatLabels(labels)).labels).toEqual(labels)
  })
})

describe('a value that cannot be read names the mend', () => {
  test.each([
    ['ai.backend.kernelspec', 'two', 'write 1'],
    ['ai.backend.kernelspec', '2', 'write 1'],
    ['ai.backend.resource.min.mem', '256q', '256m or 1g'],
    ['ai.backend.resource.min.mem', '-1', '256m or 1g'],
    ['ai.backend.resource.min.mem', '99999999999999p', '256m or 1g'],
    ['ai.backend.resource.min.cpu', '0.5', 'whole pieces'],
    ['ai.backend.resource.max.cuda.shares', 'half', '0.5'],
    ['ai.backend.runtime-path', 'python3', '/usr/bin/python3'],
    ['ai.backend.runtime-type', '', 'leave the label out'],
    ['ai.backend.role', 'inference', 'write INFERENCE'],
    ['ai.backend.role', 'WORKER', 'one of COMPUTE'],
    ['ai.backend.features', 'batch,query', 'batch query'],
    ['ai.backend.envs.corecount', 'OMP_NUM_THREADS NPROC', 'OMP_NUM_THREADS,NPROC'],
    ['ai.backend.accelerators', 'CUDA', 'cuda'],
    ['ai.backend.service-ports', 'jupyter:8080', 'jupyter:http:8080'],
    ['ai.backend.service-ports', 'jupyter:https:8080', 'http, tcp, pty, preopen'],
    ['ai.backend.service-ports', 'jup yter:http:8080', 'letters'],
    ['ai.backend.service-ports', 'jupyter:http:80x', '[8000,8001]'],
    ['ai.backend.service-ports', 'a:http:[8000,8001', '[8000,8001]'],
    ['ai.backend.service-ports', 'a:http:3000,,b:http:3001', 'take the comma'],
    ['ai.backend.service-ports', 'a:http:3000, b:http:3001', 'take it out'],
  ])('%s=%s', (name, value, mend) => {
    const { problems } = parseLabels({ [name]: value })
    expect(problems).toMatchObject([{ label: name, severity: 'error' }])
    expect(problems[0]?.mend).toContain(mend)
  })

  test('what of a list can be read is read', () => {
    const { labels } = parseLabels({ 'ai.backend.service-ports': 'a:http:3000,b:ftp:1,c:tcp:[4000,4001]' })
    expect(labels.servicePorts?.map(({ name }) => name)).toEqual(['a', 'c'])
  })

  test('a megabyte of it is answered, and the message is short', () => {
    for (const piece of ['a', ',', '[', ':', '[,', '1.', ' ', '"\\'])
      for (const { name } of Object.values(LABELS)) {
        const { problems } = parseLabels({ [name]: piece.repeat(1e6 / piece.length) })
        expect(Math.max(0, ...problems.slice(0, 5).map(({ what }) => what.length))).toBeLessThan(300)
      }
  })
})
