'use strict'
/*
 * `%show graph PATH`: a repository's history as `application/vnd.sorna.gitgraph`, a JSON list of commits, parents before
 * children. `branch` is the local branch that git finds a commit on first, null where it is on none (a detached HEAD, a tag).
 *
 *   node graph.cjs NOTES SCRATCH graph [PATH]
 *
 * Runs in the shell's own folder and environment. What it has made is left in a file of SCRATCH, and told in NOTES.
 */
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const MIME = 'application/vnd.sorna.gitgraph'
/** Bytes of output that are taken of git. */
const MOST = 1024 * 1024 * 1024
const PLAIN = ['-c', 'log.showSignature=false', '-c', 'color.ui=false', 'log', '--no-decorate']

function fail(sentence) {
  process.stderr.write(`%show: ${sentence}\n`)
  process.exit(1)
}

/** What git prints, as bytes that need not be UTF-8. */
function git(folder, args) {
  const { error, status, signal, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], {
    maxBuffer: MOST,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error) fail(error.code === 'ENOENT' ? 'git is not in PATH' : `git: ${error.message}`)
  if (status !== 0) fail(String(stderr).trim() || `git ended with ${signal || status}`)
  return stdout.toString()
}

/** Branches by commit. Lines such as `OID\trefs/heads/main Subject`. */
function branchesOf(folder) {
  const lines = git(folder, [
    ...PLAIN,
    '--branches',
    '--source',
    '--abbrev-commit',
    '--pretty=oneline',
  ]).split('\n')
  return new Map(
    lines
      .map((line) => /^(\w+)\t(?:refs\/heads\/)?(\S+)/.exec(line) || [])
      .map(([, oid, name]) => [oid, name]),
  )
}

function commitsOf(folder) {
  const branches = branchesOf(folder)
  const branchOf = (oid) => branches.get(oid) || null
  const fields = git(folder, [
    ...PLAIN,
    '--all',
    '--topo-order',
    '--reverse',
    '-z',
    '--format=%h%x00%p%x00%an%x00%s',
  ])
  const commits = []
  const texts = fields.split('\0')
  for (let at = 0; at + 3 < texts.length; at += 4) {
    const [oid, parents, author, message] = texts.slice(at, at + 4)
    const parentIds = parents.split(' ').filter((parent) => parent !== '')
    commits.push({
      oid,
      parent_ids: parentIds,
      author,
      message,
      branch: branchOf(oid),
      parent_branches: parentIds.map(branchOf),
    })
  }
  return commits
}

function main([notes, scratch, what, ...rest]) {
  if (what !== 'graph' || rest.length > 1) {
    process.stderr.write('usage: %show graph PATH\n')
    process.exit(2)
  }
  const folder = rest[0] || '.'
  if (!fs.existsSync(folder)) fail(`there is no folder '${folder}'`)
  const commits = commitsOf(folder)
  if (commits.length === 0) fail(`the repository at '${folder}' has no commits yet`)
  const file = path.join(scratch, `graph-${process.pid}`)
  fs.writeFileSync(file, JSON.stringify(commits))
  fs.writeFileSync(notes, `display ${MIME} ${file}\n`)
}

main(process.argv.slice(2))
