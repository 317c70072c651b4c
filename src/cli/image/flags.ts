/** What each command is told, as commander names it. */
import type { BuilderName } from '../../image/factory/engines.ts'

export interface FolderFlags {
  readonly images?: string
}

export interface GenerateFlags extends FolderFlags {
  readonly version?: string
  readonly output?: string
  readonly dumpMetadata?: true
  readonly overwrite?: true
}

export interface LsFlags extends FolderFlags {
  readonly json?: true
}

export interface BuildFlags extends FolderFlags {
  readonly engine?: BuilderName
  readonly version?: string
  readonly jobs: number
  readonly base: Readonly<Record<string, string>>
  readonly buildArg: Readonly<Record<string, string>>
  readonly arch?: string
  readonly network?: string
  readonly dryRun?: true
}

export interface PushFlags extends FolderFlags {
  readonly engine?: BuilderName
  readonly registry?: string
  readonly insecure?: true
  readonly retries: number
  readonly dryRun?: true
}
