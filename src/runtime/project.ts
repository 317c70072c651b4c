import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a runtime may look at to make its plans: the names in a project folder, read afresh each time. */
export class ProjectFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  hasFile(name: string): boolean {
    return statSync(join(this.path, name), { throwIfNoEntry: false })?.isFile() ?? false
  }

  hasFolder(name: string): boolean {
    return statSync(join(this.path, name), { throwIfNoEntry: false })?.isDirectory() ?? false
  }

  /** The first of these files that is there. */
  firstOf(...names: string[]): string | undefined {
    return names.find((name) => this.hasFile(name))
  }

  /** Names of the files right in the folder with one of these endings (`.c`), sorted. */
  filesEnding(...endings: string[]): string[] {
    return readdirSync(this.path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => entry.name)
      .sort()
  }

  /** A file's text, or undefined where it can't be read. */
  read(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), 'utf8')
    } catch {
      return undefined
    }
  }
}
