/** A module has to be compiled before the files that use it. */
import type { ProjectFolder } from '../../src/runtime/project.ts'

const DEFINES = /^\s*module\s+(?!procedure\b)(\w+)\s*(?:!.*)?$/gim
const USES = /^\s*use\b(?:\s*,[^:\n]*::|\s*::)?\s*(\w+)/gim

/** The names in an order that compiles, else as near to it as a circle allows. */
export function modulesFirst(names: readonly string[], project: ProjectFolder): readonly string[] {
  const texts = new Map(names.map((name) => [name, project.read(name) ?? '']))
  const homes = new Map<string, string>()
  for (const [name, text] of texts) for (const module of wordsOf(text, DEFINES)) homes.set(module, name)
  const ordered = new Set<string>()
  const visiting = new Set<string>()
  const visit = (name: string): void => {
    if (visiting.has(name)) return
    visiting.add(name)
    for (const module of wordsOf(texts.get(name) ?? '', USES)) {
      const home = homes.get(module)
      if (home) visit(home)
    }
    ordered.add(name)
  }
  for (const name of names) visit(name)
  return [...ordered]
}

function wordsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? '').toLowerCase())
}
