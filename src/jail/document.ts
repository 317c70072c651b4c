/** One policy file by itself; what it inherits is not in it yet. */
import type { PathOperation, Said } from './policy.ts'
import type { Problem } from './problem.ts'
import type { Document, DocumentKey } from './schema.ts'

/** A policy's file, read: what it says, and where. */
export interface PolicyDocument {
  readonly file: string
  readonly said: Document
  readonly paths: ReadonlyMap<PathOperation, readonly Said<string>[]>
  /** A list's entries with their places; undefined: the key is not there. */
  list<T>(key: DocumentKey): readonly Said<T>[] | undefined
  value<T>(key: DocumentKey): Said<T> | undefined
  limits(): Record<string, Said<number>>
}

export interface Read<T> {
  /** Undefined where a problem is an error. */
  readonly result: T | undefined
  readonly problems: readonly Problem[]
}
