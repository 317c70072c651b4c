import type { LaunchOptions } from '../../image/launch/request.ts'

/** What was asked of `krunner launch`. */
export interface Launch {
  readonly image: string
  /** Empty: a console, or standard input as a cell. */
  readonly command: readonly string[]
  readonly engine?: string
  readonly tree?: string
  readonly isDryRun: boolean
  readonly options: LaunchOptions
}
