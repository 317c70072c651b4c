import type { Command } from 'commander'

/** Apart from what reads the folder: each start of the program loads all options. */
export function withFolder(command: Command): Command {
  return command.option(
    '--images <FOLDER>',
    "with manifest.yml and templates/; default: ./images, else krunner's own",
  )
}
