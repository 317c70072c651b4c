/** A runner's side of the wire that does what the test says, also what no runner of ours would do. */
import { onTestFinished } from 'vitest'
import { Pull, Push } from 'zeromq'
import { decodeCommand, encodeResult } from '../../src/protocol/codec.ts'
import type { Command } from '../../src/protocol/commands.ts'
import type { Result } from '../../src/protocol/results.ts'

/** On free ports, for one test. */
export async function openPeer(): Promise<Peer> {
  const commands = new Pull()
  const results = new Push()
  onTestFinished(() => {
    commands.close()
    results.close()
  })
  await commands.bind('tcp://127.0.0.1:*')
  await results.bind('tcp://127.0.0.1:*')
  return new Peer(commands, results)
}

export class Peer {
  readonly portIn: number
  readonly portOut: number
  readonly #commands: Pull
  readonly #results: Push

  constructor(commands: Pull, results: Push) {
    this.#commands = commands
    this.#results = results
    this.portIn = portOf(commands)
    this.portOut = portOf(results)
  }

  async command(): Promise<Command> {
    return decodeCommand(await this.#commands.receive())
  }

  async sendRaw(...frames: Uint8Array[]): Promise<void> {
    await this.#results.send(frames)
  }

  async send(...results: Result[]): Promise<void> {
    for (const result of results) await this.sendRaw(Buffer.from(result.type), encodeResult(result))
  }
}

function portOf(socket: Pull | Push): number {
  return Number(socket.lastEndpoint?.split(':').at(-1))
}
