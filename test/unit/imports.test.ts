import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT, sourceFiles } from './source-files.ts'

/** Each layer may import from itself and from those before it. */
const LAYERS = [
  ['src/errors.ts', 'src/nearest.ts', 'src/tree.ts', 'src/protocol'],
  ['src/process', 'src/repl', 'src/input', 'src/pty', 'src/service', 'src/jail', 'src/image', 'src/zmtp'],
  ['src/runtime'],
  ['runtimes'],
  ['src/daemon'],
  ['src/cli'],
]
/** Beside the layers: an agent's side of the wire shares only the wire with the runner's. */
const CLIENT = 'src/client'
const CLIENT_MAY = ['src/client', 'src/errors.ts', 'src/protocol']

/** Packages that every start of the program loads, and the daemon's memory has. */
const LOADED_AT_START = ['commander', 'msgpackr/pack', 'pino', 'valibot']

interface Arrow {
  from: string
  to: string
  /** Loaded with the file that imports it: neither a type, nor by `import()`. */
  isLoaded: boolean
}

const arrows = sourceFiles('src', 'runtimes').flatMap((file) => importsOf(file))
const within = arrows.filter(({ to }) => to.startsWith('src/') || to.startsWith('runtimes/'))

test('imports are seen, those over several lines too', () => {
  expect(arrows).toContainEqual({ from: 'src/protocol/codec.ts', to: 'src/errors.ts', isLoaded: true })
  expect(arrows).toContainEqual({ from: 'src/client/index.ts', to: 'src/client/client.ts', isLoaded: true })
})

test('imports run one way, from the command line down to the wire', () => {
  const layered = within.filter(({ from }) => folderOf(from) !== CLIENT)
  expect(layered.filter(runsBack).map(show)).toEqual([])
})

test('the client knows of the runner only the wire', () => {
  const ofClient = within.filter(({ from }) => folderOf(from) === CLIENT)
  expect(ofClient.filter(({ to }) => !CLIENT_MAY.includes(folderOf(to))).map(show)).toEqual([])
})

test('no imports go in a circle', () => {
  const files = [...new Set(within.map(({ from }) => from))]
  expect(files.map(circleFrom).filter((circle) => circle !== undefined)).toEqual([])
})

test('one file imports zeromq', () => {
  expect(importersOf('zeromq')).toEqual(['src/client/sockets.ts'])
})

test('a session loads no package that only other commands need', () => {
  const loaded = loadedFrom('src/cli/main.ts').filter((path) => !/^(src|runtimes)\/|^node:/.test(path))
  expect(loaded.sort()).toEqual(LOADED_AT_START)
})

test('a language is imported by nobody by its name', () => {
  const named = within.filter(({ from, to }) => isOfLanguage(to) && !from.startsWith(dirname(to)))
  expect(named.map(show)).toEqual([])
})

/** What several languages share lies beside them, in a folder that is none. */
function isOfLanguage(path: string): boolean {
  return path.startsWith('runtimes/') && existsSync(join(PROJECT, dirname(path), 'runtime.ts'))
}

/** The longest prefix of a path that is a folder of the layout, or the file right in `src`. */
function folderOf(path: string): string {
  return path.startsWith('runtimes/') ? 'runtimes' : path.split('/').slice(0, 2).join('/')
}

function layerOf(path: string): number {
  const layer = LAYERS.findIndex((folders) => folders.includes(folderOf(path)))
  if (layer < 0 && folderOf(path) !== CLIENT)
    throw new Error(`${path} is in no layer: name its folder in LAYERS`)
  return layer
}

function runsBack({ from, to }: Arrow): boolean {
  const isFromTop = folderOf(from) === 'src/cli'
  if (folderOf(to) === CLIENT) return !isFromTop
  return layerOf(to) > layerOf(from)
}

function circleFrom(start: string): string | undefined {
  const seen = new Set<string>()
  const walk = (path: string[]): string[] | undefined => {
    const here = path.at(-1) ?? start
    if (path.length > 1 && here === start) return path
    if (path.length > 1 && seen.has(here)) return undefined
    seen.add(here)
    const next = within.filter(({ from }) => from === here)
    return next.map(({ to }) => walk([...path, to])).find((circle) => circle !== undefined)
  }
  return walk([start])?.join(' -> ')
}

function loadedFrom(start: string): string[] {
  const found = new Set([start])
  for (const path of found)
    for (const { from, to, isLoaded } of arrows) if (from === path && isLoaded) found.add(to)
  return [...found]
}

function importsOf(file: string): Arrow[] {
  const source = readFileSync(join(PROJECT, file), 'utf8')
  const specifiers = [
    ...source.matchAll(/^\s*(?:import|export|\})[^'"\n]*?\bfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm),
  ]
  const sideEffects = [...source.matchAll(/^import '([^']+)'/gm)]
  return [...specifiers, ...sideEffects].map((match) => {
    const specifier = match[1] ?? match[2] ?? ''
    const isOurs = specifier.startsWith('.')
    return {
      from: file,
      to: isOurs ? relative(PROJECT, join(PROJECT, dirname(file), specifier)) : specifier,
      isLoaded: match[2] === undefined && !/^\s*(import|export) type\b/.test(match[0]),
    }
  })
}

function importersOf(library: string): string[] {
  return arrows.filter(({ to }) => to === library).map(({ from }) => from)
}

function show({ from, to }: Arrow): string {
  return `${from} -> ${to}`
}
