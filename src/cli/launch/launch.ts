/** `krunner launch`: plans a container, starts it, and connects what the person or script wants to it. */
import { randomBytes, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import { findEngine } from '../../image/engine.ts'
import { type LaunchPlan, planLaunch } from '../../image/launch/plan.ts'
import { wantedPorts } from '../../image/launch/ports.ts'
import { launchScript } from '../../image/launch/shell.ts'
import { findRuntime } from '../../runtime/registry.ts'
import type { Launch } from './asked.ts'
import { Container } from './container.ts'
import { describeLaunch } from './description.ts'
import { freePorts, thisMachine } from './machine.ts'
import { removeScratch, scratchFolder } from './scratch.ts'
import { findTarget } from './target.ts'
import { findTree } from './tree.ts'
import { hasPerson, workIn } from './work.ts'

/** The exit code of the command, the cell, or the console. */
export async function launch(asked: Launch): Promise<number> {
  const scratch = scratchFolder()
  const plan = await planOf(asked, scratch)
  const hasWork = asked.options.work !== undefined
  for (const note of plan.notes) process.stderr.write(`krunner: ${note}\n`)
  if (asked.isDryRun) {
    process.stdout.write(launchScript(plan, scratch, hasWork))
    return 0
  }
  if (hasPerson(asked.command)) process.stderr.write(describeLaunch(plan, asked.image))
  const container = new Container(plan, { scratch, hasWork })
  try {
    return await workIn(container, plan, asked)
  } finally {
    await container.stop()
    removeScratch(scratch)
  }
}

async function planOf(
  { image, engine: program, tree, isDryRun, options }: Launch,
  scratch: string,
): Promise<LaunchPlan> {
  const engine = await findEngine(program)
  const { target, architecture } = await findTarget(engine, image, !isDryRun)
  // Throws for a name that nobody knows, before anything is started.
  await findRuntime(options.runtimeType ?? target.labels.runtimeType ?? 'app')
  const work = options.work === undefined ? undefined : resolve(options.work)
  const ports = wantedPorts(target.labels, options)
  return planLaunch({
    target,
    engine,
    machine: thisMachine(),
    options: { ...options, ...(work === undefined ? {} : { work }) },
    tree: findTree(tree, architecture),
    scratch,
    ...(work === undefined ? {} : { workOwner: ownerOf(work) }),
    ports,
    freePorts: await freePorts(ports.length),
    name: `krunner-${randomBytes(4).toString('hex')}`,
    kernelId: randomUUID(),
  })
}

/** The engine would make a folder that is not there, as root. */
function ownerOf(work: string) {
  const stat = statSync(work, { throwIfNoEntry: false })
  if (!stat?.isDirectory())
    throw KrunnerError.of('BAD_FOLDER', '--work', work, 'is not a folder; make it first')
  return { uid: stat.uid, gid: stat.gid }
}
