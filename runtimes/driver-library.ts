/** Our library for drivers whose language cannot handle signals and descriptors as a driver must (`native/driver-control.c`). */
import { join } from 'node:path'
import { DIST } from '../src/tree.ts'

export const DRIVER_LIBRARY = join(DIST, 'native', 'libkrunner-driver.so')

/** Variables that bring it into a driver with this environment. It takes itself out of what the driver's children get. */
export function preloadDriverLibrary({ LD_PRELOAD }: Readonly<Record<string, string>>): {
  LD_PRELOAD: string
} {
  return { LD_PRELOAD: LD_PRELOAD ? `${DRIVER_LIBRARY}:${LD_PRELOAD}` : DRIVER_LIBRARY }
}
