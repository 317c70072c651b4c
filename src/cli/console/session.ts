/** `krunner console`: takes the terminal, and gives it back however it ends. */
import { KrunnerError } from '../../errors.ts'
import { findRuntime } from '../../runtime/registry.ts'
import type { CellSyntax } from '../../runtime/syntax.ts'
import { type Attachment, attach, type Session } from '../attach.ts'
import { Keyboard } from '../editor/keyboard.ts'
import { ANY_LANGUAGE } from '../editor/syntax.ts'
import { Leaving } from '../leaving.ts'
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
  const work = async () => {
    session = await attach({
      ...attachment,
      onResult: (result) => output.take(result),
      onLog: (text) => attachment.debug && terminal.print(text),
    })
    return atTerminal(session, terminal, output, leaving)
  }
  try {
    return await leaving.race(work())
  } finally {
    await session?.close()
  }
}

async function atTerminal(
  session: Session,
  terminal: Terminal,
  output: Output,
  leaving: Leaving,
): Promise<number> {
  const keyboard = new Keyboard(process.stdin, (text) => terminal.write(text))
  const syntax = await syntaxOf(session.runtime)
  const console = new Console(session, syntax, keyboard, terminal, output)
  keyboard.onInterrupt = leaving.onInterrupt = () => console.interrupt()
  keyboard.onEnd = () => leaving.leave(0)
  terminal.onResize(() => terminal.redraw())
  terminal.say(`${session.runtime ?? 'krunner'}: .help for help, Ctrl-D leaves`)
  keyboard.open()
  const lost = session.lost.then((error) => Promise.reject(error))
  try {
    return await leaving.race(Promise.race([console.run(), lost]))
  } finally {
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
