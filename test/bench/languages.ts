import type { ReplCommand } from './peers/repl.ts'

/** A language as the bench speaks it, and its own REPL where it has one. */
export interface Language {
  /** The runtime's. */
  readonly name: string
  /** The program both are run with, where the runtime would not take the REPL's. */
  readonly executable?: string
  /** A cell that shows the product of the two. */
  product(one: number, other: number): string
  readonly repl?: ReplCommand
}

const infix = (one: number, other: number) => `${one} * ${other}`

export const languages: readonly Language[] = [
  { name: 'python', product: infix, repl: { argv: ['python3', '-q'], prompt: '>>> ' } },
  { name: 'nodejs', product: infix, repl: { argv: ['node', '-i'], prompt: '> ' } },
  { name: 'c', product: infix },
  { name: 'cpp', product: infix },
  { name: 'golang', product: infix },
  { name: 'rust', product: infix, repl: { argv: ['evcxr', '--disable-readline'], prompt: '>> ' } },
  { name: 'haskell', product: infix, repl: { argv: ['ghci', '-ignore-dot-ghci'], prompt: '> ' } },
  { name: 'java', product: infix, repl: { argv: ['jshell'], prompt: 'jshell> ' } },
  { name: 'scala', product: infix, repl: { argv: ['scala'], prompt: 'scala> ' } },
  {
    name: 'php',
    product: (one, other) => `echo ${one} * ${other}, "\\n";`,
    repl: { argv: ['php', '-a'], prompt: 'php > ' },
  },
  { name: 'r', product: infix, repl: { argv: ['R', '--vanilla', '--quiet'], prompt: '> ' } },
  { name: 'octave', product: infix, repl: { argv: ['octave-cli', '--quiet', '--norc'], prompt: '> ' } },
  { name: 'lua', executable: 'lua5.4', product: infix, repl: { argv: ['lua5.4', '-i'], prompt: '> ' } },
  {
    name: 'git',
    product: (one, other) => `echo $((${one} * ${other}))`,
    repl: { argv: ['bash', '--norc', '-i'], prompt: '$ ' },
  },
  { name: 'julia', product: infix, repl: { argv: ['julia', '-q'], prompt: 'julia> ' } },
  {
    name: 'scheme',
    product: (one, other) => `(* ${one} ${other})`,
    repl: { argv: ['guile', '-q'], prompt: '> ' },
  },
  { name: 'fortran', product: infix },
]
