/** A user's command line: for the image's shell, and where there is none, for nobody. */
import { existsSync } from 'node:fs'
import { messageOf } from '../errors.ts'
import { splitWords } from '../service/words.ts'
import { impossible, run, shell } from './plan.ts'
import type { Plan } from './runtime.ts'

const SHELL = '/bin/sh'
/** What stands in quotes, where `$` and a backquote still mean something if the quotes are double. */
const SINGLE_QUOTED = /'[^']*'/g
const DOUBLE_QUOTED = /"((?:\\.|[^"\\])*)"/gs
const ESCAPED = /\\./gs
/** Of which a shell makes more than words. */
const SYNTAX = /[|&;<>()$`*?[\]{}~#!\n]|^\s*\w+=/
const EXPANDED = /[$`]/

/** Without a shell a program and its arguments run all the same; a line that says more is impossible. */
export function shellCommand(command: string, hasShell: boolean = existsSync(SHELL)): Plan {
  if (hasShell) return { commands: [shell(command)] }
  const found = shellSyntax(command)
  if (found) return impossible(`this image has no ${SHELL}, and '${command}' needs one for '${found.trim()}'`)
  try {
    const [program, ...args] = splitWords(command)
    return program === undefined ? { commands: [] } : run([program, ...args])
  } catch (error) {
    return impossible(messageOf(error))
  }
}

function shellSyntax(command: string): string | undefined {
  const expanded = [...command.replace(SINGLE_QUOTED, '').matchAll(DOUBLE_QUOTED)]
    .map(([, inside = '']) => EXPANDED.exec(inside.replace(ESCAPED, ''))?.[0])
    .find(Boolean)
  const plain = command.replace(SINGLE_QUOTED, '').replace(DOUBLE_QUOTED, '').replace(ESCAPED, '')
  return expanded ?? SYNTAX.exec(plain)?.[0]
}
