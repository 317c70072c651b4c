/** What is done in a launched container: a command, a cell from standard input, or what a person types. */
import type { ResultListener } from '../../client/client.ts'
import type { LaunchPlan } from '../../image/launch/plan.ts'
import { quoteWords } from '../../image/launch/shell.ts'
import { attach, type Session } from '../attachment.ts'
import { runConsole } from '../console/session.ts'
import { runCommand, runInput } from '../script/launched.ts'
import type { Launch } from './asked.ts'
import type { Container } from './container.ts'

/** True where a person types at a terminal. */
export function hasPerson(command: readonly string[]): boolean {
  return command.length === 0 && process.stdin.isTTY && process.stdout.isTTY
}

/** The exit code. */
export function workIn(
  container: Container,
  plan: LaunchPlan,
  { command, options }: Launch,
): Promise<number> {
  const open = (onResult: ResultListener) => {
    if (options.debug) container.onLog = (text) => void onResult({ type: 'log', text })
    return openSession(container, plan, onResult)
  }
  if (hasPerson(command)) return runConsole({ open })
  if (command.length > 0) return runCommand(commandLine(command), { open })
  return runInput({ open })
}

/** As ssh does it, one word is a line for the shell; several are what they are. */
function commandLine(command: readonly string[]): string {
  return command.length === 1 ? command.join('') : quoteWords(command)
}

async function openSession(
  container: Container,
  plan: LaunchPlan,
  onResult: ResultListener,
): Promise<Session> {
  await container.ready()
  const { portIn, portOut } = plan
  const joined = await attach({ connect: { host: '127.0.0.1', portIn, portOut }, onResult })
  void container.lost.then((error) => joined.client.close(error))
  const close = async () => {
    await joined.close()
    await container.stop()
  }
  return { client: joined.client, runtime: joined.runtime ?? plan.runtime, lost: container.lost, close }
}
