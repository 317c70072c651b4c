/**
 * What each language shows of itself to the conformance suite: source texts and what must be seen of
 * them, nothing else. A language is one file, `test/samples/NAME.ts`, with a default export of `Samples`.
 *
 * All cells of one language run in one session, in the order of the suite, so names of one sample must
 * not clash with those of another. Cells run in the session's working folder, which is writable.
 */

/** A string is the whole text, but for white space at its end; a regular expression matches anywhere in it. */
export type Expectation = string | RegExp

/** One cell, and what must be seen of it. */
export interface Cell {
  readonly code: string
  readonly stdout?: Expectation
  /** Where it is not given, a cell that ends with 0 must leave stderr empty. */
  readonly stderr?: Expectation
  /** Default 0. */
  readonly exitCode?: number
  /** Lines for its questions, in order. A cell that asks more or less often fails. */
  readonly answers?: readonly string[]
}

/** Cells that run one after the other; all but the last set the scene. */
export type Story = readonly [Cell, Cell, ...Cell[]]

/** Collections are tested with at least two entries. */
export type AtLeastTwo<T> = readonly [T, T, ...T[]]

/** What a target may lack: `matplotlib`, say. A sample that needs what the target lacks is skipped. */
export interface Demanding {
  readonly needs?: string
}

export interface Samples {
  /** The runtime type. */
  readonly runtime: string
  /** Missing: the suite checks that `code` is answered with exit code 127 and a sentence. */
  readonly query?: QuerySamples
  /** Missing: the suite checks that `*` is answered with exit code 127 and a sentence. */
  readonly batch?: BatchSamples
}

export interface QuerySamples {
  /** In the banner of `ready`, and in what the language says of itself. */
  readonly language: RegExp
  /** The value of a last expression, as the language's own REPL shows it. */
  readonly values: AtLeastTwo<Cell>
  /** A cell whose last statement has no value to show: its stdout is empty. */
  readonly quiet: string
  /** What one cell leaves for the next. */
  readonly context: {
    readonly variable: Story
    readonly function: Story
    /** Missing: the language has none. */
    readonly type?: Story
    readonly import: Story
    /** Defines, uses, defines again and uses: the last definition wins. */
    readonly redefinition: Story
    /** A cell that fails half way, exit code 1; a later one sees what ran before the error. */
    readonly halfway: Story
  }
  readonly errors: AtLeastTwo<ErrorSample>
  /** Prints to both streams: each text is in its own stream only. Name both. */
  readonly streams: Required<Pick<Cell, 'code' | 'stdout' | 'stderr'>>
  /**
   * Prints the line `first`, waits until the file `go-on` is in the working folder (the suite makes it once
   * it has seen `first`), then prints the line `second`.
   */
  readonly streaming: string
  /** Letters outside ASCII, and at least one outside the basic plane, in code and in output. */
  readonly utf8: AtLeastTwo<Cell>
  readonly input: InputSamples
  readonly interrupt: InterruptSamples
  readonly exits: ExitSamples
  /** Several declarations and statements in one cell, the last one's value or output shown. */
  readonly several: AtLeastTwo<Cell>
  /** Prints the numbers from 1 to 170000, one a line: a megabyte. Nothing else. */
  readonly megabyte: string
  readonly completions: AtLeastTwo<CompletionSample>
  /** Unclosed blocks, strings, brackets: each is an error (a word on stderr), never a hang. */
  readonly incomplete: AtLeastTwo<string>
  /** Exit code of code that does not parse, where that is the language's own; default 1. */
  readonly syntaxError?: number
  readonly crash: CrashSample
  /** Plots, tables, images; for a language that has them. */
  readonly displays?: readonly DisplaySample[]
  /** What the language promises beyond this list; the name is the test's name. */
  readonly extras?: readonly ExtraSample[]
}

export interface ErrorSample {
  /** Runs first: a name that must still be there `after`. */
  readonly before?: Cell
  readonly code: string
  /** Where the language's errors have codes of their own; default 1. */
  readonly exitCode?: number
  /** The line of the cell, from 1, that the message must name. */
  readonly line: number
  /** The error's kind, and the user's own source line where the language shows it. */
  readonly stderr: RegExp
  /** What must not be in stderr: frames of the driver. */
  readonly hidden?: RegExp
  /** Shows that the context is still there. */
  readonly after: Cell
}

