/** A runner's log for people: it writes JSON lines where its stderr is no terminal. */

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'warning',
  50: 'error',
  60: 'fatal',
}

/** Lines that are no record stay as they are. */
export function readableLog(text: string): string {
  return text.replace(/^\{.*\}$/gm, readableLine)
}

function readableLine(line: string): string {
  try {
    const { level, msg }: { level?: number; msg?: string } = JSON.parse(line)
    return typeof msg === 'string' ? `${LEVELS[level ?? 0] ?? 'log'}: ${msg}` : line
  } catch {
    return line
  }
}
