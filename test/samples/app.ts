import type { Samples } from '../conformance/samples.ts'

/** No language: what is given explicitly runs, and the rest is answered. */
const app: Samples = { runtime: 'app' }

export default app
