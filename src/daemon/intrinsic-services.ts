/** The services of every runtime. Where one cannot start the session goes on, and the log says why; one that is killed comes back. */
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../errors.ts'
import { startSsh } from '../service/ssh.ts'
import type { Launch } from '../service/supervisor.ts'
import { PROGRAMS } from '../tree.ts'
import type { Config } from './config.ts'
import type { Host } from './host.ts'
import { openTerminal, type ServiceSetup, surroundingsOf } from './service-setup.ts'

/** Until each of them must serve, ms. */
const LAUNCH_TIME = 10_000
/** Until one that is lost is started again, twice as long each time; ms. */
const FIRST_WAIT = 100
const LONGEST_WAIT = 60_000

export function startIntrinsicServices(setup: ServiceSetup, host: Host, config: Config): void {
  const begin = (name: string, port: number | undefined, start: (port: number) => Launch['start']) => {
    if (port === undefined) return
    let wait = FIRST_WAIT
    const onLoss = () => {
      setTimeout(bring, wait).unref()
      wait = Math.min(2 * wait, LONGEST_WAIT)
    }
    const launch = { name, port, within: LAUNCH_TIME, start: start(port), onLoss }
    const bring = () => void setup.supervisor.start(launch).catch((error) => host.log.info(messageOf(error)))
    bring()
  }
  begin('ttyd', config.portTtyd, (port) => () => startTerminal(host, config.listen, port))
  begin('sshd', config.portSshd, (port) => (signal) => startSsh({ ...sshPlaces(host, config), port }, signal))
}

/** On the user's own shell; an image without any has its language. */
function startTerminal({ context, work }: Host, host: string, port: number) {
  const { env } = context
  const shells = [env.SHELL, 'bash', '/bin/sh'].filter((name) => name !== undefined)
  const shell = shells.find((name) => name && context.which(name)) ?? context.executable
  const place = { host, port, title: 'Terminal', isShared: false, token: undefined }
  return openTerminal({ argv: [shell], env, cwd: work }, place)
}

function sshPlaces(host: Host, { config, listen }: Config) {
  return {
    around: surroundingsOf(host),
    host: listen,
    home: userInfo().homedir,
    config: join(config, 'ssh'),
    programs: PROGRAMS,
  }
}
