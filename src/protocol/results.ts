import type { FinishedType } from './commands.ts'

/** The user's two output streams. */
export type StreamName = 'stdout' | 'stderr'

/** What the runner may tell an agent. Source: the wire protocol, "Results". */
export type Result =
  | { type: StreamName; data: Uint8Array }
  | { type: 'media'; mime: string; data: MediaData }
  | { type: 'html'; html: string }
  | { type: 'log'; text: string }
  | { type: 'waiting-input'; isPassword: boolean }
  | { type: FinishedType; exitCode: number }
  | { type: 'completion'; suggestions: string[] }
  | { type: 'status'; status: Status }
  | { type: 'service-result' | 'model-service-result'; outcome: ServiceOutcome }
  | { type: 'model-service-status'; modelName: string; isHealthy: boolean }
  | { type: 'apps-result'; apps: AppsOutcome }

export type ResultType = Result['type']

/** A `data:` URI for raster images, a list for a git history, and the text itself for everything else. */
export type MediaData = string | readonly unknown[]

/** `started_at` is in seconds on the monotonic clock. The other keys are an extension that old agents ignore. */
export interface Status {
  started_at: number
  runtime?: string
  /** What the language is doing: `starting`, `ready`, `busy`, `lost`, or `none` where there is no query mode. */
  query?: string
  /** Steps that wait, the running one not counted. */
  queued?: number
  /** Of the console, where there is one: the port for keys, and the one for the screen. */
  console?: { keys: number; screen: number }
  /** What serves, or is about to. */
  services?: { name: string; port: number }[]
}

export type ServiceOutcome =
  | { status: 'started' | 'running'; error?: never }
  | { status: 'failed'; error: string }

export interface AppsOutcome {
  status: 'done' | 'failed'
  data: App[]
  error?: string
}

export interface App {
  name: string
  url_template?: string
  allowed_arguments?: string[]
  allowed_envs?: string[]
}
