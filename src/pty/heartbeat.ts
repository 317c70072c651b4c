import type { WebSocket } from 'ws'

/** A client that has not answered by the next one is gone, ms. */
const INTERVAL = 30_000

/** Finds the clients that went without a word. Costs nothing where there are none. */
export class Heartbeat {
  /** Whether each has answered since it was last asked. */
  private readonly answered = new Map<WebSocket, boolean>()
  private timer: NodeJS.Timeout | undefined

  watch(client: WebSocket): void {
    this.answered.set(client, true)
    client.on('pong', () => this.answered.set(client, true))
    client.once('close', () => {
      this.answered.delete(client)
      if (this.answered.size === 0) this.stop()
    })
    this.timer ??= setInterval(() => this.ask(), INTERVAL)
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private ask(): void {
    for (const [client, hasAnswered] of this.answered) {
      if (!hasAnswered) client.terminate()
      this.answered.set(client, false)
      client.ping()
    }
  }
}
