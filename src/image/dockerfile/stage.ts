/** One stage of a build: what its instructions make of the image that it starts from. */
import type { Place, Said } from '../described.ts'
import type { Lookup } from './expansion.ts'
import type { Instruction } from './instructions.ts'

export interface Copy {
  /** As they are written, relative to the context. */
  readonly sources: readonly string[]
  /** Absolute, in the image; it ends with a slash where that was written. */
  readonly target: string
  readonly place: Place
  /** A here-document that is copied, not a file of the context. */
  readonly body?: { readonly text: string; readonly at: Place }
}

/** It has its own of everything, and looks up the rest in the stage that it is made from: copies of copies would add up. */
export interface Stage {
  readonly name: string | undefined
  /** The image at its bottom; undefined: `scratch`. */
  readonly base: Said | undefined
  readonly from: Stage | undefined
  readonly labels: Map<string, Said>
  readonly env: Map<string, Said>
  /** Undefined: declared without a value. */
  readonly args: Map<string, string | undefined>
  readonly copies: Copy[]
  /** For stages that are made from it: they are not inherited further. */
  readonly onbuild: Instruction[]
  workdir: string
  user: Said | undefined
}

export function openStage(name: string | undefined, base: Said | undefined, from: Stage | undefined): Stage {
  return {
    name,
    base: from ? from.base : base,
    from,
    labels: new Map(),
    env: new Map(),
    args: new Map(),
    copies: [],
    onbuild: [],
    workdir: from?.workdir ?? '/',
    user: from?.user,
  }
}

/** ENV wins over ARG, also over one of a later stage. */
export function lookupIn(stage: Stage): Lookup {
  const stages = chainOf(stage)
  return (name) => {
    const env = stages.find((one) => one.env.has(name))?.env.get(name)
    return env ? env.value : stages.find((one) => one.args.has(name))?.args.get(name)
  }
}

export function isDeclared(stage: Stage, name: string): boolean {
  return chainOf(stage).some(({ args }) => args.has(name))
}

/** With all that it inherits; what came later wins. */
export function wholeOf(stage: Stage): Pick<Stage, 'labels' | 'env' | 'copies'> {
  const stages = chainOf(stage).reverse()
  return {
    labels: new Map(stages.flatMap(({ labels }) => [...labels])),
    env: new Map(stages.flatMap(({ env }) => [...env])),
    copies: stages.flatMap(({ copies }) => copies),
  }
}

/** The stage itself first. */
function chainOf(stage: Stage): Stage[] {
  const chain: Stage[] = []
  for (let next: Stage | undefined = stage; next; next = next.from) chain.push(next)
  return chain
}

/** A folder keeps its slash at the end. */
export function absoluteIn(workdir: string, path: string): string {
  return path.startsWith('/') ? path : `${workdir.replace(/\/$/, '')}/${path.replace(/^\.\/?/, '')}`
}
