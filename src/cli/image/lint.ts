import { styleText } from 'node:util'
import { messageOf } from '../../errors.ts'
import type { Finding } from '../../image/described.ts'
import { lintImage } from '../../image/lint/lint.ts'
import { describeSubject } from '../../image/subject.ts'
import { runtimeFacts } from '../../runtime/facts.ts'

/** What the command line said. */
export interface LintOptions {
  json?: true
  context?: string
  target?: string
  buildArg: ReadonlyMap<string, string>
}

interface Linted {
  readonly image: string
  readonly findings: readonly Finding[]
}

const STYLES = { error: 'red', warning: 'yellow', note: 'cyan' } as const

/** Prints what is wrong with each; returns the exit code. */
export async function lintSubjects(subjects: readonly string[], options: LintOptions): Promise<number> {
  const runtimes = await runtimeFacts()
  const { context, target, buildArg } = options
  const linted: Linted[] = []
  let areAllRead = true
  for (const subject of subjects) {
    try {
      for (const image of await describeSubject(subject, { context, target, args: buildArg }))
        linted.push({ image: image.name, findings: lintImage(image, runtimes) })
    } catch (error) {
      process.stderr.write(`krunner: ${messageOf(error)}\n`)
      areAllRead = false
    }
  }
  await print(options.json ? toJson(linted) : toText(linted))
  if (!areAllRead) return 2
  return linted.some(({ findings }) => count(findings, 'error') > 0) ? 1 : 0
}

function toJson(linted: readonly Linted[]): string {
  const plain = linted.map(({ image, findings }) => ({
    image,
    findings: findings.map(({ place, ...rest }) => ({ file: place.file, line: place.line ?? null, ...rest })),
  }))
  return JSON.stringify(plain, undefined, 2)
}

function toText(linted: readonly Linted[]): string {
  return linted
    .flatMap(({ image, findings }) => [...findings.map(drawn), summary(image, findings)])
    .join('\n')
}

function drawn({ place, severity, what, mend }: Finding): string {
  const where = place.line === undefined ? place.file : `${place.file}:${place.line}`
  return `${styled('bold', where)}: ${styled(STYLES[severity], severity)}: ${what}; ${mend}`
}

function summary(image: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${image}: nothing is wrong`
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const number = count(findings, severity)
    return `${number} ${severity}${number === 1 ? '' : 's'}`
  })
  return `${image}: ${counts.join(', ')}`
}

function count(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length
}

function styled(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

async function print(text: string): Promise<void> {
  if (text !== '') await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))
}
