/** What the package exports: an agent's side of the protocol, and a runner of one's own. */
export { type ErrorCode, KrunnerError } from '../errors.ts'
export type { BatchStep, Command, CompleteRequest, ServiceInfo } from '../protocol/commands.ts'
export type { App, AppsOutcome, Result, ServiceOutcome, Status, StreamName } from '../protocol/results.ts'
export {
  type BatchCommands,
  type BatchResult,
  Client,
  type ClientOptions,
  type ResultListener,
} from './client.ts'
export { type RunnerOptions, type RunnerProcess, startRunner } from './runner.ts'
export type { Address } from './sockets.ts'
export type { Question, StepHandlers, StepResult } from './step.ts'
