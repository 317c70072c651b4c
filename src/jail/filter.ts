/** Verdicts to a seccomp program: the architecture, then a binary search over the calls' numbers. */
import type { Answer, ArgumentRule, Condition } from './arguments.ts'
import {
  AND,
  ARCHITECTURE,
  ARGUMENTS,
  AUDIT,
  ENOSYS,
  EPERM,
  instruction,
  JUMP,
  JUMP_AT_LEAST,
  JUMP_EQUAL,
  JUMP_IF_BITS,
  LOAD,
  NUMBER,
  RETURN,
  RETURN_ALLOW,
  RETURN_ERRNO,
  RETURN_KILL,
  RETURN_NOTIFY,
  X32,
} from './bpf.ts'
import type { Architecture, Instruction } from './program.ts'
import type { Verdict } from './verdicts.ts'

/** Calls from `start` up to the next segment's have one verdict. */
export interface Segment {
  readonly start: number
  readonly verdict: Verdict
}

type Code = Instruction[]

export function assembleFilter(
  verdicts: ReadonlyMap<number, Verdict>,
  architecture: Architecture,
  refusal: 'refuse' | 'kill',
  isSupervised: boolean,
): Code {
  const returns = (answer: Answer) => instruction(RETURN, returnValue(answer, isSupervised))
  const x32 = architecture === 'x86_64' ? [instruction(JUMP_IF_BITS, X32, 0, 1), returns(refusal)] : []
  return [
    instruction(LOAD, ARCHITECTURE),
    instruction(JUMP_EQUAL, AUDIT[architecture], 1, 0),
    returns(refusal),
    instruction(LOAD, NUMBER),
    ...x32,
    ...search(segmentsOf(verdicts), returns),
  ]
}

/** A supervisor tells of what is refused and ends what is to be killed, so it has to be asked for both. */
function returnValue(answer: Answer, isSupervised: boolean): number {
  switch (answer) {
    case 'allow':
      return RETURN_ALLOW
    case 'absent':
      return RETURN_ERRNO | ENOSYS
    case 'count':
      return RETURN_NOTIFY
    case 'refuse':
      return isSupervised ? RETURN_NOTIFY : RETURN_ERRNO | EPERM
    case 'kill':
      return isSupervised ? RETURN_NOTIFY : RETURN_KILL
  }
}

/** In order of the numbers; neighbours of one answer are one segment. */
export function segmentsOf(verdicts: ReadonlyMap<number, Verdict>): Segment[] {
  const segments: Segment[] = []
  const add = (start: number, verdict: Verdict) => {
    const last = segments.at(-1)
    if (last?.start === start) segments.pop()
    if (segments.at(-1)?.verdict !== verdict) segments.push({ start, verdict })
  }
  add(0, 'absent')
  for (const [number, verdict] of [...verdicts].sort(([one], [other]) => one - other)) {
    add(number, verdict)
    add(number + 1, 'absent')
  }
  return segments
}

function search(segments: readonly Segment[], returns: (answer: Answer) => Instruction): Code {
  const [first] = segments
  if (segments.length <= 1) return first ? leaf(first.verdict, returns) : []
  const middle = Math.ceil(segments.length / 2)
  const below = search(segments.slice(0, middle), returns)
  const above = search(segments.slice(middle), returns)
  const pivot = segments[middle]?.start ?? 0
  // A conditional jump goes 255 instructions at most, an unconditional one any number.
  return below.length <= 255
    ? [instruction(JUMP_AT_LEAST, pivot, below.length, 0), ...below, ...above]
    : [instruction(JUMP_AT_LEAST, pivot, 0, 1), instruction(JUMP, below.length), ...below, ...above]
}

function leaf(verdict: Verdict, returns: (answer: Answer) => Instruction): Code {
  return typeof verdict === 'string' ? [returns(verdict)] : argumentTest(verdict, returns)
}

function argumentTest(rule: ArgumentRule, returns: (answer: Answer) => Instruction): Code {
  const cases = rule.cases.flatMap(({ when, answer }) => caseTest(when, returns(answer)))
  return [...cases, returns(rule.otherwise)]
}

/** Where a condition does not hold, on behind this. */
function caseTest([first, ...others]: readonly Condition[], answer: Instruction): Code {
  if (!first) return [answer]
  const rest = caseTest(others, answer)
  return [...conditionTest(first, rest.length), ...rest]
}

/** Goes on to the next instruction where the condition holds, else over `rest` more. */
function conditionTest({ argument, mask, values, not }: Condition, rest: number): Code {
  const load = instruction(LOAD, ARGUMENTS + 8 * argument)
  const masking = mask === undefined ? [] : [instruction(AND, mask)]
  const compare = values.map((value, index) => {
    const left = values.length - 1 - index
    const whenNone = left > 0 ? 0 : not ? 0 : rest
    return instruction(JUMP_EQUAL, value, not ? left + rest : left, whenNone)
  })
  return [load, ...masking, ...compare]
}
