import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { BatchCommands, BatchResult } from '../../../src/client/client.ts'
import { Answers, expectOutcome, expectText } from '../cell.ts'
import type { BatchSamples, ProjectSample } from '../samples.ts'
import type { Shared } from '../shared.ts'
import { type Target, testSample } from '../target.ts'

const NO_WAY = 127
const ALL: BatchCommands = { clean: '*', build: '*', exec: '*' }

/** Whole projects. */
export function describeBatch(session: Shared, batch: BatchSamples, target: Target): void {
  beforeEach(() => empty(session().folder))

  for (const project of batch.projects)
    testSample(project, target, project.promise, () => checkProject(session, project))
  testSample(batch.exit, target, batch.exit.promise, () => checkProject(session, batch.exit))
  testSample(batch.input, target, batch.input.promise, () => checkProject(session, batch.input))

  const { broken } = batch
  if (broken) testSample(broken, target, broken.promise, () => checkBroken(session, broken))

  test('without a main file the answer is 127 and a sentence that names what was looked for', async () => {
    session().write({ 'notes.txt': 'nothing to run' })
    const { exec } = await session().client.batch({ exec: '*' })
    expect(exec.exitCode).toBe(NO_WAY)
    expectText(exec.stderr, batch.missingMain, 'the sentence')
  })

  test("an explicit command wins over the language's own way", async () => {
    session().write(batch.projects[0].files)
    const commands = { clean: 'echo cleaning', build: 'echo building', exec: 'echo executing; exit 7' }
    const { clean, build, exec } = await session().client.batch(commands)
    expect([clean.stdout, build.stdout, exec.stdout]).toEqual(['cleaning\n', 'building\n', 'executing\n'])
    expect([clean.exitCode, build.exitCode, exec.exitCode]).toEqual([0, 0, 7])
  })

  test('steps that are empty are skipped', async () => {
    const { clean, build, exec } = await session().client.batch({})
    for (const step of [clean, build, exec]) expectOutcome(step, { stdout: '', stderr: '' }, 'nothing')
  })
}

async function checkProject(session: Shared, project: ProjectSample): Promise<void> {
  session().write(project.files)
  const result = await runProject(session, project)
  expectOutcome(result.clean, {}, `clean of ${project.promise}`)
  expectOutcome(result.build, { stderr: /.*/s }, `build of ${project.promise}`)
  expectOutcome(result.exec, project, `exec of ${project.promise}`)
  expectPaths(session, project, true)
  const { clean } = await session().client.batch({ clean: '*' })
  expectOutcome(clean, {}, `clean of ${project.promise}`)
  expectPaths(session, project, false)
}

async function runProject(session: Shared, project: ProjectSample): Promise<BatchResult> {
  const answers = new Answers(project.answers ?? [])
  const result = await session().client.batch(ALL, { onQuestion: () => answers.next() })
  answers.verify(project.promise)
  return result
}

async function checkBroken(session: Shared, project: ProjectSample): Promise<void> {
  session().write(project.files)
  const { build, exec } = await session().client.batch(ALL)
  expect(build.exitCode).not.toBe(0)
  if (project.stderr) expectText(build.stderr, project.stderr, 'the error of the build')
  expect(exec.exitCode).toBe(NO_WAY)
  expect(exec.stdout).toBe('')
}

function expectPaths(session: Shared, project: ProjectSample, there: boolean): void {
  for (const path of project.creates ?? []) expect(existsSync(session().path(path)), path).toBe(there)
}

function empty(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}
