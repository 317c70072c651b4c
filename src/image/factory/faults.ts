/** Collects what is wrong with a manifest, so that its author sees all of it at once. */
import type { Path, Problem } from './document.ts'

export class Faults {
  readonly problems: Problem[] = []

  add(path: Path, message: string): undefined {
    if (!this.problems.some((known) => known.message === message && known.path.join() === path.join()))
      this.problems.push({ path, message })
  }

  /** The entry of that name; undefined, and a problem, where there is none. */
  find<T>(kind: string, from: Readonly<Record<string, T>>, name: string, path: Path): T | undefined {
    const found = Object.hasOwn(from, name) ? from[name] : undefined
    if (found !== undefined) return found
    return this.add(
      path,
      `is '${name}', and there is no such ${kind}; choose one of ${Object.keys(from).join(', ')}`,
    )
  }

  /** What a function gives; undefined, and a problem of what it throws. */
  attempt<T>(path: Path, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      return this.add(path, error instanceof Error ? error.message : String(error))
    }
  }
}
