/** Whether a session has a jail. */
import { existsSync, readFileSync } from 'node:fs'
import { type Config, readEnvironFile } from './config.ts'
import type { JailPlace, SessionJail } from './jail-setup.ts'
import type { Logger } from './logger.ts'
import type { Outbox } from './outbox.ts'

type JailMode = Config['jail']

/** From the weakest to the strictest. */
const MODES: readonly JailMode[] = ['off', 'best-effort', 'on']
/** One word: an image that says it here has its jail, whatever the environment of a session says. */
const IMAGE_MODE = '/etc/backend.ai/jail/mode'
const VARIABLE = 'KRUNNER_JAIL'

/** Undefined where no jail is asked for. Throws BAD_POLICY, JAIL_KERNEL, JAIL_START. */
export async function openJail(
  config: Config,
  place: JailPlace,
  outbox: Outbox,
  log: Logger,
): Promise<SessionJail | undefined> {
  const mode = jailMode(config)
  if (mode === 'off') return undefined
  const { setUpJail } = await import('./jail-setup.ts')
  return setUpJail(config, place, mode === 'on', outbox, log)
}

/** The strictest of what the command line, the environment and the image say: who uses a session can only add to it. */
function jailMode({ jail, config }: Config): JailMode {
  const said = [process.env[VARIABLE], readEnvironFile(config).env[VARIABLE], imageMode()]
  const modes = [jail, ...said.map((word) => modeOf(word))]
  return MODES.findLast((mode) => modes.includes(mode)) ?? 'off'
}

/** What is neither `off` nor `best-effort` is meant to be a jail. */
function modeOf(word: string | undefined): JailMode {
  const meant = word?.trim().toLowerCase() ?? ''
  if (['', '0', 'no', 'off', 'false'].includes(meant)) return 'off'
  return meant === 'best-effort' ? meant : 'on'
}

function imageMode(): string | undefined {
  return existsSync(IMAGE_MODE) ? readFileSync(IMAGE_MODE, 'utf8') : undefined
}
