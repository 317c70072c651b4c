/** What a Dockerfile would build, as far as that can be told without building. */
import { nearest } from '../../nearest.ts'
import type { Finding, Said } from '../described.ts'
import { quote } from '../forms.ts'
import { BuildContext, type BuildOptions } from './context.ts'
import type { Instruction, ParsedDockerfile } from './instructions.ts'
import { openStage, type Stage } from './stage.ts'
import { IN_STAGES, runInStage } from './stage-instructions.ts'

/** No Dockerfile has more: each may look into all before it. */
const MOST_STAGES = 1000

export interface Built {
  /** Undefined where there is none. */
  readonly stage: Stage | undefined
  readonly findings: readonly Finding[]
}

const KEYWORDS = ['FROM', ...IN_STAGES]

export function build(dockerfile: ParsedDockerfile, options: BuildOptions): Built {
  const context = new BuildContext(dockerfile.escapeMark, options)
  for (const { line, what, mend } of dockerfile.problems) context.tell(line, 'error', what, mend)
  const stages: Stage[] = []
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM' && stages.length === MOST_STAGES) {
      context.tell(
        instruction.line,
        'error',
        `it has more than ${MOST_STAGES} stages`,
        'the rest is not read',
      )
      break
    }
    run(context, stages, instruction)
  }
  return { stage: wanted(context, stages), findings: context.findings }
}

function wanted(context: BuildContext, stages: readonly Stage[]): Stage | undefined {
  const { target } = context.options
  if (stages.length === 0)
    context.tell(
      1,
      'error',
      'it has no FROM',
      'begin it with the image to start from, such as FROM debian:12',
    )
  if (target === undefined || stages.length === 0) return stages.at(-1)
  const found = stages.find(({ name }) => name === target.toLowerCase())
  const names = stages.flatMap(({ name }) => name ?? []).join(', ')
  if (!found)
    context.tell(1, 'error', `it has no stage ${quote(target)}`, `there is: ${names || 'none with a name'}`)
  return found
}

function run(context: BuildContext, stages: Stage[], instruction: Instruction): void {
  const { keyword, line } = instruction
  const stage = stages.at(-1)
  if (!KEYWORDS.includes(keyword)) tellUnknown(context, instruction)
  else if (keyword === 'FROM') stages.push(from(context, stages, instruction))
  else if (stage) runInStage(context, stage, instruction)
  else if (keyword === 'ARG') declareGlobals(context, instruction)
  else context.tell(line, 'error', `${keyword} stands before the first FROM`, 'move it after the FROM')
}

function tellUnknown(context: BuildContext, { keyword, line }: Instruction): void {
  const near = nearest(keyword.slice(0, 20), KEYWORDS)
  const mend = near ? `was ${near} meant? ` : ''
  context.tell(
    line,
    'error',
    `${quote(keyword)} is no instruction`,
    `${mend}else take it out, or end the line before it with ${context.escapeMark}`,
  )
}

function from(context: BuildContext, stages: readonly Stage[], instruction: Instruction): Stage {
  const { line, lineAt } = instruction
  const words = context.words(instruction, (name) => context.globals.get(name))
  const [image, as, name] = words.filter(({ text }) => !text.startsWith('--'))
  if (!image || image.text === '') {
    context.tell(line, 'error', 'FROM names no image', 'name one, or give its ARG a default')
    return openStage(undefined, undefined, undefined)
  }
  if (as && (as.text.toLowerCase() !== 'as' || !name))
    context.tell(
      line,
      'error',
      `${quote(as.text)} after the image is not AS NAME`,
      'write FROM IMAGE AS NAME',
    )
  const earlier = stages.find((stage) => stage.name === image.text.toLowerCase())
  const base: Said = { value: image.text, place: context.at(lineAt(image.offset)), isKnown: true }
  const stage = openStage(name?.text.toLowerCase(), image.text === 'scratch' ? undefined : base, earlier)
  for (const trigger of earlier?.onbuild ?? []) runInStage(context, stage, trigger)
  return stage
}

function declareGlobals(context: BuildContext, instruction: Instruction): void {
  for (const { name, value } of context.declared(instruction, (one) => context.globals.get(one)))
    context.globals.set(name, value)
}
