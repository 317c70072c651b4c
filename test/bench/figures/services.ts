import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '../../../src/client/client.ts'
import { startRunner } from '../../../src/client/runner.ts'
import { freePort } from '../../harness/ports.ts'
import type { Bench, Figure } from '../figure.ts'
import { alternately } from '../rounds.ts'

const MANY = 20
/** Opens its port half a second after it was started. */
const COMMAND = 'sleep 0.5; exec socat TCP-LISTEN:{ports[0]},bind=127.0.0.1,fork EXEC:cat'

/** Twenty that take their time, started at once, beside one of them. */
export const services: Figure = {
  name: 'services',
  async measure({ folder, rounds }: Bench) {
    const measured = (count: number) => async () => [await timeStart(folder, count)]
    const samples = await alternately(rounds(5), { krunner: measured(MANY), 'one alone': measured(1) })
    return [
      {
        title: `${MANY} services side by side`,
        unit: 'ms',
        samples,
        musts: [{ kind: 'within', limit: 200, of: 'one alone' }],
      },
    ]
  },
}

/** From asking for all of them to the last answer, ms. */
async function timeStart(folder: string, count: number): Promise<number> {
  const definitions = mkdtempSync(join(folder, 'definitions-'))
  const places = { work: folder, config: folder, spool: folder, serviceDefinitions: definitions }
  const names = Array.from({ length: count }, (_, index) => `service${index}`)
  for (const name of names)
    writeFileSync(join(definitions, `${name}.json`), JSON.stringify({ command: COMMAND }))
  const ports = await Promise.all(names.map(freePort))
  const runner = await startRunner({ runtime: 'app', ...places })
  const all = answers(runner.client, count)
  const started = performance.now()
  for (const [index, name] of names.entries()) {
    const service = { name, port: ports[index], protocol: 'tcp' }
    await runner.client.send({ type: 'start-service', service })
  }
  await all
  const milliseconds = performance.now() - started
  await runner.stop()
  return milliseconds
}

/** Settles when so many have started. */
function answers(client: Client, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let started = 0
    client.onResult((result) => {
      if (result.type !== 'service-result') return
      if (result.outcome.error) reject(new Error(result.outcome.error))
      else if (++started === count) resolve()
    })
  })
}
