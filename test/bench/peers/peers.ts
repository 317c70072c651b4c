import { existsSync } from 'node:fs'
import { which } from '../../../src/process/which.ts'
import type { Peers } from '../figure.ts'
import { Echo } from './echo.ts'
import { Ipykernel, ipykernelMissing } from './ipykernel.ts'
import { Krunner } from './krunner.ts'
import { Repl } from './repl.ts'
import { openBare, openService } from './terminal.ts'

/** Debian's comes with Debian's ipykernel; the same one for all who are measured. */
export function findPython(asked: string | undefined): string {
  return asked ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3')
}

/** Who is here to be measured, and a sentence for each who is not. `folder` is an empty one to work in. */
export function findPeers(python: string, folder: string): { peers: Peers; missing: string[] } {
  const missing = ipykernelMissing(python)
  const peers: Peers = {
    krunner: (launch) => Krunner.start(folder, launch?.runtime ? launch : { ...launch, executable: python }),
    echo: () => Echo.start(),
    terminal: { service: (argv) => openService(folder, argv), bare: openBare },
    repl: (command) =>
      which(command.argv[0], process.env.PATH) ? () => Repl.start(command, folder) : undefined,
    ipykernel: missing ? undefined : () => Ipykernel.start(python),
  }
  return { peers, missing: missing ? [missing] : [] }
}
