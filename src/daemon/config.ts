import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { KrunnerError, messageOf } from '../errors.ts'

/** Everything `serve` needs to know; paths are absolute. */
export interface Config {
  runtime: string
  /** The language's executable, where it was given. */
  runtimePath: string | undefined
  listen: string
  /** 0 takes a free one. */
  portIn: number
  portOut: number
  /** Of a runtime with a console: the keys come in, the screen goes out. */
  portTerminalIn: number
  portTerminalOut: number
  work: string
  /** What the agent mounts at `/home/config`. */
  config: string
  /** Of the services that every runtime has; undefined: it is not started. */
  portTtyd: number | undefined
  portSshd: number | undefined
  /** The image's service definitions. */
  serviceDefinitions: string
  spool: string
  /** Bytes. */
  spoolLimit: number
  /** As the command line says it; the environment and the image may ask for more. */
  jail: 'off' | 'best-effort' | 'on'
  /** A jail policy; undefined: the image's, or ours for the runtime. */
  policy: string | undefined
  /** Whether the working folder's `bootstrap.sh` runs. */
  bootstrap: boolean
  debug: boolean
}

export const DEFAULT_PORT_IN = 2000
export const DEFAULT_PORT_OUT = 2001
export const DEFAULT_PORT_SSHD = 2200
export const DEFAULT_PORT_TTYD = 7681
export const DEFAULT_PORT_TERMINAL_IN = 2002
export const DEFAULT_PORT_TERMINAL_OUT = 2003

const port = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)))
const intrinsicPorts = v.object({ replin: port, replout: port, sshd: port, ttyd: port })

export type IntrinsicPorts = v.InferOutput<typeof intrinsicPorts>

/** `intrinsic-ports.json` of the config folder. Throws BAD_CONFIG_FILE; a missing file is empty. */
export function readIntrinsicPorts(folder: string): IntrinsicPorts {
  const path = join(folder, 'intrinsic-ports.json')
  const text = readOptional(path)
  if (text === undefined) return {}
  try {
    return v.parse(intrinsicPorts, JSON.parse(text))
  } catch (error) {
    throw KrunnerError.because(
      error,
      'BAD_CONFIG_FILE',
      path,
      `${messageOf(error)}; it should be like {"replin": 2000, "replout": 2001}`,
    )
  }
}

/** `environ.txt` of the config folder: `KEY=VALUE` lines; what is no such line is named in `ignored`. */
export function readEnvironFile(folder: string): { env: Record<string, string>; ignored: string[] } {
  const env: Record<string, string> = {}
  const ignored: string[] = []
  for (const line of (readOptional(join(folder, 'environ.txt')) ?? '').split('\n')) {
    const [, key, value] = /^([^=\s\0]+)=([^\0]*?)\r?$/.exec(line) ?? []
    if (key && value !== undefined) env[key] = value
    else if (line.trim() !== '') ignored.push(line)
  }
  return { env, ignored }
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw KrunnerError.because(error, 'BAD_CONFIG_FILE', path, messageOf(error))
  }
}
