/**
 * THE seam: what a language must say of itself. A runtime returns plans and runs nothing: it never
 * touches sockets, processes or pipes. `docs/adding-a-language.md` walks through one.
 */
import type { ProjectFolder } from './project.ts'
import type { CellSyntax } from './syntax.ts'

/** One process to run: an argument vector, never a shell line (see `shell()`). */
export interface CommandLine {
  readonly argv: readonly [string, ...string[]]
  /** Added to the step's environment. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * What a batch step runs: commands one after the other until one fails, or a sentence that says why
 * there is nothing to run (the step then ends with exit code 127).
 */
export type Plan = { readonly commands: readonly CommandLine[] } | { readonly impossible: string }

/** Where and with what a runtime works. All paths are absolute. */
export interface RuntimeContext {
  /** The language's executable: the image's `ai.backend.runtime-path`, or the one found in PATH. */
  readonly executable: string
  /** The runtime's own folder in our tree: `driver.py` and its like are in here. Read-only. */
  readonly folder: string
  /** A private folder of this session, writable, removed at its end. */
  readonly scratch: string
  /** The environment that user code will have. */
  readonly env: Readonly<Record<string, string>>
  /** The absolute path of a program that the child's PATH offers, or undefined. */
  which(program: string): string | undefined
}

export interface BatchPlans {
  clean(project: ProjectFolder, context: RuntimeContext): Plan
  /** Only asked where the project has no Makefile: `make` comes first, for every language. */
  build(project: ProjectFolder, context: RuntimeContext): Plan
  execute(project: ProjectFolder, context: RuntimeContext): Plan
}

/** A service that needs no definition of the image's. */
export interface KnownService {
  readonly name: string
  command(place: ServicePlace, context: RuntimeContext): CommandLine
}

/** Where a service is to serve. */
export interface ServicePlace {
  /** The address to listen at. */
  readonly host: string
  readonly port: number
  /** The working folder. */
  readonly work: string
}

/** How to start the query driver. */
export interface DriverLaunch extends CommandLine {
  /** Run in order before the driver, once a session (a compiler that builds the driver, say). */
  readonly prepare?: readonly CommandLine[]
  /** How long `ready` may take, in milliseconds; default 30,000. */
  readonly startTimeout?: number
  /** One sentence for the session's log where the start takes seconds. */
  readonly startNotice?: string
}

/** What query mode of this language offers beyond running cells; a table for people is made from it. */
export interface QueryFeatures {
  /** What a cell defines is there in the next. */
  readonly persistent: boolean
  /** The language's own ways to read a line ask the user. */
  readonly input: boolean
  readonly completion: boolean
  readonly inspection: boolean
  /** Sends `display` frames: plots, HTML, images. */
  readonly rich: boolean
}

export interface QuerySupport {
  readonly features: QueryFeatures
  /** Missing: the console goes by brackets, double quotes and a colon or backslash at a line's end. */
  readonly syntax?: CellSyntax
  launch(context: RuntimeContext): DriverLaunch
}

export interface Runtime {
  /** The value of `ai.backend.runtime-type`; also the name of its folder. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** The language's name for people. */
  readonly title: string
  /** What it works with, for people: `CPython 2.7, 3.5 to 3.14`. */
  readonly versions: string
  /** Programs to look for, best first, where no RUNTIME-PATH was given. Empty: it needs none. */
  readonly executables: readonly string[]
  /** An absolute path that serves where none of `executables` is found: our own Node can stand in. */
  readonly fallbackExecutable?: string
  /** Arguments that make the executable print its version, on either stream. Empty: there is none. */
  readonly versionArguments: readonly string[]
  /** What of that is the version: its first group. Default: the first number with a dot, else the first number. */
  readonly versionPattern?: RegExp
  /** Environment defaults: what the image or agent has set wins. */
  readonly environment?: (context: RuntimeContext) => Readonly<Record<string, string>>
  /** Folders that go in front of what variables such as PYTHONPATH hold. */
  readonly searchPaths?: (context: RuntimeContext) => Readonly<Record<string, string>>
  /** Missing: `*` answers that the runtime has no way of its own, and only explicit commands run. */
  readonly batch?: BatchPlans
  /** Missing: `code` answers with exit code 127. */
  readonly query?: QuerySupport
  readonly services?: readonly KnownService[]
  /** What the session has on a terminal from its start, over two sockets of its own. */
  readonly console?: (context: RuntimeContext) => CommandLine
}
