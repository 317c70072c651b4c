import { closeSync, writeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { native } from '../../src/process/native.ts'
import { OutputPump } from '../../src/process/pump.ts'

test('what has ended is not read from again, though somebody else has its descriptor by now', async () => {
  const [reader, writer] = native.pipe(0, 0)
  let seen = ''
  const pump = new OutputPump(reader, (chunk) => {
    seen += chunk
  })
  const { socket } = pump as unknown as { socket: Socket }
  const others = new Promise<number[]>((resolve) => {
    // Behind the pump's own listener, and before 'close' is told.
    socket.once('end', () => {
      const pipe = native.pipe(0, 0)
      writeSync(pipe[1], "another's")
      pump.drain()
      resolve(pipe)
    })
  })
  writeSync(writer, 'its own')
  closeSync(writer)
  const pipe = await others
  await pump.ended
  for (const fd of pipe) closeSync(fd)
  expect(pipe[0]).toBe(reader)
  expect(seen).toBe('its own')
})
