import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../errors.ts'
import { isThere } from '../process/access.ts'
import type { Logger } from './logger.ts'

/** Keeps all batch output in `.logs/task/XX/YY/REST.log`, where the agent mounted `.logs`. */
export class TaskLog {
  private fd: number | undefined
  private readonly log: Logger

  /** `work` is the working folder, `kernelId` the value of BACKENDAI_KERNEL_ID. */
  constructor(work: string, kernelId: string | undefined, log: Logger) {
    this.log = log
    const path = taskLogPath(work, kernelId)
    if (path) this.fd = this.open(path)
  }

  write(chunk: Uint8Array): void {
    if (this.fd === undefined) return
    try {
      for (let done = 0; done < chunk.length; ) done += writeSync(this.fd, chunk, done)
    } catch (error) {
      this.log.warn(`the task log takes no more output: ${messageOf(error)}`)
      this.close()
    }
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd)
    this.fd = undefined
  }

  private open(path: string): number | undefined {
    try {
      mkdirSync(dirname(path), { recursive: true })
      return openSync(path, 'a')
    } catch (error) {
      this.log.warn(`batch output is not kept in ${path}: ${messageOf(error)}`)
      return undefined
    }
  }
}

function taskLogPath(work: string, kernelId: string | undefined): string | undefined {
  const hex = (kernelId ?? '').replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{5,64}$/.test(hex) || !isThere(join(work, '.logs'))) return undefined
  return join(work, '.logs', 'task', hex.slice(0, 2), hex.slice(2, 4), `${hex.slice(4)}.log`)
}
