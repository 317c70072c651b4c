import { type DestinationStream, pino } from 'pino'

export interface Logger {
  debug(message: string): void
  info(message: string): void
  /** Also reaches the agent. */
  warn(message: string): void
  /** Also reaches the agent. */
  error(message: string): void
}

/** Told of warnings and errors, so that they also reach the agent. */
export type WarningListener = (level: 'warning' | 'error', message: string) => void

/** Logs on stderr: for people on a terminal, JSON otherwise. */
export async function createLogger(debug: boolean, onWarning: WarningListener): Promise<Logger> {
  const log = pino({ name: 'krunner', level: debug ? 'debug' : 'info' }, await destination())
  return {
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn(message) {
      log.warn(message)
      onWarning('warning', message)
    },
    error(message) {
      log.error(message)
      onWarning('error', message)
    },
  }
}

async function destination(): Promise<DestinationStream> {
  if (!process.stderr.isTTY) return pino.destination({ dest: 2, sync: true })
  const { default: pretty } = await import('pino-pretty')
  return pretty({
    destination: 2,
    sync: true,
    colorize: !process.env.NO_COLOR,
    ignore: 'pid,hostname,name',
    translateTime: 'SYS:HH:MM:ss.l',
  })
}
