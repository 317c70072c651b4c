/** Reads the numbers that `seq` prints, as they come, and tells where one is missing or out of order. */
export class Numbers {
  #rest = ''
  #last: number
  #isCut = false
  readonly gaps: string[] = []

  constructor(first = 1) {
    this.#last = first - 1
  }

  get last(): number {
    return this.#last
  }

  feed(data: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(data).toString('latin1')).split('\n')
    if (this.#isCut && lines.length > 1) this.#skip(lines)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#next(line)
  }

  /** After a cut, the first line may be the rest of one, and the numbers go on from any place. */
  resume(): void {
    this.#rest = ''
    this.#isCut = true
  }

  #skip(lines: string[]): void {
    lines.shift()
    this.#isCut = false
    this.#last = Number.NaN
  }

  #next(line: string): void {
    const number = Number(line)
    const isNext = number === this.#last + 1 || Number.isNaN(this.#last)
    if (!isNext && this.gaps.length < 10) this.gaps.push(`'${line}' after ${this.#last}`)
    this.#last = number
  }
}
