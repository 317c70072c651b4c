import { describe, expect, test } from 'vitest'
import { type Labels, lint, lintSource } from './lint-case.ts'

const INFERENCE = {
  role: 'INFERENCE',
  'service-ports': 'api:preopen:8000',
  'endpoint-ports': 'api',
  'model-path': '/models',
  'model-format': 'onnx',
}

test.each<[string, Labels, string?]>([
  ['an image that is as it should be', {}],
  [
    'an alias of a runtime',
    { 'runtime-type': 'go', 'runtime-path': '/usr/local/go/bin/go', 'service-ports': '' },
  ],
  ['an executable with its version', { 'runtime-path': '/opt/conda/bin/python3.11' }],
  [
    'only services',
    {
      'runtime-type': 'app',
      features: 'uid-match',
      'runtime-path': '/bin/true',
      'service-ports': 'x:preopen:9000',
    },
  ],
  ['a service with several ports', { 'service-ports': 'triton:preopen:[8000,8001]' }],
  ['the highest and the lowest port', { 'service-ports': 'a:preopen:1025,b:preopen:65534' }],
  [
    'amounts in order',
    { 'resource.max.mem': '1g', 'resource.preferred.mem': '512m', 'resource.max.cpu': '1' },
  ],
  [
    'an accelerator that is named',
    { 'resource.min.cuda.device': '1', 'resource.min.cuda.shares': '0.1', accelerators: 'cuda' },
  ],
  ['any accelerator', { 'resource.min.tpu.device': '1', accelerators: '*' }],
  ["a plugin's accelerator", { 'resource.min.tt.device': '1', accelerators: 'tt' }],
  ['a model that is served', INFERENCE],
  ['labels of others', {}, 'LABEL org.opencontainers.image.title=x maintainer=y my.backend.url=z'],
  ['root at the end', {}, 'USER nobody\nUSER root'],
])('nothing is said of %s', (_, labels, more) => {
  expect(lint(labels, more)).toEqual([])
})

