/**
 * The catalogue of coded errors. Each says what was asked, what was found and the mend. `docs/errors.md`
 * lists them for people; a test ties the two together.
 */
const CATALOGUE = {
  FRAMES: (found: number) => `a message has exactly 2 frames, a type and a payload; this one has ${found}`,
  UNKNOWN_TYPE: (found: string) => `unknown message type '${found}'`,
  BAD_UTF8: (type: string) => `the payload of '${type}' is not valid UTF-8`,
  BAD_JSON: (type: string, why: string) => `the payload of '${type}' does not parse as JSON: ${why}`,
  BAD_PAYLOAD: (type: string, why: string) => `the payload of '${type}' is not of its form: ${why}`,
  UNKNOWN_RUNTIME: (asked: string, known: readonly string[]) =>
    `there is no runtime type '${asked}'; choose one of ${known.join(', ')}`,
  BAD_OPTION: (option: string, found: string, wanted: string) => `${option} is '${found}': ${wanted}`,
  NO_EXECUTABLE: (runtime: string, asked: string, mend: string) => `${runtime}: ${asked}; ${mend}`,
  BAD_FOLDER: (what: string, path: string, why: string) => `${what} '${path}' ${why}`,
  PORT_IN_USE: (address: string, option: string) =>
    `${address} is in use by another process; end that one, or choose another port with ${option} (0 takes a free one)`,
  CANNOT_LISTEN: (address: string, why: string) => `cannot listen on ${address}: ${why}`,
  BAD_CONFIG_FILE: (path: string, why: string) => `${path}: ${why}`,
  SPAWN: (program: string, why: string) => `cannot run '${program}': ${why}`,
  NUL_BYTE: (what: string, offset: number) =>
    `${what} has a NUL byte at offset ${offset}; take it out and send it again`,
  TOO_LARGE: (what: string, found: string, limit: string, mend: string) =>
    `${what} is ${found}, and the limit is ${limit}; ${mend}`,
  DRIVER_FRAME: (runtime: string, why: string) => `the ${runtime} driver broke its protocol: ${why}`,
  DRIVER_START: (runtime: string, why: string) => `the ${runtime} driver did not start: ${why}`,
  DRIVER_STATE: (asked: string, state: string) => `cannot ${asked} in a ${state} driver`,
  ZMTP: (why: string) => `the peer does not speak ZMTP 3 as a ZeroMQ socket of our pattern does: ${why}`,
  BAD_TEMPLATE: (part: string, why: string) => `the template part ${part} cannot be filled in: ${why}`,
  BAD_COMMAND: (line: string, why: string) => `the command line '${line}' cannot be split: ${why}`,
  BAD_POLICY: (file: string, why: string) => `the jail policy ${file} is not used: ${why}`,
  BAD_DEFINITION: (file: string, why: string) => `the service definition ${file} is not used: ${why}`,
  BAD_SERVICE: (name: string, why: string) => `service '${name}' cannot be started as asked: ${why}`,
  SERVICE_FAILED: (name: string, why: string) => `service '${name}' did not start: ${why}`,
  CLIENT_CLOSED: () => 'this client is closed; connect a new one',
  RUNNER_ENDED: (outcome: string, log: string) =>
    `the runner ${outcome}; the last it wrote: ${log || 'nothing'}`,
  BAD_IMAGE: (asked: string, why: string) => `'${asked}' cannot be looked at: ${why}`,
  NO_RUNTIME: () => 'say which runtime to start, such as `python`, or --connect HOST:IN:OUT',
  NO_TERMINAL: () =>
    'a console needs a terminal on its input and output; `krunner run` takes a file or its standard input',
  NO_TERMINAL_SERVICE: (address: string, why: string) =>
    `there is no terminal to attach to at ${address}: ${why}`,
  BAD_MANIFEST: (places: string) => `the images' manifest cannot be used:\n${places}`,
  UNKNOWN_IMAGE: (asked: string, mend: string) => `the manifest has no image '${asked}'; ${mend}`,
  BAD_IMAGE_TEMPLATE: (place: string) => `a template of the images cannot be rendered:\n${place}`,
  NO_ANSWER: (address: string, seconds: number) =>
    `no runner answers at ${address} within ${seconds} s; check the address, and that \`krunner serve\` runs there`,
  NO_ENGINE: (why: string) =>
    `no container engine can be used: ${why}; install podman or docker, or name one with --engine`,
  NO_TREE: (place: string) =>
    `there is no tree at ${place}; \`npm run bundle\` makes it, or name one with --tree`,
  NO_IMAGE: (asked: string, why: string) => `there is no image '${asked}': ${why}`,
  LAUNCH: (why: string, mend: string) => `the image cannot be launched: ${why}; ${mend}`,
  JAIL_KERNEL: (lacking: string) =>
    `the jail cannot be enforced here: ${lacking}; start with --jail=best-effort to do with what there is`,
  JAIL_START: (why: string) => `the jail cannot be set up: ${why}`,
} as const

type Catalogue = typeof CATALOGUE
export type ErrorCode = keyof Catalogue
export const ERROR_CODES = Object.keys(CATALOGUE) as ErrorCode[]

/** An error of the catalogue: `code` for programs, `message` for people, `cause` the original. */
export class KrunnerError extends Error {
  readonly code: ErrorCode

  private constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'KrunnerError'
    this.code = code
  }

  static of<C extends ErrorCode>(code: C, ...details: Parameters<Catalogue[C]>): KrunnerError {
    return KrunnerError.because(undefined, code, ...details)
  }

  static because<C extends ErrorCode>(
    cause: unknown,
    code: C,
    ...details: Parameters<Catalogue[C]>
  ): KrunnerError {
    const compose = CATALOGUE[code] as (...details: Parameters<Catalogue[C]>) => string
    return new KrunnerError(code, compose(...details), cause)
  }
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
