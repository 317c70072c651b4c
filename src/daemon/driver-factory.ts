import { KrunnerError } from '../errors.ts'
import { spawnChild } from '../process/spawn.ts'
import type { StreamName } from '../protocol/results.ts'
import { Driver } from '../repl/driver.ts'
import type { CommandLine, Runtime } from '../runtime/runtime.ts'
import { displayResult } from './display.ts'
import { gateChild, type Host } from './host.ts'
import type { Outbox } from './outbox.ts'
import type { DriverFactory } from './query-mode.ts'

const START_TIMEOUT = 30_000
/** Of what a driver wrote before it died, this much is in the error, in characters. */
const LAST_WORDS = 2000

/** How this runtime's drivers are started, or undefined where it has none. */
export function driverFactory(runtime: Runtime, host: Host, outbox: Outbox): DriverFactory | undefined {
  const { query } = runtime
  if (!query) return undefined
  let prepared = false
  return async () => {
    const launch = query.launch(host.context)
    if (launch.startNotice) outbox.send({ type: 'log', text: launch.startNotice })
    if (!prepared) for (const line of launch.prepare ?? []) await prepare(runtime, host, line)
    prepared = true
    return startDriver(runtime, host, launch, launch.startTimeout ?? START_TIMEOUT)
  }
}

async function startDriver(
  runtime: Runtime,
  host: Host,
  launch: CommandLine,
  startTimeout: number,
): Promise<Driver> {
  const env = { ...host.context.env, ...launch.env }
  let lastWords = ''
  let isReady = false
  const sink = (stream: StreamName) => {
    const forward = host.output.sink(stream)
    return (chunk: Buffer) => {
      if (!isReady) lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS)
      host.input.outputSeen()
      forward(chunk)
    }
  }
  const driver = new Driver(
    {
      runtime: runtime.name,
      argv: launch.argv,
      env,
      stdinEnv: (inode) => host.input.environment(inode, env),
      cwd: host.work,
      startTimeout,
    },
    {
      onStdout: sink('stdout'),
      onStderr: sink('stderr'),
      onDisplay: (mime, data) => show(host, mime, data),
      onAsk(isPassword, prompt) {
        host.output.write('stdout', Buffer.from(prompt))
        host.input.asked(isPassword, (text) => driver.answer(text))
      },
    },
  )
  gateChild(host.gate, driver.child)
  const death = await driver.ready()
  if (death) {
    const said = lastWords.trim()
    throw KrunnerError.of('DRIVER_START', runtime.name, `it ${death.why}${said ? `; it wrote: ${said}` : ''}`)
  }
  isReady = true
  return driver
}

function show(host: Host, mime: string, data: Buffer): void {
  if (mime === 'text/plain') {
    host.output.write('stdout', data)
    return
  }
  const result = displayResult(mime, data)
  if (typeof result === 'string') host.output.note(result)
  else host.output.show(result)
}

/** Runs one command of a driver's preparation. Throws DRIVER_START with what it printed where it fails. */
async function prepare(runtime: Runtime, host: Host, line: CommandLine): Promise<void> {
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-LAST_WORDS)
  }
  const env = { ...host.context.env, ...line.env }
  const child = spawnChild({ argv: line.argv, env, cwd: host.work, onStdout: keep, onStderr: keep })
  const outcome = await child.exited
  child.stdout.drain()
  child.stderr.drain()
  child.closeStdin()
  if (outcome.exitCode === 0) return
  throw KrunnerError.of(
    'DRIVER_START',
    runtime.name,
    `'${line.argv.join(' ')}' failed (${outcome.exitCode}): ${printed.trim()}`,
  )
}
