/** What a runtime offers, as its `runtime.ts` says: for people and for the README. */
import type { Runtime } from './runtime.ts'

export const OFFERS = ['batch', 'query', 'persistent', 'input', 'completion', 'rich', 'terminal'] as const

export type Offers = Readonly<Record<(typeof OFFERS)[number], boolean>>

export function offersOf({ batch, query }: Runtime): Offers {
  return {
    batch: batch !== undefined,
    query: query !== undefined,
    persistent: query?.features.persistent ?? false,
    input: query?.features.input ?? false,
    completion: query?.features.completion ?? false,
    rich: query?.features.rich ?? false,
    // Every session has one, whatever its language.
    terminal: true,
  }
}
