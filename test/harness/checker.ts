/** Holds every message that a test sees against the protocol, not only those that it asserts on. */
import { decodeCommand, encodeResult } from '../../src/protocol/codec.ts'
import { FINISHED, type FinishedType } from '../../src/protocol/commands.ts'
import type { Result } from '../../src/protocol/results.ts'

const MEBIBYTE = 1024 * 1024
/** An agent cuts longer messages. */
const LARGEST_MESSAGE = 10 * MEBIBYTE
const LARGEST_OUTPUT = MEBIBYTE

export class ProtocolChecker {
  readonly #violations: string[] = []
  readonly #open: FinishedType[] = []
  #areStepsAbandoned = false
  /** What belongs to no step; a test that makes the runner warn outside of one adds `stderr`. */
  readonly #idleAllowed = new Set<Result['type']>([
    'completion',
    'status',
    'log',
    'service-result',
    'model-service-result',
    'model-service-status',
    'apps-result',
  ])

  /** Frames on their way to the runner. What is no command of the protocol opens no step. */
  sent(frames: readonly Uint8Array[]): void {
    const type = stepOf(frames)
    if (type) this.#open.push(type)
  }

  received(result: Result): void {
    this.#checkSize(result)
    if (this.#areStepsAbandoned) return
    if ('exitCode' in result) this.#checkFinished(result)
    else if (this.#open.length === 0 && !this.#idleAllowed.has(result.type))
      this.#violate(`${describe(result)} outside of any step`)
  }

  /** A message that did not decode. */
  undecodable(error: Error): void {
    this.#violate(error.message)
  }

  /** These types may come while no step is open. */
  allowIdle(...types: Result['type'][]): void {
    for (const type of types) this.#idleAllowed.add(type)
  }

  /** How many steps were sent and have not finished. */
  get openSteps(): number {
    return this.#open.length
  }

  /** The test ends the runner in the middle of steps: whether they are answered is open from now on. */
  abandonSteps(): void {
    this.#open.length = 0
    this.#areStepsAbandoned = true
  }

  /** Throws with all that was wrong since the last call. */
  verify(): void {
    const violations = this.#violations.splice(0)
    if (this.#open.length > 0) violations.push(`no answer to ${this.#open.splice(0).join(', ')}`)
    if (violations.length > 0) throw new Error(`the protocol was broken:\n${violations.join('\n')}`)
  }

  #checkSize(result: Result): void {
    const size = encodeResult(result).length
    const limit = result.type === 'stdout' || result.type === 'stderr' ? LARGEST_OUTPUT : LARGEST_MESSAGE
    if (size > limit) this.#violate(`a '${result.type}' of ${size} bytes, the limit is ${limit}`)
    if (size === 0 && limit === LARGEST_OUTPUT) this.#violate(`an empty '${result.type}'`)
  }

  #checkFinished(result: Extract<Result, { exitCode: number }>): void {
    const expected = this.#open.shift()
    if (result.type !== expected)
      this.#violate(`'${result.type}' where ${expected ? `'${expected}'` : 'nothing'} was due`)
    if (result.exitCode < 0 || result.exitCode > 255)
      this.#violate(`exit code ${result.exitCode} is none that a process can end with`)
  }

  #violate(sentence: string): void {
    this.#violations.push(sentence)
  }
}

function stepOf(frames: readonly Uint8Array[]): FinishedType | undefined {
  try {
    const { type } = decodeCommand(frames)
    return type in FINISHED ? FINISHED[type as keyof typeof FINISHED] : undefined
  } catch {
    return undefined
  }
}

function describe(result: Result): string {
  const text =
    'data' in result && result.data instanceof Uint8Array ? Buffer.from(result.data).toString() : ''
  return `'${result.type}' ${JSON.stringify(text.slice(0, 200))}`
}
