import { expect, test } from 'vitest'
import { type Labels, lint } from './lint-case.ts'

const FEATURES = 'ai.backend.features'

test.each<[string, Labels, string | RegExp, string?]>([
  // Names, at least two of each kind: the nearest known, none near, old ones, another prefix.
  [
    'feature',
    { feature: 'x' },
    "10 error label-unknown: there is no label 'ai.backend.feature'; write ai.backend.features",
  ],
  [
    'memory',
    { 'resource.min.memory': '1g' },
    /error label-unknown: .*; write ai\.backend\.resource\.min\.mem$/,
  ],
  [
    'another bound',
    { 'resource.minimum.cpu': '1' },
    /error label-unknown: .*; write ai\.backend\.resource\.min\.cpu$/,
  ],
  ['capitals', { 'Runtime-Type': 'python' }, /error label-unknown: .*; write ai\.backend\.runtime-type$/],
  ['nothing near', { 'something.of.ours': 'x' }, /warning label-unknown: .*; take it out/],
  ['an old one', { maxmem: '8g' }, /warning label-old: .*; write ai\.backend\.resource\.max\.mem$/],
  ['another old one', { timeout: '0' }, /warning label-old: .*; take it out$/],
  ['another prefix', {}, /error label-unknown: .*; write ai\.backend\.role$/, 'LABEL ai.backed.role=COMPUTE'],
  [
    'another prefix',
    {},
    /error label-unknown: .*; write ai\.backend\.features$/,
    'LABEL ai.backends.features=batch',
  ],
  // Forms.
  ['a size', { 'resource.min.mem': '256x' }, /error label-form: .*no size; write a number and a binary unit/],
  ['a size in full', { 'resource.preferred.shmem': 'much' }, /error label-form: .*no size/],
  ['a version', { kernelspec: '2' }, "2 error label-form: ai.backend.kernelspec: '2' is not 1; write 1"],
  ['a path', { 'runtime-path': 'python3' }, /error label-form: .*no absolute path/],
  // What is missing.
  [
    'kernelspec',
    { kernelspec: undefined },
    /error label-missing: ai\.backend\.kernelspec .*; add LABEL ai\.backend\.kernelspec=1$/,
  ],
  ['features', { features: undefined }, /error label-missing: .*; add LABEL ai\.backend\.features="batch/],
  ['min.cpu', { 'resource.min.cpu': undefined }, /error label-missing: ai\.backend\.resource\.min\.cpu/],
  ['min.mem', { 'resource.min.mem': undefined }, /error label-missing: ai\.backend\.resource\.min\.mem/],
  ['runtime-type', { 'runtime-type': undefined }, /warning label-missing: ai\.backend\.runtime-type/],
  [
    'runtime-path',
    { 'runtime-path': undefined },
    /note label-missing: ai\.backend\.runtime-path .*\/usr\/bin\/python3/,
  ],
  ['base-distro', { 'base-distro': undefined }, /note label-missing: ai\.backend\.base-distro/],
  // The runtime.
  [
    'a slip',
    { 'runtime-type': 'pyhton' },
    "5 error runtime-unknown: there is no runtime type 'pyhton'; write python",
  ],
  ['no such', { 'runtime-type': 'cobol' }, /error runtime-unknown: .*; write one of app, c, cpp,/],
  [
    "Lua's path",
    { 'runtime-path': '/usr/bin/lua' },
    /^6 error runtime-path: the runtime type is python, and \/usr\/bin\/lua is an executable of lua;/,
  ],
  ["another Lua's path", { 'runtime-path': '/usr/bin/lua5.3' }, /error runtime-path: .*executable of lua;/],
  [
    "gcc's path",
    { 'runtime-type': 'cpp', 'runtime-path': '/usr/bin/gcc-12' },
    /error runtime-path: .*executable of c;/,
  ],
  [
    "nobody's path",
    { 'runtime-path': '/opt/thing' },
    /warning runtime-path: \/opt\/thing is no usual executable of python/,
  ],
  // Features.
  ['a slip', { features: 'batch quary uid-match' }, /error feature-unknown: .*'quary'; write query/],
  ['no such', { features: 'batch telepathy uid-match' }, /warning feature-unknown: .*'telepathy'/],
  [
    'commas',
    { features: 'batch,query,uid-match' },
    /error label-form: .*; separate by blanks: batch query uid-match/,
  ],
  [
    'query on app',
    { 'runtime-type': 'app', features: 'query uid-match' },
    /error feature-not-offered: the runtime app does not have the feature query; take it out, or write one of c, cpp/,
  ],
  [
    'batch on app',
    { 'runtime-type': 'app', features: 'batch uid-match' },
    /error feature-not-offered: .*feature batch/,
  ],
  [
    'user-input on app',
    { 'runtime-type': 'app', features: 'user-input uid-match' },
    /error feature-not-offered: .*feature user-input/,
  ],
  [
    'no uid-match',
    { features: 'batch query' },
    `3 error feature-missing: the feature uid-match is missing: files would not be those of the user outside; write ${FEATURES}="batch query uid-match"`,
  ],
  ['one twice', { features: 'batch batch uid-match' }, /warning feature-doubled: .*'batch'/],
])('%s: %j', (_, labels, told, more) => {
  const findings = lint(labels, more)
  expect(findings).toContainEqual(typeof told === 'string' ? told : expect.stringMatching(told))
})
