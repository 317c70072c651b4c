import { type ChildProcess, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { endChild, startChild } from './child.ts'
import type { CellTime, Session } from './session.ts'

const CLIENT = join(import.meta.dirname, 'jupyter-client.py')

/** Undefined where this Python has all that it takes, else what is missing and how to install it. */
export function ipykernelMissing(python: string): string | undefined {
  const { status } = spawnSync(python, ['-c', 'import ipykernel, jupyter_client, zmq'])
  if (status === 0) return undefined
  return `ipykernel is not installed for ${python}, so nothing is compared with it. Debian's Python: apt-get install python3-ipykernel python3-jupyter-client; another: ${python} -m pip install ipykernel`
}

/** ipykernel, driven and timed by jupyter_client in a Python of its own. */
export class Ipykernel implements Session {
  readonly readyAfter: number
  readonly languageStart: number
  readonly pid: number
  private readonly client: JupyterClient

  private constructor(client: JupyterClient, readyAfter: number, pid: number) {
    this.client = client
    this.readyAfter = readyAfter
    this.languageStart = performance.now() - readyAfter
    this.pid = pid
  }

  static async start(python: string): Promise<Ipykernel> {
    const client = new JupyterClient(python)
    const { readyAfter, pid } = await client.ask<{ readyAfter: number; pid: number }>({ start: true })
    return new Ipykernel(client, readyAfter, pid)
  }

  run(cell: string): Promise<CellTime> {
    return this.client.ask<CellTime>({ run: cell })
  }

  languagePids(): number[] {
    return [this.pid]
  }

  async stop(): Promise<void> {
    await this.client.ask({ stop: true })
    await this.client.close()
  }
}

class JupyterClient {
  private readonly child: ChildProcess
  private readonly answers: AsyncIterator<string>

  constructor(python: string) {
    this.child = startChild([python, CLIENT], { stdin: 'pipe', stderr: 'inherit' })
    const lines = createInterface({ input: this.child.stdout as Readable })
    this.answers = lines[Symbol.asyncIterator]()
  }

  async ask<Answer>(request: object): Promise<Answer> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await this.answers.next()
    if (done) throw new Error('the client of ipykernel ended; what it wrote stands above')
    return JSON.parse(value)
  }

  close(): Promise<void> {
    return endChild(this.child)
  }
}