export interface InputSamples {
  /** Ask with a prompt that ends without a newline. stdout has the prompt too; the answer is not echoed. */
  readonly questions: AtLeastTwo<Cell & Required<Pick<Cell, 'answers'>>>
  /** Asks for a password, where the language can. */
  readonly password?: Cell & Required<Pick<Cell, 'answers'>>
  /** Asks, and is interrupted instead of answered: exit code 1. */
  readonly cancelled: Pick<Cell, 'code' | 'stderr'>
}

/** Each prints the line `begun` and is then interrupted: exit code 1, and `stderr` says so. */
export interface InterruptSamples {
  readonly before: Cell
  readonly loop: Pick<Cell, 'code' | 'stderr'>
  readonly sleep: Pick<Cell, 'code' | 'stderr'>
  /** Prints `begun`, then reads a pipe, a socket or a subprocess that never says anything. */
  readonly read: Pick<Cell, 'code' | 'stderr'>
  /** Shows that the name of `before` is still there; runs after each. */
  readonly after: Cell
}

export interface ExitSamples {
  readonly before: Cell
  /** Requests to exit, each with its own `exitCode`, one of them not 0. */
  readonly requests: AtLeastTwo<Cell & Required<Pick<Cell, 'exitCode'>>>
  /** Whether the process survives its exit request. */
  readonly context: 'kept' | 'lost'
  /** Shows that the context was kept; runs after each request where it is. */
  readonly after: Cell
}

export interface CompletionSample extends Demanding {
  /** Runs first. */
  readonly define?: string
  /** The cursor is where `|` is. */
  readonly code: string
  readonly includes: readonly [string, ...string[]]
  /** What must not be suggested. */
  readonly excludes?: readonly string[]
}

export interface CrashSample {
  /** Dies of the signal, after it printed the line `begun`. */
  readonly code: string
  readonly signal: 'SIGSEGV' | 'SIGABRT' | 'SIGKILL' | 'SIGBUS' | 'SIGILL' | 'SIGFPE' | 'SIGTERM'
  /** True where the language runs cells from a checkpoint: the crash then loses only its own cell. */
  readonly contextKept?: boolean
  /** Defines a name. */
  readonly before: Cell
  /** Uses that name: `kept` where the context survives; else this must fail, exit code 1. */
  readonly after: Cell
}

export interface DisplaySample extends Demanding {
  readonly promise: string
  readonly code: string
  /** `text/html` arrives as an `html` message, all others as `media`. */
  readonly mime: string
  /** Of the text; for raster images the bytes are checked against the type's magic number. */
  readonly data?: RegExp
  readonly stdout?: Expectation
  /** How many of this type; default 1. */
  readonly count?: number
}

export interface ExtraSample extends Demanding {
  readonly promise: string
  readonly cells: readonly [Cell, ...Cell[]]
}

export interface BatchSamples {
  /** Heuristics: each project is cleaned, built and executed with `*`. */
  readonly projects: AtLeastTwo<ProjectSample>
  /** A project with none of the files the heuristics know; `exec *` answers 127 and this sentence. */
  readonly missingMain: RegExp
  /** Asks its user, as `answers` says. */
  readonly input: ProjectSample
  /** Prints both streams, and ends with its own exit code, not 0 and not 1. */
  readonly exit: ProjectSample & Required<Pick<ProjectSample, 'exitCode'>>
  /** A project whose build fails, for a language that builds: `exec` is then skipped with 127. */
  readonly broken?: ProjectSample
}

export interface ProjectSample extends Demanding {
  /** What it shows: `main.py runs`. */
  readonly promise: string
  /** Paths below the project folder, and their contents. */
  readonly files: Readonly<Record<string, string>>
  /** Paths that `build` must have made and that `clean`, run again at the end, must have removed. */
  readonly creates?: readonly string[]
  /** Of the step `exec`. */
  readonly stdout?: Expectation
  readonly stderr?: Expectation
  readonly exitCode?: number
  readonly answers?: readonly string[]
}
