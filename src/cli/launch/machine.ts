import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { availableParallelism } from 'node:os'
import type { Machine } from '../../image/launch/request.ts'
import { fixedLimits } from './limits.ts'

export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    groups: process.getgroups?.() ?? [],
    fixedLimits: fixedLimits(),
    hasSelinux: existsSync('/sys/fs/selinux/enforce'),
  }
}

/** Ports of loopback that nobody has; all are held until the last is found, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  try {
    for (let index = 0; index < count; index++) servers.push(await listen())
    return servers.map((server) => portOf(server))
  } finally {
    for (const server of servers) server.close()
  }
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
