import type { Bench, Figure, Peers } from '../figure.ts'
import type { TerminalPeer } from '../peers/terminal.ts'
import { alternately, repeat } from '../rounds.ts'
import { throughput } from '../throughput.ts'

const STROKES = 200
const FLOOD = 100 * 1024 * 1024
/** Prints that much once a line has come in. */
const FLOODER = [
  'sh',
  '-c',
  `stty raw -echo; echo; head -n 1 >/dev/null; head -c ${FLOOD} /dev/zero; sleep 600`,
]

/** Keys and floods through a terminal service, beside a terminal of node-pty's in this process. */
export const terminal: Figure = {
  name: 'terminal',
  async measure({ peers, rounds }: Bench) {
    return [
      {
        title: 'terminal: a key and its echo',
        unit: 'ms',
        samples: await both(peers, ['cat'], rounds(10), (one) => repeat(STROKES, () => stroke(one))),
        musts: [{ kind: 'within', limit: 5, of: 'node-pty' }],
      },
      {
        title: 'terminal: 100 MiB to who reads',
        unit: 'MiB/s',
        samples: await both(peers, FLOODER, rounds(5), async (one) => [await flood(one)]),
        musts: [{ kind: 'at least', limit: 50 }],
      },
    ]
  },
}

function both(
  { terminal: open }: Peers,
  argv: readonly string[],
  rounds: number,
  measure: (peer: TerminalPeer) => Promise<number[]>,
) {
  const measured = (kind: keyof Peers['terminal']) => async () => {
    const peer = await open[kind](argv)
    const samples = await measure(peer)
    await peer.stop()
    return samples
  }
  return alternately(rounds, { krunner: measured('service'), 'node-pty': measured('bare') })
}

/** The terminal itself echoes; a line's end now and then keeps it from filling. */
async function stroke(peer: TerminalPeer): Promise<number> {
  const started = performance.now()
  await bytes(peer, 1, () => peer.type('x'))
  const milliseconds = performance.now() - started
  await bytes(peer, 5, () => peer.type('\r'))
  return milliseconds
}

async function flood(peer: TerminalPeer): Promise<number> {
  await bytes(peer, 1, () => undefined)
  const started = performance.now()
  await bytes(peer, FLOOD, () => peer.type('\n'))
  return throughput({ bytes: FLOOD, milliseconds: performance.now() - started }, FLOOD)
}

/** Settles when so many have come of what `begin` begins. */
function bytes(peer: TerminalPeer, wanted: number, begin: () => void): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    peer.onOutput = (more) => {
      count += more
      if (count >= wanted) resolve()
    }
    begin()
  })
}
