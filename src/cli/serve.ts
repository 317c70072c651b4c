import { writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import {
  type Config,
  DEFAULT_PORT_IN,
  DEFAULT_PORT_OUT,
  DEFAULT_PORT_SSHD,
  DEFAULT_PORT_TERMINAL_IN,
  DEFAULT_PORT_TERMINAL_OUT,
  DEFAULT_PORT_TTYD,
  readIntrinsicPorts,
} from '../daemon/config.ts'
import type { Logger } from '../daemon/logger.ts'
import { Session } from '../daemon/session.ts'
import { messageOf } from '../errors.ts'
import { separateFromUserCode } from '../process/own-user.ts'
import { temporaryFolder } from '../process/temporary.ts'
import { jailOption } from './jail-option.ts'
import { portParser } from './port.ts'
import { parseSize } from './size.ts'
import { STOP_SIGNALS, wasAskedToStop } from './stop-signals.ts'

type Port = 'portIn' | 'portOut' | 'portTerminalIn' | 'portTerminalOut' | 'portTtyd' | 'portSshd'

/** The ports may be said by the config folder instead. */
type ServeOptions = Omit<Config, 'runtime' | 'runtimePath' | Port> &
  Partial<Pick<Config, Port>> & { intrinsicServices: boolean; untilEof: boolean }

const parsePort = portParser(0)

const DEFAULT_DEFINITIONS = '/etc/backend.ai/service-defs'
const DEFAULT_SPOOL_LIMIT = 2 ** 30

export function register(program: Command): void {
  program
    .command('serve')
    .description('run the daemon: commands come in on one ZeroMQ socket, results go out on another')
    .argument('<runtime>', "the image's ai.backend.runtime-type")
    .argument('[runtime-path]', "the language's executable (default: found in PATH)")
    .option('--listen <address>', 'address to bind', '127.0.0.1')
    .option(
      '--port-in <port>',
      `port for commands; 0 takes a free one (default: intrinsic-ports.json, else ${DEFAULT_PORT_IN})`,
      parsePort,
    )
    .option(
      '--port-out <port>',
      `port for results; 0 takes a free one (default: intrinsic-ports.json, else ${DEFAULT_PORT_OUT})`,
      parsePort,
    )
    .option(
      '--port-terminal-in <port>',
      `port for keys, of a runtime with a console; 0 takes a free one (default: ${DEFAULT_PORT_TERMINAL_IN}, or free like --port-in)`,
      parsePort,
    )
    .option('--port-terminal-out <port>', 'port for its screen, likewise', parsePort)
    .option(
      '--port-ttyd <port>',
      `port for the terminal of every runtime (default: intrinsic-ports.json, else ${DEFAULT_PORT_TTYD})`,
      parsePort,
    )
    .option('--port-sshd <port>', `port for ssh (default: likewise, else ${DEFAULT_PORT_SSHD})`, parsePort)
    .option('--no-intrinsic-services', 'start neither of these two')
    .option('--work <folder>', 'working folder', '.')
    .option('--config <folder>', 'folder with environ.txt and intrinsic-ports.json', '/home/config')
    .option('--service-definitions <folder>', "the image's service definitions", DEFAULT_DEFINITIONS)
    .option('--spool <folder>', 'where output waits that no agent reads', temporaryFolder())
    .option(
      '--spool-limit <size>',
      'the most that may wait there, such as 512M',
      parseSize,
      DEFAULT_SPOOL_LIMIT,
    )
    .addOption(jailOption().default('off'))
    .option(
      '--policy <file>',
      "the jail's policy (default: the image's /etc/backend.ai/jail/policy.yml, else ours for the runtime)",
    )
    .option('--no-bootstrap', "do not run the working folder's bootstrap.sh")
    .option('--until-eof', 'end when standard input does: whoever holds its other end has gone', false)
    .option('--debug', 'log more', false)
    .action(serve)
}

/**
 * The command line with which an agent starts its own runner, in ours: `-s -m ai.backend.kernel [--debug]
 * RUNTIME-TYPE [RUNTIME-PATH]`. Any other is returned as it is.
 */
export function translateAgentArguments(args: readonly string[]): string[] {
  if (args[0] !== '-s' || args[1] !== '-m' || args[2] !== 'ai.backend.kernel') return [...args]
  return ['serve', '--listen', '0.0.0.0', '--work', '/home/work', ...args.slice(3)]
}

async function serve(runtime: string, runtimePath: string | undefined, options: ServeOptions): Promise<void> {
  const { untilEof, ...rest } = options
  const trouble = separateFromUserCode(process.env)
  const opening = Session.open(configOf(runtime, runtimePath, rest))
  const stop = stopOnSignals(opening)
  const session = await opening
  if (untilEof) process.stdin.resume().once('close', stop)
  if (trouble) session.log.warn(trouble)
  announce(`krunner ready runtime=${session.runtime} in=${session.portIn} out=${session.portOut}\n`)
}

function configOf(
  runtime: string,
  runtimePath: string | undefined,
  { intrinsicServices, ...options }: Omit<ServeOptions, 'untilEof'>,
): Config {
  const config = resolve(options.config)
  const ports = readIntrinsicPorts(config)
  return {
    ...options,
    runtime,
    runtimePath,
    portIn: options.portIn ?? ports.replin ?? DEFAULT_PORT_IN,
    portOut: options.portOut ?? ports.replout ?? DEFAULT_PORT_OUT,
    portTtyd: intrinsicServices ? (options.portTtyd ?? ports.ttyd ?? DEFAULT_PORT_TTYD) : undefined,
    portSshd: intrinsicServices ? (options.portSshd ?? ports.sshd ?? DEFAULT_PORT_SSHD) : undefined,
    portTerminalIn: options.portTerminalIn ?? (options.portIn === 0 ? 0 : DEFAULT_PORT_TERMINAL_IN),
    portTerminalOut: options.portTerminalOut ?? (options.portIn === 0 ? 0 : DEFAULT_PORT_TERMINAL_OUT),
    work: resolve(options.work),
    config,
    serviceDefinitions: resolve(options.serviceDefinitions),
    spool: resolve(options.spool),
    policy: options.policy && resolve(options.policy),
  }
}

/** Who started us may not read, or be gone. */
function announce(line: string): void {
  try {
    writeSync(1, line)
  } catch {
    // The sockets serve all the same.
  }
}

/** Also while it opens: as process 1 we would be deaf to a signal without a handler. Returns the way to stop without one. */
function stopOnSignals(opening: Promise<Session>): () => void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void opening.then((session) => session.close()).finally(() => process.exit(0))
  }
  const isLate = wasAskedToStop()
  for (const signal of STOP_SIGNALS) process.on(signal, stop)
  if (isLate) stop()
  opening.then(({ log }) => logFaults(log), ignoreFailure)
  return stop
}

/** Who opens the session tells of it. */
function ignoreFailure(): void {}

function logFaults(log: Logger): void {
  process.on('uncaughtException', (error) =>
    log.error(`a fault of the runner: ${error.stack ?? error.message}`),
  )
  process.on('unhandledRejection', (error) => log.error(`a fault of the runner: ${messageOf(error)}`))
}
