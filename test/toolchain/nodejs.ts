/** Older and newer Node.js, from where the npm package `node` has its programs too: one package for each architecture. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './roots.ts'

const VERSIONS = {
  '6': '6.17.1',
  '8': '8.17.0',
  '10': '10.24.1',
  '12': '12.22.12',
  '18': '18.20.8',
  '20': '20.20.2',
  '22': '22.23.3',
  '26': '26.10.0',
} as const

export type NodeName = keyof typeof VERSIONS
export const NODE_NAMES = Object.keys(VERSIONS) as NodeName[]

/** The path of that version's `node`, there or not. */
export function nodeProgram(name: NodeName): string {
  return join(nodeFolder(name), 'node_modules', packageName(), 'bin', 'node')
}

function nodeFolder(name: NodeName): string {
  return join(CACHE, 'node', VERSIONS[name])
}

function packageName(): string {
  return `node-linux-${process.arch}`
}

/** Made in a folder beside its place first, so that a half-made one is never used. */
export function makeNode(name: NodeName): void {
  const folder = `${nodeFolder(name)}.${process.pid}`
  console.log(`fetching Node.js ${VERSIONS[name]}`)
  mkdirSync(folder, { recursive: true })
  const install = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  const { status, error, stderr } = spawnSync('npm', [...install, `${packageName()}@${VERSIONS[name]}`], {
    encoding: 'utf8',
  })
  if (status !== 0)
    console.log(`no Node.js ${VERSIONS[name]}: ${error?.message ?? stderr.trim().split('\n')[0]}`)
  else if (!existsSync(nodeFolder(name))) renameSync(folder, nodeFolder(name))
  rmSync(folder, { recursive: true, force: true })
}
