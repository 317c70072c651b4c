import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compiled } from '../../fixtures/compiled.ts'
import type { Bench, Figure, Row } from '../figure.ts'
import type { Krunner } from '../peers/krunner.ts'
import { alternately, repeat } from '../rounds.ts'

const ROUNDS = 10
const TRIES = 3
/** A tracer takes that much longer. */
const TRACED_ROUNDS = 2
const LIMIT = 1.03

const STAT = './system-calls stat 1000000'
const WORKLOADS = [
  { title: 'a million stat in the jail', command: STAT },
  { title: 'a thousand forks in the jail, each runs `true`', command: './system-calls run 1000' },
  {
    title: 'a thousand forks in the jail that run nothing',
    command: './system-calls fork 1000',
    isAsked: false,
  },
  { title: 'compiling a C file in the jail', command: 'gcc -O2 -c -o compiled.o large.c' },
] as const

/**
 * Programs that make many system calls, as a batch step of a runner with a jail and one without; both behind a filter that
 * allows everything, as an engine's own stands around each container: that a process has any filter at all costs what the
 * jail's costs. A last row tells what it is where there is none.
 */
export const jail: Figure = {
  name: 'jail',
  async measure({ peers, rounds, folder }: Bench) {
    for (const name of ['system-calls', 'stops-at-calls'])
      copyFileSync(compiled(`${name}.c`), join(folder, name))
    writeFileSync(join(folder, 'large.c'), largeSource())
    const behind = [compiled('behind-a-filter.c')]
    const options = ['--no-intrinsic-services']
    const jailed = await peers.krunner({ runtime: 'app', behind, options: [...options, '--jail'] })
    const free = await peers.krunner({ runtime: 'app', behind, options })
    const rows: Row[] = []
    for (const workload of WORKLOADS) {
      const { title, command } = workload
      const samples = await alternately(rounds(ROUNDS), {
        krunner: step(jailed, command),
        'no jail': step(free, command),
      })
      const traced = async () => [(await free.exec(`./stops-at-calls ${command}`)).milliseconds]
      const ptrace = (await alternately(TRACED_ROUNDS, { ptrace: traced })).ptrace ?? []
      const isAsked = !('isAsked' in workload)
      rows.push({
        title,
        unit: 'ms',
        samples: { ...samples, ptrace },
        musts: isAsked ? [{ kind: 'at most', limit: LIMIT, of: 'no jail' }] : [],
      })
    }
    await jailed.stop()
    await free.stop()
    return [...rows, await withoutAnyFilter(peers, rounds)]
  },
}

/** The quickest of several: of what else the machine does, the least. */
const step = (runner: Krunner, line: string) => async () => {
  const times = await repeat(TRIES, async () => (await runner.exec(line)).milliseconds)
  return [Math.min(...times)]
}

async function withoutAnyFilter(peers: Bench['peers'], rounds: Bench['rounds']): Promise<Row> {
  const options = ['--no-intrinsic-services']
  const jailed = await peers.krunner({ runtime: 'app', options: [...options, '--jail'] })
  const free = await peers.krunner({ runtime: 'app', options })
  const samples = await alternately(rounds(ROUNDS), {
    krunner: step(jailed, STAT),
    'no jail': step(free, STAT),
  })
  await jailed.stop()
  await free.stop()
  return { title: 'a million stat, where no engine has a filter', unit: 'ms', samples, musts: [] }
}

/** Half a second of work for a compiler. */
function largeSource(): string {
  const functions = Array.from(
    { length: 300 },
    (_, at) =>
      `int step_${at}(int n) { int s = ${at}; for (int i = 0; i < n; i++) s = s * 31 + printf("%d", s ^ i); return s; }`,
  )
  return `#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n${functions.join('\n')}\n`
}
