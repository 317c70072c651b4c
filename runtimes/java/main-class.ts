/** Finds the class to run, by reading the sources: a plan is made before anything is compiled. */
import { basename } from 'node:path'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import { sourcesOf } from './sources.ts'

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"/g
const PACKAGE = /^\s*package\s+([\w.]+)\s*;/m
const TYPE = /\b(?:class|enum|interface|record)\s+(\w+)/g
const MAIN = /\bstatic\s+(?:\w+\s+)*void\s+main\s*\(/

/** The first of these that is there, compiled or not. */
const USUAL = ['main.Main', 'Main']

/** Undefined where there is none, or one cannot tell which. */
export function mainClassOf(project: ProjectFolder): string | undefined {
  const usual = USUAL.find((name) => isThere(project, name))
  if (usual) return usual
  const found = classesWithMain(project)
  return found.length === 1 ? found[0] : found.find((name) => name.endsWith('.Main'))
}

/** The sentence for where there is no class to run. */
export function missingMain(project: ProjectFolder): string {
  const found = classesWithMain(project)
  if (found.length > 1) return `several classes have a main: ${found.join(', ')}: name the program to run`
  return 'no class main.Main or Main here, and no other with a main: name the program to run'
}

function isThere(project: ProjectFolder, name: string): boolean {
  const path = name.replaceAll('.', '/')
  return project.firstOf(`${path}.java`, `${path}.class`) !== undefined
}

function classesWithMain(project: ProjectFolder): string[] {
  return sourcesOf(project)
    .map((path) => classWithMain(basename(path, '.java'), project.read(path) ?? ''))
    .filter((name) => name !== undefined)
}

/** The one that the file is called after, or else the last that begins before `main`. */
function classWithMain(file: string, source: string): string | undefined {
  const code = source.replace(COMMENT_OR_TEXT, ' ')
  const main = MAIN.exec(code)
  if (!main) return undefined
  const types = [...code.slice(0, main.index).matchAll(TYPE)].map(([, name]) => name)
  const name = types.includes(file) ? file : types.at(-1)
  return [PACKAGE.exec(code)?.[1], name].filter(Boolean).join('.')
}
