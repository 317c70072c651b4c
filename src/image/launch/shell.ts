/** Command lines for people, to be pasted into a shell. */
import type { LaunchPlan } from './plan.ts'

const PLAIN = /^[\w@%+=:,./-]+$/

export function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ')
}

/** What a launch does, as a shell script: it makes the scratch folder, starts the container and cleans up. */
export function launchScript({ argv, config }: LaunchPlan, scratch: string, hasWork: boolean): string {
  const folders = [`${scratch}/config`, ...(hasWork ? [] : [`${scratch}/work`])]
  return [
    `mkdir -p ${quoteWords(folders)}`,
    ...Object.entries(config).map(
      ([name, text]) => `printf %s ${quoteWord(text)} > ${quoteWord(`${scratch}/config/${name}`)}`,
    ),
    quoteWords(argv),
    `rm -rf ${quoteWord(scratch)}`,
    '',
  ].join('\n')
}
