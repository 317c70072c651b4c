import { expect, test } from 'vitest'
import type { Must, Row } from '../bench/figure.ts'
import { alternately } from '../bench/rounds.ts'
import { summarise } from '../bench/summary.ts'
import { judge } from '../bench/verdict.ts'

const row = (samples: Row['samples']): Row => ({ title: 'a figure', unit: 'ms', samples, musts: [] })
const EIGHTH: Must = { kind: 'at most', limit: 1 / 8, of: 'ipykernel' }

test('a median is the middle one, or lies between the two in the middle', () => {
  expect(summarise([9, 1, 2])).toEqual({ median: 2, min: 1, max: 9 })
  expect(summarise([4, 1, 9, 2])).toEqual({ median: 3, min: 1, max: 9 })
})

test('each is measured in turn, round by round', async () => {
  const order: string[] = []
  const measure = (name: string) => async () => [order.push(name)]
  const samples = await alternately(2, { krunner: measure('a'), echo: measure('b'), ipykernel: undefined })
  expect(order).toEqual(['a', 'b', 'a', 'b'])
  expect(samples).toEqual({ krunner: [1, 3], echo: [2, 4] })
})

test('a multiple of a peer is judged by both medians', () => {
  expect(judge(row({ krunner: [1, 1, 50], ipykernel: [8, 8, 1] }), EIGHTH)).toMatchObject({
    ratio: 1 / 8,
    outcome: 'met',
  })
  expect(judge(row({ krunner: [1.1], ipykernel: [8] }), EIGHTH).outcome).toBe('not met')
  const flood: Must = { kind: 'at least', limit: 4, of: 'ipykernel' }
  expect(judge(row({ krunner: [399], ipykernel: [100] }), flood).outcome).toBe('not met')
})

test('what was not measured is never met', () => {
  expect(judge(row({ krunner: [1] }), EIGHTH).outcome).toBe('not measured')
  expect(judge(row({ ipykernel: [1] }), EIGHTH).outcome).toBe('not measured')
})

test('what only counts where a peer reaches it is not asked elsewhere', () => {
  const must: Must = { kind: 'at least', limit: 400, where: { peer: 'echo', reaches: 400 } }
  expect(judge(row({ krunner: [350], echo: [390] }), must).outcome).toBe('not asked')
  expect(judge(row({ krunner: [350], echo: [410] }), must).outcome).toBe('not met')
  expect(judge(row({ krunner: [420], echo: [410] }), must).outcome).toBe('met')
})
