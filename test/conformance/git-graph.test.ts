/** `%show graph PATH`: a repository's history, as its clients draw it. */
import { expect, test } from 'vitest'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, inPath } from '../toolchain/requirement.ts'

interface Commit {
  readonly oid: string
  readonly parent_ids: readonly string[]
  readonly author: string
  readonly message: string
  readonly branch: string | null
  readonly parent_branches: readonly (string | null)[]
}

const MIME = 'application/vnd.sorna.gitgraph'
const COMMITS = 10_000

const SETTING = `
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=Bot GIT_COMMITTER_EMAIL=c@d
repository() { git init -q "$1" && cd "$1" && git checkout -q -b main; }
commit() { git commit -q --allow-empty "$@"; }
`

const MERGED = `repository merged
commit -m first
git checkout -q -b side && commit -m 'on the side'
git checkout -q main && commit -m second
git merge -q --no-ff -m 'a merge' side
git checkout -q -b other HEAD~1 && commit -m 'elsewhere'
git checkout -q main`

describeWith([inPath('git')], '%show graph', () => {
  test('each commit comes after its parents, with its branch and theirs', async () => {
    const session = await openConsole(MERGED)
    const commits = await graph(session, '%show graph .')
    expect(new Set(commits.map(({ message }) => message))).toEqual(
      new Set(['first', 'on the side', 'second', 'a merge', 'elsewhere']),
    )
    const known = new Set<string>()
    for (const commit of commits) {
      for (const parent of commit.parent_ids)
        expect(known.has(parent), `a parent of ${commit.message}`).toBe(true)
      known.add(commit.oid)
    }
    const merge = named(commits, 'a merge')
    expect(merge.parent_ids).toEqual([named(commits, 'second').oid, named(commits, 'on the side').oid])
    expect(named(commits, 'first').parent_ids).toEqual([])
    expect(named(commits, 'elsewhere').branch).toBe('other')
    expect(merge.branch).toBe('main')
    const branches = new Map(commits.map(({ oid, branch }) => [oid, branch]))
    for (const { parent_ids, parent_branches } of commits)
      expect(parent_branches).toEqual(parent_ids.map((parent) => branches.get(parent)))
    expect(merge.author).toBe('Ada')
  })

  test('identifiers are those that git shortens itself', async () => {
    const session = await openConsole(MERGED)
    const commits = await graph(session, '%show graph .')
    const { stdout } = await session.run("git log --all --topo-order --reverse --format='%h %p'")
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim())
    expect(commits.map(({ oid, parent_ids }) => [oid, ...parent_ids].join(' '))).toEqual(lines)
  })

  test('PATH is relative to where the shell is, and may be quoted or come from a variable', async () => {
    const session = await openConsole("mkdir -p below\nrepository 'below/a name'\ncommit -m here\ncd ..")
    for (const code of [
      "%show graph 'a name'",
      'where="a name"; %show graph "$where"',
      'cd "a name"; %show graph',
    ]) {
      const commits = await graph(session, code)
      expect(commits.map(({ message }) => message)).toEqual(['here'])
    }
  })

  test('commits that no branch has are there, without a branch', async () => {
    const session = await openConsole(`repository loose
commit -m first
git checkout -q --detach && commit -m tagged && git tag v1
git checkout -q main~0 && commit -m detached`)
    const commits = await graph(session, '%show graph .')
    expect(named(commits, 'first').branch).toBe('main')
    for (const message of ['tagged', 'detached'])
      expect(named(commits, message)).toMatchObject({ branch: null, parent_branches: ['main'] })
  })

  test('names and messages of every kind are kept, and bytes that are no text are replaced', async () => {
    const session = await openConsole(`repository strange
GIT_AUTHOR_NAME='Łódź "quoted" || \\b' commit -m 'a || b' -m 'body'
git -c i18n.commitEncoding=bytes commit -q --allow-empty -m "$(printf 'caf\\351 and\\ttab')"
git config color.ui always
git config log.decorate full
git config log.showSignature true`)
    const commits = await graph(session, '%show graph .')
    expect(commits.map(({ author, message }) => [author, message])).toEqual([
      ['Łódź "quoted" || \\b', 'a || b'],
      ['Ada', 'caf\ufffd and\ttab'],
    ])
    expect(commits.map(({ branch }) => branch)).toEqual(['main', 'main'])
  })

  test(`${COMMITS} commits are shown`, async () => {
    const session = await openConsole(`repository large
for n in $(seq ${COMMITS}); do
  printf 'commit refs/heads/main\\ncommitter Bot <c@d> %d +0000\\ndata 4\\n%04d\\n' "$n" "$((n % 10000))"
done | git fast-import --quiet`)
    const commits = await graph(session, '%show graph .')
    expect(commits.length).toBe(COMMITS)
    expect(commits.at(-1)).toMatchObject({ message: '0000', branch: 'main', parent_branches: ['main'] })
  })

  test.each([
    [
      'a folder that is no repository',
      'mkdir plain; cd plain; export GIT_CEILING_DIRECTORIES=$PWD/..',
      '.',
      /not a git repository/,
    ],
    ['a repository without commits', 'repository empty', '.', /'\.' has no commits yet/],
    ['a folder that is not there', ':', 'nowhere', /no folder 'nowhere'/],
    ['a machine without git', `node_only=$PWD/bin; mkdir bin; PATH=$node_only`, '.', /git is not in PATH/],
  ])('%s is an error in words', async (_, setting, path, words) => {
    const session = await openConsole(setting)
    const { exitCode, stderr, results } = await session.run(`%show graph ${path}`)
    expect(stderr).toMatch(words)
    expect(exitCode).toBe(1)
    expect(results.some(({ type }) => type === 'media')).toBe(false)
  })
})

async function openConsole(setting: string): Promise<Session> {
  const session = await openSession({ runtime: 'git', runtimePath: '/usr/bin/bash' })
  const { stderr } = await session.run(SETTING + setting)
  expect(stderr).toBe('')
  return session
}

async function graph(session: Session, code: string): Promise<readonly Commit[]> {
  const { exitCode, results, stderr } = await session.run(code)
  expect([stderr, exitCode]).toEqual(['', 0])
  const [shown, ...more] = results.filter((result) => result.type === 'media')
  expect(more).toEqual([])
  expect(shown?.mime).toBe(MIME)
  return shown?.data as readonly unknown[] as readonly Commit[]
}

function named(commits: readonly Commit[], message: string): Commit {
  const found = commits.find((commit) => commit.message === message)
  if (!found) throw new Error(`no commit '${message}'`)
  return found
}
