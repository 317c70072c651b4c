/** A program on a terminal, with keys and output counted: as a service of the runner's, or bare. */
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import WebSocket from 'ws'
import { startRunner } from '../../../src/client/runner.ts'
import { freePort } from '../../harness/ports.ts'

const OUTPUT = 0x30
const SIZE = { rows: 24, columns: 80 }

export interface TerminalPeer {
  type(text: string): void
  /** Told the bytes of each piece of output. */
  onOutput: (bytes: number) => void
  stop(): Promise<void>
}

/** Through a runner of its own, its service, and a WebSocket. `folder` is an empty one to work in. */
export async function openService(folder: string, argv: readonly string[]): Promise<TerminalPeer> {
  const definitions = mkdtempSync(join(folder, 'definitions-'))
  mkdirSync(definitions, { recursive: true })
  writeFileSync(join(definitions, 'program.json'), JSON.stringify({ command: argv }))
  const places = { work: folder, config: folder, spool: folder, serviceDefinitions: definitions }
  const runner = await startRunner({ runtime: 'app', ...places })
  const port = await freePort()
  const { error } = await runner.client.startService({ name: 'program', port, protocol: 'pty' })
  if (error) throw new Error(error)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'tty', { perMessageDeflate: false })
  await once(socket, 'open')
  socket.send(JSON.stringify(SIZE))
  const peer: TerminalPeer = {
    type: (text) => socket.send(Buffer.from(`0${text}`)),
    onOutput: () => undefined,
    async stop() {
      socket.terminate()
      await runner.stop()
    },
  }
  socket.on('message', (message: Buffer) => message[0] === OUTPUT && peer.onOutput(message.length - 1))
  return peer
}

/** node-pty in this process. */
export async function openBare([program = '', ...args]: readonly string[]): Promise<TerminalPeer> {
  const terminal = spawn(program, args, { rows: SIZE.rows, cols: SIZE.columns, encoding: null })
  const exited = new Promise<void>((resolve) => terminal.onExit(() => resolve()))
  const peer: TerminalPeer = {
    type: (text) => terminal.write(text),
    onOutput: () => undefined,
    async stop() {
      terminal.kill('SIGKILL')
      await exited
    },
  }
  terminal.onData((data) => peer.onOutput(data.length))
  return peer
}
