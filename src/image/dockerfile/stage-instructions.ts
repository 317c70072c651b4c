/** The instructions after a FROM, each with what it does to its stage. */
import { quote } from '../forms.ts'
import type { BuildContext } from './context.ts'
import { readCopy } from './copies.ts'
import { expand, type Lookup } from './expansion.ts'
import { type Instruction, innerInstruction } from './instructions.ts'
import { absoluteIn, isDeclared, lookupIn, type Stage } from './stage.ts'
import { splitPairs } from './words.ts'

type Effect = (context: BuildContext, stage: Stage, instruction: Instruction) => void

const nothing: Effect = () => {}

const EFFECTS: Readonly<Record<string, Effect>> = {
  ADD: copy,
  ARG: declare,
  CMD: nothing,
  COPY: copy,
  ENTRYPOINT: nothing,
  ENV: (context, stage, instruction) => setPairs(context, stage.env, instruction, () => lookupIn(stage)),
  EXPOSE: nothing,
  HEALTHCHECK: nothing,
  LABEL: (context, stage, instruction) =>
    setPairs(context, stage.labels, instruction, (line) => tellingLookup(context, stage, line)),
  MAINTAINER: nothing,
  ONBUILD: (_, stage, instruction) => {
    const inner = innerInstruction(instruction)
    if (inner) stage.onbuild.push(inner)
  },
  RUN: nothing,
  SHELL: nothing,
  STOPSIGNAL: nothing,
  USER: (context, stage, instruction) => {
    stage.user = context.say(instruction.rest, instruction, 0, lookupIn(stage))
  },
  VOLUME: nothing,
  WORKDIR: (context, stage, instruction) => {
    const { value } = context.say(instruction.rest, instruction, 0, lookupIn(stage))
    stage.workdir = absoluteIn(stage.workdir, value)
  },
}

export const IN_STAGES = Object.keys(EFFECTS)

/** The builder itself sets them; which platform that will be is unknown here. */
const OF_BUILDER =
  /^(?:(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)|(?:https?|ftp|no|all)_proxy|BUILDKIT_.*)$/i

export function runInStage(context: BuildContext, stage: Stage, instruction: Instruction): void {
  EFFECTS[instruction.keyword]?.(context, stage, instruction)
}

function declare(context: BuildContext, stage: Stage, instruction: Instruction): void {
  for (const { name, value } of context.declared(instruction, lookupIn(stage)))
    stage.args.set(name, value ?? context.globals.get(name))
}

function setPairs(
  context: BuildContext,
  into: Stage['labels'],
  instruction: Instruction,
  lookupAt: (line: number) => Lookup,
): void {
  const { keyword, rest, lineAt } = instruction
  const { pairs, odd } = splitPairs(rest, context.escapeMark)
  if (odd)
    context.tell(
      lineAt(odd.offset),
      'error',
      `${quote(odd.text)} in ${keyword} is not NAME=VALUE`,
      'put = between name and value, and quotes around a value with blanks',
    )
  // All of them see what was before the instruction.
  const said = pairs.map(({ name, value }) => {
    const line = lineAt(name.offset)
    const lookup = lookupAt(line)
    const { value: key } = expand(name.text, context.escapeMark, lookup)
    return [
      key,
      { ...context.say(value.text, instruction, value.offset, lookup), place: context.at(line) },
    ] as const
  })
  for (const [key, value] of said) into.set(key, value)
}

/** Tells of variables that are empty because nothing sets them. */
function tellingLookup(context: BuildContext, stage: Stage, line: number): Lookup {
  const lookup = lookupIn(stage)
  const told = new Set<string>()
  return (name, hasDefault) => {
    const value = lookup(name)
    if (value === undefined && !hasDefault && !told.has(name) && !OF_BUILDER.test(name)) {
      told.add(name)
      tellUnset(context, stage, name, line)
    }
    return value
  }
}

function tellUnset(context: BuildContext, stage: Stage, name: string, line: number): void {
  const tell = (what: string, mend: string) => context.tell(line, 'warning', `$${name} ${what}`, mend)
  if (isDeclared(stage, name))
    tell('has no default', `give its ARG one, or lint with --build-arg ${name}=VALUE`)
  else if (context.globals.has(name))
    tell('is empty here: its ARG stands before FROM', `write ARG ${name} after the FROM, too`)
  else tell('is set by nothing here', `write ARG ${name}=VALUE or ENV ${name}=VALUE before it`)
}

function copy(context: BuildContext, stage: Stage, instruction: Instruction): void {
  const { value, complaint } = readCopy(instruction, {
    words: () => context.words(instruction, lookupIn(stage)),
    workdir: stage.workdir,
    place: context.at(instruction.line),
    at: (line) => context.at(line),
  })
  stage.copies.push(...value)
  if (complaint) context.tell(instruction.line, 'error', complaint.what, complaint.mend)
}
