/** Whether a TCP connection comes from user code: from a process below us, or one of our user's that does not show itself. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { descendantsOf } from './procfs.ts'

/** After a look that found user code nobody of this machine is looked at for so many times as long: looks are dear. */
const REST = 10

interface End {
  readonly address: string
  readonly port: number
}

/** Of each connection: whether it may stay. What comes from another machine may. */
export class PeerCheck {
  private restsUntil = 0

  readonly admits = (socket: Socket): boolean => {
    const peer = { address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 }
    const own = { address: plain(socket.localAddress), port: socket.localPort ?? 0 }
    if (peer.address !== '' && !isOfThisMachine(peer, own)) return true
    const now = performance.now()
    if (now < this.restsUntil) return false
    const isAdmitted = isNoUserCode(peer, own)
    if (!isAdmitted) this.restsUntil = performance.now() + (performance.now() - now) * REST
    return isAdmitted
  }
}

function isOfThisMachine(peer: End, own: End): boolean {
  if (peer.address === own.address || peer.address.startsWith('127.') || peer.address === '::1') return true
  return Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === peer.address),
  )
}

/** A socket that is closed already, or whose process is gone, was somebody's who does not want to be seen. */
function isNoUserCode(peer: End, own: End): boolean {
  const socket = socketOf(peer, own)
  if (!socket || socket.inode === '0') return false
  const name = `socket:[${socket.inode}]`
  const below = descendantsOf(process.pid).map(({ pid }) => String(pid))
  if (below.some((pid) => holds(pid, name))) return false
  const others = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && !below.includes(pid))
  if (others.some((pid) => holds(pid, name))) return true
  // Whose process we cannot see: another user's, or another container's in the same network.
  const user = process.geteuid?.()
  return user !== 0 && socket.user !== user
}

/** The peer's own socket, in the kernel's tables: proc_net_tcp(5). */
function socketOf(peer: End, own: End): { user: number; inode: string } | undefined {
  for (const table of ['tcp', 'tcp6']) {
    for (const line of textOf(`/proc/net/${table}`).split('\n').slice(1)) {
      const [, local = '', remote = '', , , , , user, , inode = '0'] = line.trim().split(/\s+/)
      if (isAt(local, peer) && isAt(remote, own)) return { user: Number(user), inode }
    }
  }
  return undefined
}

function isAt(place: string, { address, port }: End): boolean {
  const [host = '', hexPort = ''] = place.split(':')
  return Number.parseInt(hexPort, 16) === port && hexAddresses(address).includes(host)
}

/** As the tables write it: words of 32 bits in the order of the machine, an IPv4 address also as one of IPv6. */
function hexAddresses(address: string): string[] {
  if (!address.includes(':')) {
    const word = reversed(address.split('.').map(Number))
    return [word, `0000000000000000FFFF0000${word}`]
  }
  const [head = '', tail = ''] = address.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const zeros = Array(8 - groups(head).length - groups(tail).length).fill('0')
  const bytes = [...groups(head), ...(address.includes('::') ? zeros : []), ...groups(tail)].flatMap(
    (group) => {
      const value = Number.parseInt(group, 16)
      return [value >> 8, value & 255]
    },
  )
  return [[0, 4, 8, 12].map((at) => reversed(bytes.slice(at, at + 4))).join('')]
}

function reversed(bytes: number[]): string {
  return Buffer.from(bytes.reverse()).toString('hex').toUpperCase()
}

function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
}

function holds(pid: string, name: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => targetOf(`/proc/${pid}/fd/${fd}`) === name)
  } catch {
    return false
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
