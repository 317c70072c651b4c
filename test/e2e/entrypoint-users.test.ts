/** The user `work` in the tables of an image, whatever state they are in. */
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ENTRYPOINT_NEEDS, EntrypointRoot, GROUP, USER } from '../harness/entrypoint.ts'
import { describeWith } from '../toolchain/requirement.ts'

const ROOT = 'root:x:0:0:root:/root:/bin/sh\n'
const WORK = `work:x:${USER}:${GROUP}:User:/home/work:\n`

interface Case {
  promise: string
  files: Readonly<Record<string, string>>
  env?: Readonly<Record<string, string>>
  /** What the tables are afterwards, those that matter. */
  after: Readonly<Record<string, string>>
  groups?: string
}

const CASES: readonly Case[] = [
  {
    promise: 'an image without tables gets them',
    files: {},
    after: { passwd: WORK.replace(':x:', ':*:'), group: `work:x:${GROUP}:\n` },
  },
  {
    promise: 'a user is added, with an entry in the table of passwords that lets nobody in',
    files: { passwd: ROOT, group: 'root:x:0:\n', shadow: 'root:*:19000::::::\n', gshadow: 'root:*::\n' },
    after: {
      passwd: ROOT + WORK,
      group: `root:x:0:\nwork:x:${GROUP}:\n`,
      shadow: 'root:*:19000::::::\nwork:*::0:99999:7:::\n',
      gshadow: 'root:*::\nwork:!::\n',
    },
  },
  {
    promise: 'who has the id is renamed, in groups too, and keeps password and comment',
    files: {
      passwd: `${ROOT}ubuntu:x:${USER}:1000:Ubuntu,,,:/home/ubuntu:/bin/zsh\n`,
      group: 'adm:x:4:syslog,ubuntu\nubuntu:x:1000:\nubuntus:x:1001:ubuntus\n',
      shadow: 'ubuntu:$6$salt$hash:19000:0:99999:7:::\n',
      gshadow: 'adm:*:ubuntu:syslog,ubuntu\nubuntu:!::\n',
    },
    after: {
      passwd: `${ROOT}work:x:${USER}:${GROUP}:Ubuntu,,,:/home/work:/bin/zsh\n`,
      group: `adm:x:4:syslog,work\nubuntu:x:1000:\nubuntus:x:1001:ubuntus\nwork:x:${GROUP}:\n`,
      shadow: 'work:$6$salt$hash:19000:0:99999:7:::\n',
      gshadow: 'adm:*:work:syslog,work\nubuntu:!::\nwork:!::\n',
    },
    groups: `4,${GROUP}`,
  },
  {
    promise: 'who has the name is renumbered, with the group of that name',
    files: {
      passwd: `${ROOT}work:x:1000:1000::/home/work:/bin/bash\nother:x:1001:1001::/:\n`,
      group: 'work:x:1000:\nother:x:1001:work\n',
    },
    after: {
      passwd: `${ROOT}work:x:${USER}:${GROUP}::/home/work:/bin/bash\nother:x:1001:1001::/:\n`,
      group: `work:x:${GROUP}:\nother:x:1001:work\n`,
    },
    groups: `1001,${GROUP}`,
  },
  {
    promise: 'where one has the name and another one the id, the one with the id is the user',
    files: {
      passwd: `work:x:1000:1000:Old:/home/old:/bin/sh\nbob:x:${USER}:100:Bob:/home/bob:/bin/sh\n`,
      group: `bobs:x:${GROUP}:bob\nwork:x:1000:\n`,
      shadow: 'work:old:1::::::\nbob:new:2::::::\n',
    },
    after: {
      passwd: `work:x:${USER}:${GROUP}:Bob:/home/work:/bin/sh\n`,
      group: `bobs:x:${GROUP}:work\nwork:x:1000:\n`,
      shadow: 'work:new:2::::::\n',
    },
  },
  {
    promise: 'a group that has the id is the user’s, under its own name',
    files: { passwd: ROOT, group: `users:x:${GROUP}:\n` },
    after: { passwd: ROOT + WORK.replace(':x:', ':*:'), group: `users:x:${GROUP}:\n` },
  },
  {
    promise: 'additional groups are joined, and made where there are none',
    files: { passwd: ROOT, group: 'video:x:44:root\nrender:x:105:', gshadow: 'video:!:ann:root\n' },
    env: { ADDITIONAL_GIDS: '44, 105,,777' },
    after: {
      group: `video:x:44:root,work\nrender:x:105:work\nwork:x:${GROUP}:\ngroup777:x:777:work\n`,
      gshadow: 'video:!:ann:root,work\ngroup777:!::work\nwork:!::\n',
    },
    groups: `44,105,777,${GROUP}`,
  },
  {
    promise: 'a name that another group has already is not taken twice',
    files: { group: 'group777:x:5:\n' },
    env: { ADDITIONAL_GIDS: '777' },
    after: { group: `group777:x:5:\nwork:x:${GROUP}:\nwork-group777:x:777:work\n` },
    groups: `777,${GROUP}`,
  },
  {
    promise: 'comments, empty lines and those of a network stay, and hide nobody',
    files: { passwd: `# users\n\n${ROOT}+@staff::::::\n+::::::`, group: '#\nroot:x:0:\n+:::' },
    after: {
      passwd: `# users\n\n${ROOT}${WORK.replace(':x:', ':*:')}+@staff::::::\n+::::::\n`,
      group: `#\nroot:x:0:\nwork:x:${GROUP}:\n+:::\n`,
    },
  },
  {
    promise: 'lines that are none of a table stay as they are',
    files: {
      passwd: `${ROOT}garbage\n:::::::::::::::::::\nx:x:-5:1\nhuge:x:99999999999999999999:1::/:\n${'a'.repeat(100_000)}\n`,
      group: 'one\n:\n::::::::::::::::\nn:x:12x:\n',
    },
    after: {
      passwd: `${ROOT}garbage\n:::::::::::::::::::\nx:x:-5:1\nhuge:x:99999999999999999999:1::/:\n${'a'.repeat(100_000)}\n${WORK.replace(':x:', ':*:')}`,
      group: `one\n:\n::::::::::::::::\nn:x:12x:\nwork:x:${GROUP}:\n`,
    },
  },
  {
    promise: 'many short names that become longer ones have room',
    files: {
      passwd: `a:x:${USER}:1::/:\n`,
      group: Array.from({ length: 5000 }, (_, id) => `g${id}:x:${10_000 + id}:a\n`).join(''),
    },
    after: {
      group: `${Array.from({ length: 5000 }, (_, id) => `g${id}:x:${10_000 + id}:work\n`).join('')}work:x:${GROUP}:\n`,
    },
    groups: [...Array.from({ length: 5000 }, (_, id) => 10_000 + id), GROUP].join(','),
  },
  {
    promise: 'bytes of no text are kept',
    files: { passwd: `${ROOT}b\u0000d:x:7:7::/:\n`, group: '\u0000\u0001\n' },
    after: {
      passwd: `${ROOT}b\u0000d:x:7:7::/:\n${WORK.replace(':x:', ':*:')}`,
      group: `\u0000\u0001\nwork:x:${GROUP}:\n`,
    },
  },
]

