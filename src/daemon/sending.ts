import { PushServer } from '../zmtp/push-server.ts'
import { Backlog } from './backlog.ts'
import { Gate } from './gate.ts'
import { Outbox } from './outbox.ts'
import { Spool } from './spool.ts'

/** The way of results to the agent: outbox, backlog with its spool, socket; and the gate that slows their sources. */
export interface Sending {
  readonly gate: Gate
  readonly outbox: Outbox
  readonly push: PushServer
}

/** `warn` may be called from the first message on, not before. */
export function connectSending(
  spool: { folder: string; limit: number },
  warn: (message: string) => void,
): Sending {
  const gate = new Gate()
  const push: PushServer = new PushServer({
    onReady: () => outbox.pump(),
    onUnsent: (messages) => outbox.takeBack(messages),
    onProtocolError: (error) => warn(error.message),
  })
  const backlog = new Backlog(new Spool(spool.folder, spool.limit), {
    onRefill: () => outbox.pump(),
    onFreeze: () => outbox.freeze(),
    onPressure: (high) => (high ? gate.close() : gate.open()),
    onRefusal: (why) =>
      warn(`the spool in '${spool.folder}' takes no more output, so the job is slowed down: ${why}`),
  })
  const outbox: Outbox = new Outbox(push, backlog)
  return { gate, outbox, push }
}
