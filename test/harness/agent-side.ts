/** What a test does as an agent, wherever the runner is: every message is held against the protocol. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Client } from '../../src/client/client.ts'
import type { StepHandlers, StepResult } from '../../src/client/step.ts'
import type { Result, Status } from '../../src/protocol/results.ts'
import type { ProtocolChecker } from './checker.ts'
import { until } from './until.ts'

export type Files = Readonly<Record<string, string>>

export abstract class AgentSide {
  readonly checker: ProtocolChecker
  /** The session's working folder. */
  readonly folder: string
  protected connection: Client

  protected constructor(client: Client, checker: ProtocolChecker, folder: string) {
    this.checker = checker
    this.folder = folder
    this.connection = this.watch(client)
  }

  /** Of the daemon. */
  abstract get pid(): number

  /** Ends the runner, and throws what it did wrong. */
  abstract end(): Promise<void>

  get client(): Client {
    return this.connection
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(files: Files): void {
    writeFiles(this.folder, files)
  }

  run(code: string, handlers?: StepHandlers): Promise<StepResult> {
    return this.connection.run(code, handlers)
  }

  /** A batch program alone: no clean and no build. */
  async exec(command: string, handlers?: StepHandlers): Promise<StepResult> {
    const { exec } = await this.connection.batch({ exec: command }, handlers)
    return exec
  }

  status(): Promise<Status> {
    return this.connection.status()
  }

  /** Resolves once the language is up, or has none. */
  ready(): Promise<Status> {
    return until('the language is up', async () => {
      const status = await this.status()
      return status.query !== 'starting' && status
    })
  }

  protected watch(client: Client): Client {
    const sendRaw = client.sendRaw.bind(client)
    client.sendRaw = (...frames) => {
      this.checker.sent(frames)
      return sendRaw(...frames)
    }
    client.onResult((result: Result) => this.checker.received(result))
    return client
  }
}

/** Those that begin with `#!` are executable. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, { mode: content.startsWith('#!') ? 0o755 : 0o644 })
  }
}

export async function complaintOf(check: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
