/** Files that belong to an image: never more of one than makes sense, and never a device. */
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { messageOf } from '../errors.ts'
import type { CopiedFile, Place } from './described.ts'
import { formatSize } from './sizes.ts'

const LARGEST = 1024 ** 2

interface Complaint {
  readonly what: string
  readonly mend: string
}

export function readCopied({ source }: CopiedFile): { text: string; place: Place; complaint?: Complaint } {
  if ('body' in source) return { text: source.body, place: source.at }
  const place = { file: source.path }
  const read = readText(source.path, LARGEST)
  return typeof read === 'string' ? { text: read, place } : { text: '', place, complaint: read }
}

/** The text, or why it is not to be had. */
export function readText(path: string, largest: number): string | Complaint {
  try {
    const { size } = statSync(path)
    if (!statSync(path).isFile()) return { what: 'it is no file', mend: 'name a file' }
    if (size > largest)
      return {
        what: `it is larger than ${formatSize(largest)}`,
        mend: 'name a file that is what it should be',
      }
    const text = readFileSync(path, 'utf8')
    if (text.includes('\0'))
      return { what: 'it has a NUL byte, and is no text', mend: 'write it as UTF-8 text' }
    return text
  } catch (error) {
    return { what: messageOf(error), mend: 'see that it is there, and can be read' }
  }
}

/** Undefined where nothing of that name can be reached: also for circles of links, and names that are too long. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** Names in a folder; none where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
