import { readFileSync } from 'node:fs'

const LISTENING = '0A'
/** Connections of which our side is gone, or the other; nobody speaks on them any more. */
const OVER = ['04', '05', '06', '07', '0B']

/** Whether a peer is connected to this port of ours, by the kernel's own table. */
export function isConnected(port: number): boolean {
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  return lines.some((line) => {
    const [, local = '', , state = ''] = line.trim().split(/\s+/)
    return Number.parseInt(local.split(':')[1] ?? '', 16) === port && ![LISTENING, ...OVER].includes(state)
  })
}
