/** Shows the real protocol with a real language: what an agent sends, and what the runner answers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { type Client, type Result, startRunner } from '../src/client/index.ts'
import { LESSONS, type Lesson } from './lessons.ts'

const runtime = process.argv[2] === 'nodejs' ? 'nodejs' : 'python'
const lesson = LESSONS[runtime]

/** Nothing here takes seconds; a demonstration that hangs shows nothing. In milliseconds. */
const LIMIT = 60_000

setTimeout(() => {
  console.error(`The demonstration is not over after ${LIMIT / 1000} s.`)
  process.exit(1)
}, LIMIT).unref()

// Through `exit`, where the runner is stopped.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
// Who reads only the first lines has seen enough.
process.stdout.on('error', () => process.exit(0))

const work = mkdtempSync(join(tmpdir(), 'krunner-demo-'))
try {
  writeFileSync(join(work, lesson.main.name), lesson.main.text)
  await demonstrate()
} finally {
  rmSync(work, { recursive: true })
}

async function demonstrate(): Promise<void> {
  await using runner = await startRunner({ runtime, work })
  console.log(
    `A runner for ${runtime} takes commands on port ${runner.portIn}, and sends results from ${runner.portOut}.`,
  )
  runner.client.onResult(received)
  await cells(runner.client, lesson)
  await question(runner.client, lesson)
  await interrupt(runner.client, lesson)
  await completion(runner.client, lesson)
  await batch(runner.client, lesson)
  title(`That was all. \`bin/krunner console ${runtime}\` is the same by hand, docs/console.md says more.`)
}

async function cells(client: Client, { value, context }: Lesson): Promise<void> {
  title('A cell shows its value, and the next one still knows the names')
  for (const { source, shows } of [value, context]) expectIn(await runCell(client, source), shows)
}

async function question(client: Client, { question: { source, answer, shows } }: Lesson): Promise<void> {
  title('User code asks, and somebody answers')
  sent('code', source)
  const { stdout } = await client.run(source, {
    onQuestion: () => {
      sent('input', answer)
      return answer
    },
  })
  expectIn(stdout, shows)
}

async function interrupt(client: Client, { endless, context }: Lesson): Promise<void> {
  title('An endless loop is interrupted, and the context is still there')
  sent('code', endless.source)
  let isInterrupted = false
  const { exitCode } = await client.run(endless.source, {
    onResult: async (result) => {
      if (result.type !== 'stdout' || isInterrupted) return
      isInterrupted = true
      sent('interrupt', '')
      await client.interrupt()
    },
  })
  if (exitCode !== 1) throw new Error(`the interrupted cell ended with ${exitCode}, not 1`)
  expectIn(await runCell(client, context.source), context.shows)
}

async function completion(client: Client, { completion: { code, suggests } }: Lesson): Promise<void> {
  title('Completion')
  sent('complete', code)
  const suggestions = await client.complete({ code, row: 0, col: code.length, line: code, post: '' })
  expectIn(suggestions.join('\n'), suggests)
}

async function batch(client: Client, { main }: Lesson): Promise<void> {
  title(`Batch: clean, build and execute a folder with ${main.name}`)
  for (const step of ['clean', 'build', 'exec']) sent(step, '*')
  const { exec } = await client.batch({ clean: '*', build: '*', exec: '*' })
  expectIn(exec.stdout, main.shows)
}

async function runCell(client: Client, source: string): Promise<string> {
  sent('code', source)
  const { stdout } = await client.run(source)
  return stdout
}

function expectIn(text: string, wanted: string): void {
  if (!text.includes(wanted)) throw new Error(`'${wanted}' was to come, and this came: ${text}`)
}

function title(text: string): void {
  console.log(`\n${styleText('bold', text)}`)
}

function sent(type: string, payload: string): void {
  line('green', '->', type, payload)
}

function received(result: Result): void {
  line('cyan', '<-', result.type, payloadText(result))
}

function payloadText(result: Result): string {
  switch (result.type) {
    case 'stdout':
    case 'stderr':
      return Buffer.from(result.data).toString().replace(/\n$/, '⏎')
    case 'completion':
      return result.suggestions.slice(0, 5).join('  ')
    case 'waiting-input':
      return result.isPassword ? 'a password' : 'a line'
    case 'clean-finished':
    case 'build-finished':
    case 'finished':
      return `exit code ${result.exitCode}`
    default:
      return JSON.stringify(result)
  }
}

function line(colour: 'green' | 'cyan', arrow: string, type: string, payload: string): void {
  const [first = '', ...rest] = payload.split('\n')
  console.log(`  ${styleText(colour, `${arrow} ${type.padEnd(14)}`)} ${first}`)
  for (const more of rest) console.log(`${' '.repeat(20)}${more}`)
}
