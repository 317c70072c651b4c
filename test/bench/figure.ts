import type { Echo } from './peers/echo.ts'
import type { Ipykernel } from './peers/ipykernel.ts'
import type { Krunner, Launch } from './peers/krunner.ts'
import type { Repl, ReplCommand } from './peers/repl.ts'
import type { TerminalPeer } from './peers/terminal.ts'

/**
 * Who is measured. `echo` is the limit of all that goes over the sockets: two bare ZeroMQ sockets and nothing
 * behind them. `shell` is the same commands started without a runner, `repl` a language's own REPL on a terminal, `node-pty` a terminal without a runner, `bare container` one that runs `true`,
 * `no jail` a runner without one, `ptrace` that, with a tracer around the command.
 */
export type PeerName =
  | 'krunner'
  | 'ipykernel'
  | 'echo'
  | 'shell'
  | 'repl'
  | 'node-pty'
  | 'one alone'
  | 'bare container'
  | 'no jail'
  | 'ptrace'

export type Unit = 'ms' | 'MiB/s' | 'MiB' | '%' | '/s'

/** One line of the table. */
export interface Row {
  title: string
  unit: Unit
  /** One number a round. A peer that is missing here has none. */
  samples: Partial<Record<PeerName, number[]>>
  musts: Must[]
}

/** What our median must reach: a number, or a multiple of a peer's median. */
export interface Must {
  /** `within`: the peer's median and so much. */
  kind: 'at most' | 'at least' | 'within'
  /** In the row's unit, or how many times the peer's median. */
  limit: number
  of?: PeerName
  /** Only asked where that peer reaches at least this much. */
  where?: { peer: PeerName; reaches: number }
}

/** Starts those who are measured. */
export interface Peers {
  krunner(launch?: Launch): Promise<Krunner>
  echo(): Promise<Echo>
  /** Undefined where it is not installed. */
  ipykernel: (() => Promise<Ipykernel>) | undefined
  terminal: Record<'service' | 'bare', (argv: readonly string[]) => Promise<TerminalPeer>>
  /** Undefined where it is not installed. */
  repl(command: ReplCommand): (() => Promise<Repl>) | undefined
}

export interface Bench {
  peers: Peers
  /** How often to repeat: the full number, fewer with `--quick`. */
  rounds(full: number): number
  /** An empty one, to work in. */
  folder: string
  /** Seconds to watch an idle runner. */
  idleSeconds: number
}

export interface Figure {
  /** For `--only`. */
  name: string
  measure(bench: Bench): Promise<Row[]>
}
