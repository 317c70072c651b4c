/** As os.tmpdir, which does not believe the environment of a process with two users. */
export function temporaryFolder(): string {
  return process.env.TMPDIR?.replace(/(?<=.)\/+$/, '') || '/tmp'
}
