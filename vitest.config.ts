import { defineConfig } from 'vitest/config'

/** A guard against hangs, not a measurement: a machine under load is slow. */
const HANG = 60_000

const project = (name: string) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`] },
})

export default defineConfig({
  test: {
    projects: [project('unit'), project('conformance'), project('e2e')],
    // Each file has runners of its own, on free ports; two cores bear two of them.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: HANG,
    hookTimeout: HANG,
    allowOnly: !process.env.CI,
    // A machine under load may break a promise once; one that is broken breaks it twice.
    retry: process.env.CI ? 1 : 0,
  },
})
