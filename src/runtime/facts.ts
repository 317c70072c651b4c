/** What the linter of images wants to know of the languages. */
import type { RuntimeFacts } from '../image/lint/examined.ts'
import { offersOf } from './offers.ts'
import { allRuntimes } from './registry.ts'
import type { Runtime } from './runtime.ts'

export async function runtimeFacts(): Promise<RuntimeFacts[]> {
  return (await allRuntimes()).map(({ runtime }) => factsOf(runtime))
}

function factsOf(runtime: Runtime): RuntimeFacts {
  const { batch, query, input } = offersOf(runtime)
  const services = runtime.services?.map(({ name }) => name) ?? []
  const { name, aliases = [], executables } = runtime
  return { name, aliases, executables, services, batch, query, input }
}
