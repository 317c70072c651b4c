/** What an agent may ask of the runner. Source: the wire protocol, "Commands". */

export type BatchStep = 'clean' | 'build' | 'exec'

/** The answer that closes each step, one for one. */
export const FINISHED = {
  clean: 'clean-finished',
  build: 'build-finished',
  exec: 'finished',
  code: 'finished',
} as const satisfies Record<BatchStep | 'code', string>

export type FinishedType = (typeof FINISHED)[BatchStep | 'code']

/**
 * Where completion is wanted. `row` and `col` (both from 0) are a place in `code`; `line` is the text
 * of the line up to the cursor and `post` what follows it.
 */
export interface CompleteRequest {
  code: string
  row?: number
  col?: number
  line?: string
  post?: string
}

/** A service as the agent names it in `start-service`. */
export interface ServiceInfo {
  name: string
  port: number
  ports?: number[]
  protocol: 'tcp' | 'http' | 'pty' | 'preopen'
  options?: { arguments?: Record<string, unknown>; envs?: Record<string, unknown> }
}

export type Command =
  /** `command` is a shell command, `*` for the runtime's own way, or empty to skip the step. */
  | { type: BatchStep; command: string }
  | { type: 'code'; source: string }
  | { type: 'input'; text: string }
  | { type: 'complete'; request: CompleteRequest }
  | { type: 'interrupt' }
  | { type: 'status' }
  | { type: 'event'; event: { type: string; data?: unknown } }
  | { type: 'start-service'; service: Record<string, unknown> }
  | { type: 'shutdown-service'; name: string }
  | { type: 'start-model-service'; model: Record<string, unknown> }
  | { type: 'get-apps'; name: string }

export type CommandType = Command['type']
