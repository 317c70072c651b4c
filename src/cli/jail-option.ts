import { Option } from 'commander'

/** Of `serve` and `launch`. */
export function jailOption(): Option {
  return new Option(
    '--jail [mode]',
    'confine user code; `best-effort`: also where the kernel cannot do all of it',
  )
    .choices(['off', 'best-effort', 'on'])
    .preset('on')
}

/** A lone `--jail` would take the argument behind it for its mode. */
export function spellOutJail(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.map((arg, at) => (arg === '--jail' && at < end ? '--jail=on' : arg))
}
