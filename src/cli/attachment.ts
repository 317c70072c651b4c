/** The runner that a command works with: one of its own, or one that runs already. */
import { Client, type ResultListener } from '../client/client.ts'
import { startRunner } from '../client/runner.ts'
import type { Address } from '../client/sockets.ts'
import { KrunnerError } from '../errors.ts'
import { findRuntime } from '../runtime/registry.ts'
import { addressText } from './address.ts'

export interface Attachment {
  /** A runner that runs already. Missing: one of our own, from what follows. */
  connect?: Required<Address>
  /** One that is started in another way. */
  open?: (onResult: ResultListener) => Promise<Session>
  runtime?: string
  runtimePath?: string
  work?: string
  debug?: boolean
  /** Takes the log of a runner of our own. */
  onLog?: (text: string) => void
  /** Takes every result from the first on. */
  onResult: ResultListener
}

export interface Session {
  readonly client: Client
  /** The runtime's name, where the runner tells it. */
  readonly runtime: string | undefined
  /** Resolves when a runner of ours is gone. */
  readonly lost: Promise<KrunnerError>
  /** Stops a runner of ours; one that ran before goes on. */
  close(): Promise<void>
}

/** How long a runner that is there may take to say so, in seconds. It answers `status` at once. */
const ANSWER_LIMIT = 5

const ALREADY_RUNS = 'a runner that runs already has its own; leave it out'

/** Few results wait on our side, so that an interrupt does not come after a flood of old output. */
const CLIENT_OPTIONS = { receiveHighWaterMark: 4 }

export async function attach(attachment: Attachment): Promise<Session> {
  const { connect, open, runtime } = attachment
  if (open) return open(attachment.onResult)
  // Throws for a name that nobody knows, before anything is started.
  const name = runtime === undefined ? undefined : (await findRuntime(runtime)).runtime.name
  if (connect) return join(connect, name, attachment)
  if (name === undefined) throw KrunnerError.of('NO_RUNTIME')
  return start(name, attachment)
}

async function start(runtime: string, attachment: Attachment): Promise<Session> {
  const { runtimePath, work, debug, onLog } = attachment
  const runner = await startRunner({
    runtime,
    client: CLIENT_OPTIONS,
    // A container's session has one of its own; in a project's folder it is somebody else's script.
    bootstrap: false,
    ...(runtimePath === undefined ? {} : { runtimePath }),
    ...(work === undefined ? {} : { work }),
    ...(debug ? { debug } : {}),
    ...(onLog ? { onStderr: onLog } : {}),
  })
  runner.client.onResult(attachment.onResult)
  return { client: runner.client, runtime, lost: runner.exited, close: () => runner.stop() }
}

async function join(
  address: Required<Address>,
  expected: string | undefined,
  attachment: Attachment,
): Promise<Session> {
  const { runtimePath } = attachment
  if (runtimePath !== undefined)
    throw KrunnerError.of('BAD_OPTION', 'RUNTIME-PATH', runtimePath, ALREADY_RUNS)
  const client = await Client.connect(address, CLIENT_OPTIONS)
  const runtime = await firstStatus(client, address, attachment.onResult)
  if (expected !== undefined && runtime !== undefined && runtime !== expected) {
    client.close()
    throw KrunnerError.of(
      'BAD_OPTION',
      'RUNTIME',
      expected,
      `the runner at ${addressText(address)} runs ${runtime}`,
    )
  }
  return { client, runtime, lost: new Promise(() => {}), close: async () => client.close() }
}

/** The runtime's name, where the runner tells it. Throws NO_ANSWER where there is none. */
async function firstStatus(client: Client, address: Required<Address>, onResult: ResultListener) {
  const noAnswer = KrunnerError.of('NO_ANSWER', addressText(address), ANSWER_LIMIT)
  const timer = setTimeout(() => client.close(noAnswer), ANSWER_LIMIT * 1000)
  client.onResult((result) => {
    // What an agent before us has not read comes first, and shows that the runner is there.
    clearTimeout(timer)
    return onResult(result)
  })
  try {
    const { runtime } = await client.status()
    return runtime
  } finally {
    clearTimeout(timer)
  }
}
