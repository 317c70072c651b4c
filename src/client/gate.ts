/** Open or shut; who comes while it is shut waits. */
export class Gate {
  #waiting: PromiseWithResolvers<void> | undefined

  get isShut(): boolean {
    return this.#waiting !== undefined
  }

  get opened(): Promise<void> {
    return this.#waiting?.promise ?? Promise.resolve()
  }

  shut(): void {
    this.#waiting ??= Promise.withResolvers<void>()
  }

  open(): void {
    this.#waiting?.resolve()
    this.#waiting = undefined
  }
}
