/** Debian's dropbear starts sftp by a path that few images have. Another build of it would differ in these bytes alone. */
import { readFileSync, writeFileSync } from 'node:fs'

const PATH = '/usr/lib/sftp-server'

/** The user's shell runs it, and so finds ours by a variable. It has to be as long as the path. */
export const SFTP_VARIABLE = 'KRUNNER_SFTP_SERVER'

/** Throws where the program is another one than is known here. */
export function pointToSftp(dropbear: string): void {
  const bytes = readFileSync(dropbear)
  const at = bytes.indexOf(`\0${PATH}\0`)
  if (at < 0 || bytes.indexOf(PATH, at + 2) >= 0)
    throw new Error(`${dropbear} does not start sftp by ${PATH}, or by more than that`)
  bytes.write(`$${SFTP_VARIABLE}`, at + 1, 'latin1')
  writeFileSync(dropbear, bytes)
}