const inEtc = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`etc/${name}`, content]))

describeWith(ENTRYPOINT_NEEDS, 'the entrypoint', () => {
  test.each(CASES)('$promise', ({ files, env, after, groups = `${GROUP}` }) => {
    const root = new EntrypointRoot(inEtc(files))
    const first = root.enter(['id', '-G'], env)
    expect(first).toMatchObject({ exitCode: 0 })
    const numbers = (list: string) =>
      list
        .trim()
        .split(/[ ,]/)
        .map(Number)
        .sort((a, b) => a - b)
    expect(numbers(first.stdout)).toEqual(numbers(groups))
    for (const [name, content] of Object.entries(after)) expect(root.read(`etc/${name}`)).toBe(content)
    // A container may be started again.
    expect(root.enter(['id', '-un'], env)).toMatchObject({ exitCode: 0, stdout: 'work\n' })
    for (const [name, content] of Object.entries(after)) expect(root.read(`etc/${name}`)).toBe(content)
  })

  test('owners, modes and links of the tables stay', () => {
    const root = new EntrypointRoot({ 'etc/shadow': 'root:*::0:::::\n', 'usr/etc/passwd': ROOT })
    chmodSync(root.path('etc/shadow'), 0o640)
    chownSync(root.path('etc/shadow'), 0, 42)
    symlinkSync('/usr/etc/passwd', root.path('etc/passwd'))
    expect(root.enter(['id', '-un']).stdout).toBe('work\n')
    expect(lstatSync(root.path('etc/passwd')).isSymbolicLink()).toBe(true)
    expect(root.read('usr/etc/passwd')).toBe(ROOT + WORK)
    const { mode, gid } = statSync(root.path('etc/shadow'))
    expect([mode & 0o7777, gid]).toEqual([0o640, 42])
    expect(root.read('etc/shadow')).toContain('work:*:')
  })

  test('tables that are mounted one by one are written in place', () => {
    const root = new EntrypointRoot({ 'etc/passwd': ROOT, 'given/passwd': ROOT })
    const mount = 'mount --bind "$1/given/passwd" "$1/etc/passwd"'
    expect(root.enter(['id', '-un'], {}, mount).stdout).toBe('work\n')
    expect(root.read('given/passwd')).toContain('\nwork:')
  })

  test('where they cannot be written it goes on, and says so', () => {
    const root = new EntrypointRoot({ 'etc/passwd': ROOT })
    const { exitCode, stdout, stderr } = root.enter(
      ['id', '-u'],
      {},
      'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"',
    )
    expect([exitCode, stdout]).toEqual([0, `${USER}\n`])
    expect(stderr).toMatch(/\/etc\/passwd stays as it is.*read-only file system/)
    expect(stderr).toMatch(/\/home\/work cannot be made.*read-only file system/)
    expect(root.read('etc/passwd')).toBe(ROOT)
  })

  test('a table that is no file stays', () => {
    const root = new EntrypointRoot()
    mkdirSync(root.path('etc/passwd'))
    const { exitCode, stderr } = root.enter(['true'])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/\/etc\/passwd stays as it is.*no ordinary file/)
  })

  test.each([
    ['LOCAL_USER_ID', 'abc', /LOCAL_USER_ID is 'abc': give a number/],
    ['LOCAL_USER_ID', '-1', /LOCAL_USER_ID is '-1'/],
    ['LOCAL_USER_ID', '4294967295', /LOCAL_USER_ID is '4294967295'/],
    ['LOCAL_GROUP_ID', '1 2', /LOCAL_GROUP_ID is '1 2'/],
    ['ADDITIONAL_GIDS', '1,x', /ADDITIONAL_GIDS is '1,x'/],
    ['ADDITIONAL_GIDS', '99999999999999999999', /ADDITIONAL_GIDS is/],
  ])('%s=%s is an error, and nothing runs', (name, value, told) => {
    const root = new EntrypointRoot({ 'etc/passwd': ROOT })
    const { exitCode, stdout, stderr } = root.enter(['echo', 'ran'], { [name]: value })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(told)
    expect(root.read('etc/passwd')).toBe(ROOT)
  })

  test('the largest ids of all are the user’s', () => {
    const root = new EntrypointRoot()
    const ids = { LOCAL_USER_ID: '4294967294', LOCAL_GROUP_ID: '4294967294' }
    expect(root.enter(['id', '-u'], ids).stdout).toBe('4294967294\n')
  })
})
