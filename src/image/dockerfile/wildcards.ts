/** Patterns of COPY, as Go's filepath.Match has them: `*`, `?`, `[a-z]`, `[^a-z]` and `\`, none of them over a slash. */
import { join } from 'node:path'
import { namesIn, statOf } from '../files.ts'

/** Matches one character. */
type Step = ((mark: string) => boolean) | 'any'

const CLASS = /\[(\^?)((?:\\.|[^\]\\])+)\]/sy
const RANGE = /(\\?.)(?:-(\\?.))?/gs

export function hasWildcards(pattern: string): boolean {
  return /[*?[]/.test(pattern)
}

/** Paths relative to the folder, sorted. */
export function findMatching(pattern: string, folder: string): string[] {
  let found = ['']
  for (const part of pattern.split('/').filter((one) => one !== ''))
    found = found.flatMap((path) =>
      hasWildcards(part)
        ? namesIn(join(folder, path))
            .filter((name) => matches(name, part))
            .map((name) => join(path, name))
        : [join(path, part)],
    )
  return found.filter((path) => path !== '' && statOf(join(folder, path))).sort()
}

/** Never slower than the lengths multiplied: after a star that went too far, only that star is tried further. */
export function matches(name: string, pattern: string): boolean {
  const steps = stepsOf(pattern)
  let at = 0
  let step = 0
  let star: { step: number; at: number } | undefined
  while (at < name.length) {
    const next = steps[step]
    if (next === 'any') star = { step: ++step, at }
    else if (next?.(name[at] ?? '')) {
      at++
      step++
    } else if (star) {
      star = { step: star.step, at: star.at + 1 }
      step = star.step
      at = star.at
    } else return false
  }
  return steps.slice(step).every((one) => one === 'any')
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < pattern.length; at++) {
    const mark = pattern[at] ?? ''
    CLASS.lastIndex = at
    const found = mark === '[' ? CLASS.exec(pattern) : undefined
    if (found) {
      at += found[0].length - 1
      steps.push(inClass(found[2] ?? '', found[1] === '^'))
    } else if (mark === '*') steps.push('any')
    else if (mark === '?') steps.push(() => true)
    else {
      const plain = mark === '\\' ? (pattern[++at] ?? '') : mark
      steps.push((one) => one === plain)
    }
  }
  return steps
}

function inClass(content: string, isOutside: boolean): Step {
  const ranges = [...content.matchAll(RANGE)].map(([, from = '', to = from]) => [from.at(-1), to.at(-1)])
  return (mark) => ranges.some(([from = '', to = '']) => from <= mark && mark <= to) !== isOutside
}
