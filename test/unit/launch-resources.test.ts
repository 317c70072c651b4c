/** How much a launched container gets, and who is told. */
import { expect, test } from 'vitest'
import { type Case, flags, plan } from './launch-case.ts'

const LIMITED = { 'resource.min.cpu': '2', 'resource.min.mem': '256m', 'resource.max.mem': '1g' }

test.each<[string, Case, { cpus: string[]; memory: string[] }]>([
  ['no label', {}, { cpus: [], memory: [] }],
  ['minima', { labels: LIMITED }, { cpus: ['2'], memory: ['268435456'] }],
  [
    'what is preferred',
    { labels: { ...LIMITED, 'resource.preferred.cpu': '3', 'resource.preferred.mem': '512m' } },
    { cpus: ['3'], memory: ['536870912'] },
  ],
  [
    'more cores preferred than there are',
    { labels: { ...LIMITED, 'resource.preferred.cpu': '64' } },
    { cpus: ['4'], memory: ['268435456'] },
  ],
  [
    'what was asked for',
    { labels: LIMITED, options: { cpu: 2.5, mem: 300 * 2 ** 20 } },
    { cpus: ['2.5'], memory: ['314572800'] },
  ],
  ['--no-limits', { labels: LIMITED, options: { limits: false, mem: 1 } }, { cpus: [], memory: [] }],
  [
    '--no-limits on a small machine',
    { labels: { 'resource.min.cpu': '64' }, options: { limits: false } },
    { cpus: [], memory: [] },
  ],
])('limits by %s', (_, given, { cpus, memory }) => {
  const made = plan(given)
  expect(flags(made, '--cpus')).toEqual(cpus)
  expect(flags(made, '--memory')).toEqual(memory)
  // Memory that is over the limit is not swapped instead.
  expect(flags(made, '--memory-swap')).toEqual(memory)
})

test('shares and shared memory', () => {
  const made = plan({ labels: { 'resource.preferred.shmem': '64m' }, options: { shares: 512 } })
  expect(flags(made, '--shm-size')).toEqual(['67108864'])
  expect(flags(made, '--cpu-shares')).toEqual(['512'])
})

test.each<[string, Case, RegExp]>([
  [
    'fewer cores than the minimum',
    { labels: LIMITED, options: { cpu: 1 } },
    /--cpu is '1'.*at least 2 \(ai\.backend\.resource\.min\.cpu\)/,
  ],
  [
    'less memory',
    { labels: LIMITED, options: { mem: 64 * 2 ** 20 } },
    /--mem is '64m'.*at least 256m.*--no-limits/,
  ],
  ['more memory than the maximum', { labels: LIMITED, options: { mem: 2 ** 31 } }, /at most 1g/],
  ['more cores than there are', { options: { cpu: 5 } }, /this machine has 4/],
  [
    'a machine that is too small',
    { labels: { 'resource.min.cpu': '8' } },
    /asks for 8 cores, this machine has 4; --no-limits/,
  ],
  [
    'two ports at one',
    {
      options: {
        publications: [
          { port: 80, host: 8000 },
          { port: 81, host: 8000 },
        ],
      },
    },
    /--publish is '8000'/,
  ],
])('%s is refused', (_, given, message) => {
  expect(() => plan(given)).toThrow(message)
})

test.each<[string, Case, string[]]>([
  ['the cores that were asked for', { options: { cpu: 2 } }, ['OMP_NUM_THREADS=2', 'NPROC=2']],
  ['a fraction, rounded up', { options: { cpu: 1.5 } }, ['OMP_NUM_THREADS=2', 'NPROC=2']],
  ['the machine', {}, ['OMP_NUM_THREADS=4', 'NPROC=4']],
  ['the caller, who wins', { options: { env: { NPROC: '7' } } }, ['OMP_NUM_THREADS=4', 'NPROC=7']],
])('core-count variables by %s', (_, given, variables) => {
  const made = plan({ ...given, labels: { 'envs.corecount': 'OMP_NUM_THREADS,NPROC' } })
  expect(flags(made, '--env')).toEqual(expect.arrayContaining(variables))
  for (const variable of variables) expect(made.config['environ.txt']).toContain(`${variable}\n`)
})

test('what the image asks for in accelerators and does not get is told', () => {
  const labels = { 'resource.min.cuda.device': '1', 'resource.min.cuda.shares': '0.5' }
  expect(plan({ labels }).notes).toHaveLength(2)
  expect(plan({ labels }).notes.join()).toContain('--gpus')
  const podman = plan({ labels, options: { gpus: 2 } })
  expect(podman.notes).toEqual([])
  expect(flags(podman, '--device')).toEqual(['nvidia.com/gpu=0', 'nvidia.com/gpu=1'])
  const docker = plan({ labels, options: { gpus: 'all' }, engine: { kind: 'docker' } })
  expect(flags(docker, '--gpus')).toEqual(['all'])
})
