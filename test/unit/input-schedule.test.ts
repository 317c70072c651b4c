import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LookSchedule } from '../../src/input/schedule.ts'

const MINUTE = 60_000

let looks = 0
let answer = true
let schedule: LookSchedule

beforeEach(() => {
  vi.useFakeTimers()
  schedule = new LookSchedule(() => {
    looks++
    return answer
  })
  looks = 0
  answer = true
})

afterEach(() => {
  schedule.stop()
  vi.useRealTimers()
})

test('a silent step is looked at once a second at last', () => {
  schedule.start()
  vi.advanceTimersByTime(MINUTE)
  looks = 0
  vi.advanceTimersByTime(MINUTE)
  expect(looks).toBe(60)
})

test('a step that never stops printing is looked at no more often', () => {
  schedule.start()
  const printing = setInterval(() => schedule.disturb(), 5)
  vi.advanceTimersByTime(MINUTE)
  clearInterval(printing)
  expect(looks).toBeGreaterThan(50)
  expect(looks).toBeLessThanOrEqual(61)
})

test('a step is looked at soon after it fell silent', () => {
  schedule.start()
  vi.advanceTimersByTime(MINUTE)
  schedule.disturb()
  looks = 0
  vi.advanceTimersByTime(20)
  expect(looks).toBe(1)
})

test('a hint is followed at once, in a flood of output too', () => {
  schedule.start()
  vi.advanceTimersByTime(MINUTE)
  schedule.disturb()
  schedule.hint()
  looks = 0
  vi.advanceTimersByTime(2)
  expect(looks).toBe(1)
})

test('nothing is looked at once somebody is found, or the step has ended', () => {
  answer = false
  schedule.start()
  vi.advanceTimersByTime(MINUTE)
  schedule.disturb()
  schedule.hint()
  vi.advanceTimersByTime(MINUTE)
  expect(looks).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})
