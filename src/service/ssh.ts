/** An ssh server for the session's user: dropbear, by key alone. */
import { join } from 'node:path'
import { KrunnerError } from '../errors.ts'
import { isThere } from '../process/access.ts'
import { capture } from '../process/capture.ts'
import { which } from '../process/which.ts'
import { type RunningService, ServiceProcess } from './service-process.ts'
import { prepareSshFolder, type SshPlaces } from './ssh-files.ts'
import type { Surroundings } from './surroundings.ts'

/** Servers are not in everybody's PATH. */
const FOLDERS = '/usr/local/sbin:/usr/sbin:/sbin'
/** As the agent names it. */
const HOST_KEY = 'dropbear_rsa_host_key'

export interface SshOptions extends Omit<SshPlaces, 'env'> {
  readonly around: Surroundings
  /** Where our own programs are; the image's serve where we have none. */
  readonly programs: string
  readonly host: string
  readonly port: number
}

/** Throws what is missing. */
export async function startSsh(options: SshOptions, signal: AbortSignal): Promise<RunningService> {
  const { around, host, port } = options
  const dropbear = findProgram('dropbear', options)
  const key = await hostKey(options, signal)
  if (!prepareSshFolder({ ...options, env: around.env }))
    around.log.info('sshd: nobody has a key yet: put one into ~/.ssh/authorized_keys')
  const { out, err } = await capture({ argv: [dropbear, '-h'], env: around.env, cwd: around.work }, signal)
  signal.throwIfAborted()
  // Older ones do not know how to give the container's environment to who logs in.
  const environment = /^\s*-e\s/m.test(out + err) ? ['-e'] : []
  const foreground = ['-F', '-E', '-m', '-P', join(around.scratch, 'dropbear.pid')]
  const byKeyAlone = ['-s', '-w']
  return new ServiceProcess({
    argv: [dropbear, ...foreground, ...byKeyAlone, ...environment, '-r', key, '-p', `${host}:${port}`],
    // Our dropbear has the user's shell start what this names: few images have a server for sftp where Debian has it.
    env: { ...around.env, KRUNNER_SFTP_SERVER: join(options.programs, 'sftp-server') },
    cwd: around.work,
  })
}

/** The agent's, else one that is made for this session. */
async function hostKey(options: SshOptions, signal: AbortSignal): Promise<string> {
  const { config, around } = options
  const given = join(config, HOST_KEY)
  if (isThere(given)) return given
  const made = join(around.scratch, 'ssh_host_key')
  if (isThere(made)) return made
  const argv = [findProgram('dropbearkey', options), '-t', 'ed25519', '-f', made] as const
  const { outcome, err } = await capture({ argv, env: around.env, cwd: around.work }, signal)
  if (outcome.exitCode !== 0) throw new Error(`no host key could be made: ${err.trim()}`)
  return made
}

function findProgram(name: string, { programs, around }: SshOptions): string {
  const found = which(join(programs, name), '') ?? which(name, `${around.env.PATH}:${FOLDERS}`)
  if (!found) throw KrunnerError.of('SPAWN', name, 'neither the runner nor the image has it')
  return found
}
