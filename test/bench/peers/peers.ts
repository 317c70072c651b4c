import { existsSync } from 'node:fs'
import type { Peers } from '../figure.ts'
import { Echo } from './echo.ts'
import { Ipykernel, ipykernelMissing } from './ipykernel.ts'
import { Krunner } from './krunner.ts'

/** Debian's, for which Debian packages ipykernel; the same for all who are measured. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

/** Who is here to be measured, and a sentence for each who is not. `folder` is an empty one to work in. */
export function findPeers(folder: string): { peers: Peers; missing: string[] } {
  const missing = ipykernelMissing(PYTHON)
  const peers: Peers = {
    krunner: (options = {}) => Krunner.start({ python: PYTHON, folder, ...options }),
    echo: () => Echo.start(),
    ipykernel: missing ? undefined : () => Ipykernel.start(PYTHON),
  }
  return { peers, missing: missing ? [missing] : [] }
}
