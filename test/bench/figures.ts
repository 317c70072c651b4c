import type { Figure } from './figure.ts'
import { batchFlood } from './figures/batch-flood.ts'
import { batchStep } from './figures/batch-step.ts'
import { container } from './figures/container.ts'
import { idle } from './figures/idle.ts'
import { jail } from './figures/jail.ts'
import { languageFigures } from './figures/languages.ts'
import { memory } from './figures/memory.ts'
import { queryFlood } from './figures/query-flood.ts'
import { roundTrip } from './figures/round-trip.ts'
import { services } from './figures/services.ts'
import { start } from './figures/start.ts'
import { terminal } from './figures/terminal.ts'

/** In the order of the table. */
export const figures: readonly Figure[] = [
  start,
  roundTrip,
  queryFlood,
  batchStep,
  batchFlood,
  memory,
  idle,
  container,
  jail,
  services,
  terminal,
  ...languageFigures,
]
