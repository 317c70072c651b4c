/** The environment that a policy leaves of the container's. */
import type { JailEnvironment } from './program.ts'

/** `dropped`: the names that the policy does not keep, for the log. */
export function keepEnvironment(
  env: Readonly<Record<string, string>>,
  { keep, set }: JailEnvironment,
): { env: Record<string, string>; dropped: string[] } {
  const isKept = keeper(keep)
  const entries = Object.entries(env)
  return {
    env: { ...Object.fromEntries(entries.filter(([name]) => isKept(name))), ...set },
    dropped: entries.map(([name]) => name).filter((name) => !isKept(name) && !Object.hasOwn(set, name)),
  }
}

/** `*` in a name of the list stands for any text. */
function keeper(keep: readonly string[]): (name: string) => boolean {
  const patterns = keep.map((name) => name.split('*').map(escaped).join('.*'))
  const whole = new RegExp(`^(?:${patterns.join('|')})$`)
  return (name) => whole.test(name)
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
}
