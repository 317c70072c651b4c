/** `krunner console`: takes the terminal, and gives it back however it ends. */
import { readableLog } from '../../client/log.ts'
import { KrunnerError } from '../../errors.ts'
import { findRuntime } from '../../runtime/registry.ts'
import type { CellSyntax } from '../../runtime/syntax.ts'
import { type Attachment, attach, type Session } from '../attachment.ts'
import { ANY_LANGUAGE } from '../editor/syntax.ts'
import { HUNG_UP, Leaving } from '../leaving.ts'
import { Console } from './console.ts'
import { Output } from './output.ts'
import { Terminal } from './terminal.ts'

/** Returns the exit code. Throws a coded error where there is no terminal or no runner. */
export async function runConsole(attachment: Omit<Attachment, 'onResult' | 'onLog'>): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw KrunnerError.of('NO_TERMINAL')
  const leaving = new Leaving()
  const terminal = new Terminal(process.stdout)
  const output = new Output(terminal)
  let session: Session | undefined
  let giveBack = () => {}
  const work = async () => {
    session = await attach({
      ...attachment,
      onResult: (result) => output.take(result),
      onLog: (text) => attachment.debug && terminal.say(readableLog(text).trimEnd()),
    })
    const console = new Console(session, await syntaxOf(session.runtime), terminal, output)
    giveBack = takeTerminal(console, terminal, leaving)
    return Promise.race([console.run(), session.lost.then((error) => Promise.reject(error))])
  }
  try {
    return await leaving.race(work())
  } finally {
    giveBack()
    await session?.close()
  }
}

/** Returns the way to give it back. */
function takeTerminal(console: Console, terminal: Terminal, leaving: Leaving): () => void {
  const { keyboard } = console
  keyboard.onInterrupt = leaving.onInterrupt = () => console.interrupt()
  keyboard.onEnd = () => leaving.leave(HUNG_UP)
  terminal.onResize(() => terminal.redraw())
  keyboard.open()
  return () => {
    console.end()
    keyboard.close()
  }
}

/** A runner that runs already may be of a version that knows other languages. */
async function syntaxOf(runtime: string | undefined): Promise<CellSyntax> {
  if (runtime === undefined) return ANY_LANGUAGE
  const found = await findRuntime(runtime).catch(() => undefined)
  return found?.runtime.query?.syntax ?? ANY_LANGUAGE
}
