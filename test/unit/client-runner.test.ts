import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { startRunner } from '../../src/client/index.ts'
import { isAlive } from '../harness/processes.ts'
import { until } from '../harness/until.ts'

const CLIENT = fileURLToPath(new URL('../../src/client/index.ts', import.meta.url))

test('a runner that can not start rejects with what it wrote', async () => {
  await expect(startRunner({ runtime: 'cobol' })).rejects.toThrow(
    /ended with exit code [1-9]\d*.*no runtime type 'cobol'/s,
  )
})

test('a port in use is named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  await expect(startRunner({ runtime: 'app', args: ['--port-in', port] })).rejects.toThrow(
    `127.0.0.1:${port} is in use`,
  )
})

test('a program that is not there is named', async () => {
  await expect(startRunner({ runtime: 'app', program: ['/nowhere/krunner'] })).rejects.toThrow(
    "cannot run '/nowhere/krunner'",
  )
})

test('a runner that dies rejects the steps that wait, with how it ended', async () => {
  await using runner = await startRunner({ runtime: 'app' })
  const started = Promise.withResolvers<void>()
  const steps = runner.client.batch(
    { exec: 'echo runs; exec sleep 1000' },
    { onResult: () => started.resolve() },
  )
  await started.promise
  runner.process.kill('SIGKILL')
  await expect(steps).rejects.toThrow('the runner was ended by SIGKILL')
  expect((await runner.exited).code).toBe('RUNNER_ENDED')
})

test('a stopped runner is gone', async () => {
  const runner = await startRunner({ runtime: 'app' })
  await runner.stop()
  expect(isAlive(runner.process.pid ?? 0)).toBe(false)
})

test('a process that exits takes its runner with it', async () => {
  const program =
    `import { startRunner } from ${JSON.stringify(CLIENT)}\n` +
    "const runner = await startRunner({ runtime: 'app' })\n" +
    'process.stdout.write(String(runner.process.pid), () => process.exit(0))\n'
  const { stdout } = await execa(process.execPath, ['--input-type=module-typescript', '-e', program])
  await until('the runner is gone', () => !isAlive(Number(stdout)))
})
