/** Images in the terminal itself, where it has a protocol for that. */

export type ImageProtocol = 'kitty' | 'iterm'

const ITERM_PROGRAMS = new Set(['iTerm.app', 'WezTerm', 'mintty', 'WarpTerminal'])

/**
 * What the terminal understands, from the variables that terminals set. Inside a multiplexer it is
 * nothing: tmux and screen take such sequences for themselves.
 */
export function imageProtocol(env: NodeJS.ProcessEnv): ImageProtocol | undefined {
  const terminal = env.TERM ?? ''
  if (env.TMUX || env.STY || /^(?:screen|tmux)/.test(terminal)) return undefined
  if (env.KITTY_WINDOW_ID || /kitty|ghostty/.test(terminal) || env.TERM_PROGRAM === 'ghostty') return 'kitty'
  if (ITERM_PROGRAMS.has(env.TERM_PROGRAM ?? '') || env.LC_TERMINAL === 'iTerm2') return 'iterm'
  return env.KONSOLE_VERSION ? 'iterm' : undefined
}

/** The sequence that shows the image at the cursor, or undefined for a form that this terminal can't show. */
export function inlineImage(protocol: ImageProtocol, mime: string, image: Buffer): string | undefined {
  if (protocol === 'iterm') return itermImage(image)
  return mime === 'image/png' ? kittyImage(image) : undefined
}

/** Source: https://iterm2.com/documentation-images.html */
function itermImage(image: Buffer): string {
  const options = `inline=1;size=${image.length};preserveAspectRatio=1`
  return `\x1b]1337;File=${options}:${image.toString('base64')}\x07\n`
}

/** The longest that the kitty protocol takes in one sequence, in characters of base64. */
const KITTY_CHUNK = 4096

/** Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/. `q=2`: no answers, which would come as keys. */
function kittyImage(image: Buffer): string {
  const base64 = image.toString('base64')
  const sequences: string[] = []
  for (let start = 0; start < base64.length; start += KITTY_CHUNK) {
    const first = start === 0 ? 'a=T,f=100,q=2,' : ''
    const more = start + KITTY_CHUNK < base64.length ? 1 : 0
    sequences.push(`\x1b_G${first}m=${more};${base64.slice(start, start + KITTY_CHUNK)}\x1b\\`)
  }
  return `${sequences.join('')}\n`
}
