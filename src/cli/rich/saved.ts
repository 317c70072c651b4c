/** Rich output that the terminal can't show, as files for other programs. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/svg+xml': '.svg',
  'text/html': '.html',
  'application/json': '.json',
  'application/pdf': '.pdf',
  'application/vnd.sorna.gitgraph': '.json',
}

/** A folder of this session, made for its first file. It stays, for whoever looks at the files. */
export class SavedFiles {
  #folder: string | undefined
  #count = 0

  /** Returns the file's path. */
  save(mime: string, data: Uint8Array | string): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'krunner-'))
    this.#count++
    const path = join(this.#folder, `${this.#count}${ENDINGS[mime] ?? '.data'}`)
    writeFileSync(path, data)
    return path
  }
}
