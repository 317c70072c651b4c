import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import { messageOf } from '../errors.ts'
import { native } from '../process/native.ts'
import { OutputPump } from '../process/pump.ts'
import { encodeRequest, ReportDecoder } from './frames.ts'
import type { DriverReport, DriverRequest } from './protocol.ts'

export interface ControlEvents {
  onReport(report: DriverReport): void
  /** The driver wrote garbage, or a report that `onReport` refused. */
  onBroken(why: string): void
}

/** The two pipes between the daemon and a driver: requests down, reports up. */
export class ControlChannel {
  /** Settles when nobody holds the driver's end of the reports. */
  readonly ended: Promise<void>
  private readonly childEnds: readonly [requests: number, reports: number]
  private readonly requestsFd: number
  private readonly requests: Socket
  private readonly reports: OutputPump
  private readonly decoder: ReportDecoder
  private readonly events: ControlEvents
  /** Bytes of the last request, and of the answers to its questions. */
  private requestBytes = 0
  private refused = false

  /** `runtime` names the driver in errors. */
  constructor(runtime: string, events: ControlEvents) {
    this.events = events
    this.decoder = new ReportDecoder(runtime)
    const [requestsRead, requestsWrite] = native.pipe(1, 0)
    const [reportsRead, reportsWrite] = native.pipe(0, 0)
    this.childEnds = [requestsRead, reportsWrite]
    this.requestsFd = requestsWrite
    this.requests = new Socket({ fd: requestsWrite, readable: false, writable: true })
    // A dead driver's pipe: its exit says more.
    this.requests.on('error', () => {})
    this.reports = new OutputPump(reportsRead, (chunk) => this.received(chunk))
    this.ended = this.reports.ended
  }

  /** `spawn` gets the driver's ends, which are closed here afterwards; where it throws, so is the rest. */
  handTo<T>(spawn: (fds: readonly number[]) => T): T {
    try {
      return spawn(this.childEnds)
    } catch (error) {
      this.close()
      throw error
    } finally {
      for (const fd of this.childEnds) closeSync(fd)
    }
  }

  send(request: DriverRequest): void {
    const bytes = encodeRequest(request)
    const isAnswer = request.type === 'answer'
    this.requestBytes = isAnswer ? this.requestBytes + bytes.length : bytes.length
    if (!isAnswer) this.refused = false
    this.requests.write(bytes, (error) => {
      if (error && !isAnswer) this.refused = true
    })
  }

  /** Whether a driver that has ended had read nothing of the last request. */
  get isUntouched(): boolean {
    const unread = native.bytesAvailable(this.requestsFd) + this.requests.writableLength
    return this.refused || unread >= this.requestBytes
  }

  /** Delivers the reports that were written by now. */
  drain(): void {
    this.reports.drain()
  }

  /** Closed control input: the driver leaves. */
  closeRequests(): void {
    this.requests.destroy()
  }

  close(): void {
    this.requests.destroy()
    this.reports.destroy()
  }

  private received(chunk: Buffer): void {
    this.decoder.push(Buffer.from(chunk))
    try {
      for (let report = this.decoder.next(); report; report = this.decoder.next())
        this.events.onReport(report)
    } catch (error) {
      this.events.onBroken(messageOf(error))
    }
  }
}
