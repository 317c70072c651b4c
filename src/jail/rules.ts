/** A compiled rule set as Landlock numbers its rights. */
import type { NativeRules } from '../process/native.ts'
import { ACCESS_RIGHTS, PORT_RIGHTS, type Ruleset, SCOPES } from './program.ts'

export function encodeRules({ handledFiles, handledPorts, scopes, paths, ports }: Ruleset): NativeRules {
  return {
    files: bits(ACCESS_RIGHTS, handledFiles),
    ports: bits(PORT_RIGHTS, handledPorts),
    scopes: bits(SCOPES, scopes),
    paths: paths.map(({ path, access }) => ({ path, access: bits(ACCESS_RIGHTS, access) })),
    portRules: ports.map(({ port, access }) => ({ port, access: bits(PORT_RIGHTS, access) })),
  }
}

function bits<T>(all: readonly T[], some: readonly T[]): number {
  return some.reduce((sum, one) => sum | (1 << all.indexOf(one)), 0)
}