test.each<[string, Labels, string | RegExp, string?]>([
  // Amounts.
  [
    'min over max',
    { 'resource.max.mem': '128m' },
    /^8 error resource-order: .*min\.mem is 256m, more than ai\.backend\.resource\.max\.mem, 128m/,
  ],
  [
    'min over max',
    { 'resource.min.cpu': '4', 'resource.max.cpu': '2' },
    /error resource-order: .*min\.cpu is 4/,
  ],
  [
    'min over preferred',
    { 'resource.preferred.mem': '128m' },
    /error resource-order: .*preferred\.mem, 128m/,
  ],
  [
    'preferred over max',
    { 'resource.preferred.cpu': '4', 'resource.max.cpu': '2' },
    /error resource-order: .*preferred\.cpu is 4/,
  ],
  ['no core', { 'resource.min.cpu': '0' }, /error resource-too-small: nothing runs without a core/],
  [
    'little memory',
    { 'resource.min.mem': '32m' },
    /error resource-too-small: 32m is too little for the runner and python to start in; write 128m/,
  ],
  [
    'little memory for Java',
    {
      'runtime-type': 'java',
      'runtime-path': '/usr/bin/java',
      'service-ports': '',
      'resource.min.mem': '80m',
    },
    /error resource-too-small: 80m .* java .*; write 128m/,
  ],
  [
    'little memory for Julia',
    {
      'runtime-type': 'julia',
      'runtime-path': '/usr/bin/julia',
      'service-ports': '',
      'resource.min.mem': '160m',
    },
    /error resource-too-small: 160m .* julia .*; write 192m/,
  ],
  [
    'a size without its unit',
    { 'resource.preferred.shmem': '64' },
    /warning resource-unit: .*shmem is 64 bytes; write a unit, such as 64m/,
  ],
  [
    'another',
    { 'resource.max.cuda.mem': '512k', accelerators: 'cuda' },
    /warning resource-unit: .*cuda\.mem is 524288 bytes/,
  ],
  [
    'an accelerator',
    { 'resource.min.cuda.device': '1' },
    /warning accelerator-missing: it needs cuda.*; write ai\.backend\.accelerators="cuda"/,
  ],
  [
    'another accelerator',
    { 'resource.min.tpu.device': '1', accelerators: 'cuda' },
    /warning accelerator-missing: it needs tpu.*"cuda,tpu"/,
  ],
  // Ports.
  [
    'the port for commands',
    { 'service-ports': 'a:preopen:2000' },
    "9 error port-reserved: port 2000 of service 'a' is that of commands to the runner; take another, such as 8080",
  ],
  [
    'the port of ttyd',
    { 'service-ports': 'a:preopen:[8000,7681]' },
    /error port-reserved: port 7681 of service 'a' is that of ttyd/,
  ],
  ['a port for root', { 'service-ports': 'a:preopen:80' }, /error port-range: port 80 /],
  ['a port too high', { 'service-ports': 'a:preopen:65535' }, /error port-range: port 65535 /],
  ['no port', { 'service-ports': 'a:preopen:0' }, /error port-range: port 0 /],
  [
    'a port twice',
    { 'service-ports': 'a:preopen:8080,b:preopen:8080' },
    /error port-doubled: port 8080 is that of 'a' and of 'b'; .* 8081/,
  ],
  ['a port twice in a list', { 'service-ports': 'a:preopen:[8000,8000]' }, /error port-doubled: port 8000/],
  [
    'a name twice',
    { 'service-ports': 'a:preopen:8080,a:preopen:8081' },
    /error service-doubled: there are two services 'a'/,
  ],
  [
    'a name of ours',
    { 'service-ports': 'sshd:tcp:8022' },
    /error service-doubled: every session has a service 'sshd'/,
  ],
  [
    'another protocol',
    { 'service-ports': 'a:https:8080' },
    /error label-form: .*'https' is no protocol of service 'a'; write one of http, tcp, pty, preopen/,
  ],
  // Services.
  [
    'nobody starts it',
    { 'service-ports': 'web:http:8080' },
    /warning service-undefined: .*'web'.*; put web\.json/,
  ],
  [
    'jupyter where there is none',
    { 'runtime-type': 'lua', 'runtime-path': '/usr/bin/lua' },
    /warning service-undefined: .*'jupyter'/,
  ],
  // Models.
  [
    'no path of a model',
    { ...INFERENCE, 'model-path': undefined },
    /error inference-label: .*; add LABEL ai\.backend\.model-path=/,
  ],
  ['no endpoint', { ...INFERENCE, 'endpoint-ports': undefined }, /error inference-label: .*endpoint-ports/],
  ['an empty endpoint', { ...INFERENCE, 'endpoint-ports': '' }, /error inference-label: .*endpoint-ports/],
  [
    'an endpoint that is no service',
    { ...INFERENCE, 'endpoint-ports': 'other' },
    /error endpoint-unserved: .*'other' is none of the services; write other:preopen:8000/,
  ],
  [
    'an endpoint that is not open',
    { ...INFERENCE, 'service-ports': 'api:http:8000' },
    /error endpoint-unserved: .*of protocol http; write api:preopen:8000/,
  ],
  ['another role', { role: 'Compute' }, /error label-form: .*; write COMPUTE$/],
  // Surroundings.
  ['a user', {}, /^10 warning user: it starts as user 'nobody'/, 'USER nobody'],
  ['an id', {}, /^10 warning user: it starts as user '1000:1000'/, 'USER 1000:1000'],
  [
    'the libraries of another runner',
    {},
    /^10 note library-path: /,
    'ENV LD_LIBRARY_PATH=/opt/backend.ai/lib',
  ],
  [
    'the libraries among others',
    {},
    /^10 note library-path: /,
    'ENV LD_LIBRARY_PATH=/usr/local/lib:/opt/backend.ai/lib',
  ],
])('%s: %j', (_, labels, told, more) => {
  const findings = lint(labels, more)
  expect(findings).toContainEqual(typeof told === 'string' ? told : expect.stringMatching(told))
})

describe('an image that has labels elsewhere, or none', () => {
  test('without a label it is told once, with the base that may have them', () => {
    const [finding, ...more] = lintSource('FROM some/image:1\nRUN true')
    expect(more).toEqual([])
    expect(finding).toMatchObject({ severity: 'error', rule: 'label-missing', place: { line: 1 } })
    expect(finding?.mend).toContain('some/image:1')
  })

  test('without a policy it is told which one holds', () => {
    const told = lintSource('FROM a:1\nLABEL ai.backend.runtime-type=lua').find(
      ({ rule }) => rule === 'policy-none',
    )
    expect(told).toMatchObject({ severity: 'note', place: { line: 2 } })
    expect(told?.what).toContain('of its base, or of the runtime lua')
  })

  test('what it says is short, and nothing that a terminal obeys', () => {
    const long = 'x'.repeat(100_000)
    const findings = lintSource(
      `FROM \u001b[31m\nLABEL ai.backend.runtime-path=/\u001b[2J${long}\nLABEL ai.backend.\u0007${long}=1\nUSER \u009b${long}\nCOPY \u001b /etc/backend.ai/jail/policy.yml`,
    )
    expect(findings.length).toBeGreaterThan(4)
    for (const { what, mend } of findings) {
      expect(`${what}${mend}`).not.toMatch(/\p{Cc}/u)
      expect(`${what}${mend}`.length).toBeLessThan(1500)
    }
  })

  test('a value that only the builder knows is not checked', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of a Dockerfile
    const told = lintSource('FROM a\nENV R=lib-python\nLABEL ai.backend.runtime-type=${R#lib-}').map(
      ({ rule }) => rule,
    )
    expect(told).not.toContain('runtime-unknown')
  })
})
