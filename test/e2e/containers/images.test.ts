/** The tree and the entrypoint in images of every kind, with an agent's mounts and command line. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONTAINER_IMAGES, type ContainerImage } from '../../fixtures/container-images.ts'
import { GROUP, USER } from '../../harness/agent-container.ts'
import { type ContainerSession, containerNeeds, openContainer } from '../../harness/container-session.ts'
import { driverOf } from '../../harness/driver.ts'
import { runInterrupted } from '../../harness/interrupt.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import { until } from '../../harness/until.ts'
import { describeWith } from '../../toolchain/requirement.ts'

for (const image of CONTAINER_IMAGES)
  describeWith(containerNeeds(image.root), `in an image with ${image.promise}`, () => {
    test('code runs in batch and query mode, is interrupted, and has a terminal; then it stops', async () => {
      const session = await openContainer({ ...image, files: image.project, mayWarn: true })
      await runsProjects(session)
      await keepsContext(session, image)
      await interrupts(session, image)
      seesNothingOfOurs(session)
      await hasTerminal(session, image)
      if (image.hasShell) await reaps(session)
    })
  })

async function runsProjects(session: ContainerSession): Promise<void> {
  const { clean, build, exec } = await session.client.batch({ clean: '*', build: '*', exec: '*' })
  expect([clean.exitCode, build.exitCode]).toEqual([0, 0])
  expect(exec).toMatchObject({ exitCode: 0, stdout: `${USER}\n`, stderr: '' })
}

async function keepsContext(session: ContainerSession, { define, show }: ContainerImage): Promise<void> {
  await session.run(define)
  expect(await session.run(show)).toMatchObject({ exitCode: 0, stdout: '42\n', stderr: '' })
}

async function interrupts(session: ContainerSession, { loop, show }: ContainerImage): Promise<void> {
  expect(await runInterrupted(session, loop)).toMatchObject({ exitCode: 1, stdout: 'begun\n' })
  expect((await session.run(show)).stdout).toBe('42\n')
}

/** The language's process, as the kernel has it. */
function seesNothingOfOurs(session: ContainerSession): void {
  const read = (name: string) => readFileSync(`/proc/${driverOf(session.pid).pid}/${name}`, 'utf8')
  const environment = read('environ').split('\0')
  expect(environment.filter((variable) => /^(LD_LIBRARY_PATH|NODE_|KRUNNER_HIDDEN_)/.test(variable))).toEqual(
    [],
  )
  expect(environment.find((variable) => variable.startsWith('PATH='))).not.toContain('/opt/backend.ai')
  expect(read('maps')).not.toContain('/opt/backend.ai/lib')
  expect(read('status')).toMatch(idsOf('Uid', USER))
  expect(read('status')).toMatch(idsOf('Gid', GROUP))
  expect(read('status')).toMatch(/^CapEff:\t0+$/m)
}

/** Real, effective, saved and of the file system. */
function idsOf(name: string, id: number): RegExp {
  return new RegExp(`^${name}:(\\t${id}){4}$`, 'm')
}

async function hasTerminal(session: ContainerSession, { typed, shown }: ContainerImage): Promise<void> {
  const { ttyd } = session.ports
  await session.serves(ttyd)
  const client = await TtydClient.connect(ttyd)
  client.type(typed)
  await client.shows(shown)
}

/** Of processes whose parents have gone, none stays behind as a zombie. */
async function reaps(session: ContainerSession): Promise<void> {
  const orphans = 'for number in 1 2 3 4 5; do (sh -c "sleep 0.1 & exit 0" &); done'
  expect((await session.exec(orphans)).exitCode).toBe(0)
  const isOver = ({ command, state }: { command: string; state: string }) =>
    state !== 'Z' && !command.includes('sleep')
  await until('none is left', () => session.processes.every(isOver))
}
