import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { readyLine } from '../../../src/client/ready.ts'
import { endChild, startChild } from './child.ts'
import { Wire } from './wire.ts'

const SERVER = join(import.meta.dirname, 'echo-server.ts')

/** A bare ZeroMQ echo in a process of its own: what no runner on these sockets can beat. */
export class Echo {
  private readonly child: ChildProcess
  private readonly wire: Wire

  private constructor(child: ChildProcess, wire: Wire) {
    this.child = child
    this.wire = wire
  }

  static async start(): Promise<Echo> {
    const child = startChild([process.execPath, SERVER], { stdin: 'ignore', stderr: 'inherit' })
    const address = await readyLine(child)
    if (!address) throw new Error('the echo ended before it was ready')
    return new Echo(child, new Wire(address))
  }

  /** One message there and back, ms. */
  async roundTrip(text: string): Promise<number> {
    const started = performance.now()
    await this.wire.send('code', text)
    await this.wire.receiveUntil('code')
    return performance.now() - started
  }

  /** That many frames of that size there and back, as fast as they go, ms. */
  async flood(count: number, frameBytes: number): Promise<number> {
    const frame = Buffer.alloc(frameBytes, 'x')
    const started = performance.now()
    const sent = this.sendAll(count, frame)
    for (let received = 0; received < count; received++) await this.wire.receive()
    await sent
    return performance.now() - started
  }

  async stop(): Promise<void> {
    this.wire.close()
    await endChild(this.child)
  }

  private async sendAll(count: number, frame: Buffer): Promise<void> {
    for (let sent = 0; sent < count; sent++) await this.wire.send('stdout', frame)
  }
}
