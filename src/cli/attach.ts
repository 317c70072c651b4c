/** The runner that a command works with: one of its own, or one that runs already. */
import { Client, type ResultListener } from '../client/client.ts'
import { startRunner } from '../client/runner.ts'
import type { Address } from '../client/sockets.ts'
import { KrunnerError } from '../errors.ts'
import { addressText } from './address.ts'

export interface Attachment {
  /** A runner that runs already. Missing: one of our own, from what follows. */
  connect?: Required<Address>
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

/** Few results wait on our side, so that an interrupt does not come after a flood of old output. */
const CLIENT_OPTIONS = { receiveHighWaterMark: 4 }

export async function attach(attachment: Attachment): Promise<Session> {
  const { connect, runtime } = attachment
  if (connect) return join(connect, attachment.onResult)
  if (runtime === undefined) throw KrunnerError.of('NO_RUNTIME')
  return start(runtime, attachment)
}

async function start(runtime: string, attachment: Attachment): Promise<Session> {
  const { runtimePath, work, debug, onLog } = attachment
  const runner = await startRunner({
    runtime,
    client: CLIENT_OPTIONS,
    ...(runtimePath === undefined ? {} : { runtimePath }),
    ...(work === undefined ? {} : { work }),
    ...(debug ? { debug } : {}),
    ...(onLog ? { onStderr: onLog } : {}),
  })
  runner.client.onResult(attachment.onResult)
  return { client: runner.client, runtime, lost: runner.exited, close: () => runner.stop() }
}

async function join(address: Required<Address>, onResult: ResultListener): Promise<Session> {
  const client = await Client.connect(address, CLIENT_OPTIONS)
  const noAnswer = KrunnerError.of('NO_ANSWER', addressText(address), ANSWER_LIMIT)
  const timer = setTimeout(() => client.close(noAnswer), ANSWER_LIMIT * 1000)
  client.onResult((result) => {
    // What an agent before us has not read comes first, and shows that the runner is there.
    clearTimeout(timer)
    return onResult(result)
  })
  try {
    const { runtime } = await client.status()
    return { client, runtime, lost: new Promise(() => {}), close: async () => client.close() }
  } finally {
    clearTimeout(timer)
  }
}
