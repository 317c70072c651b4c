import { Leaving } from '../leaving.ts'
import { surveyRuntimes } from './survey.ts'
import { drawRuntimes } from './table.ts'

/** Prints them to stdout; returns the exit code. */
export function listRuntimes(asJson: boolean): Promise<number> {
  return new Leaving().race(list(asJson))
}

async function list(asJson: boolean): Promise<number> {
  const runtimes = await surveyRuntimes()
  const text = asJson ? JSON.stringify(runtimes, undefined, 2) : drawRuntimes(runtimes, process.stdout)
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))
  return 0
}
