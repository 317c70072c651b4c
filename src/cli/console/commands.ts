/** The console's own few commands; everything else is a cell. */
import { readFileSync } from 'node:fs'
import type { Client } from '../../client/client.ts'
import { messageOf } from '../../errors.ts'
import type { ServiceInfo } from '../../protocol/commands.ts'
import { serviceTable } from '../service-table.ts'
import type { Terminal } from './terminal.ts'

const HELP = `\
Enter runs a complete cell, and starts a new line in one that goes on; an empty line ends an indented block.
Alt-Enter or Ctrl-O   a new line anywhere        Tab         complete
Up, Down              lines, then history        Ctrl-R      search the history
Ctrl-C                interrupt, or drop the entry
Ctrl-D                leave
.help                 this
.status               what the runner says of itself
.load FILE            run a file as a cell
.services             what the image defines, and what serves
.start NAME PORT      start a service
.stop NAME            stop one
.exit                 leave`

/** Returns the cell to run, if any. */
export async function dotCommand(
  entry: string,
  client: Client,
  terminal: Terminal,
): Promise<string | undefined> {
  const [, name, argument = ''] =
    /^\.(help|status|load|services|start|stop)(?:[ \t]+(\S.*))?$/.exec(entry) ?? []
  switch (name) {
    case 'help':
      terminal.say(HELP)
      return undefined
    case 'status':
      terminal.say(JSON.stringify(await client.status()))
      return undefined
    case 'load':
      return load(argument, terminal)
    case 'services':
      terminal.say(await serviceTable(client))
      return undefined
    case 'start':
      await start(argument, client, terminal)
      return undefined
    case 'stop':
      await client.stopService(argument.trim())
      return undefined
    default:
      return entry
  }
}

/** `NAME PORT [PROTOCOL]`. */
async function start(argument: string, client: Client, terminal: Terminal): Promise<void> {
  const [name = '', port = '', protocol = 'http'] = argument.split(/\s+/)
  const asked = { name, port: Number(port), protocol: protocol as ServiceInfo['protocol'] }
  const { status, error } = await client.startService(asked)
  if (error) terminal.say(error, 'red')
  else terminal.say(`${name}: ${status}`)
}

function load(path: string, terminal: Terminal): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    terminal.say(`.load '${path}': ${messageOf(error)}`, 'red')
    return undefined
  }
}
