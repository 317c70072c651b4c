/** Rich output for people: shown where the terminal can, else saved, and its path told. */
import { messageOf } from '../../errors.ts'
import type { Result } from '../../protocol/results.ts'
import { htmlText } from './html.ts'
import { type ImageProtocol, inlineImage } from './images.ts'
import { SavedFiles } from './saved.ts'

type Rich = Extract<Result, { type: 'media' | 'html' }>

const TEXT = new Set(['text/plain', 'text/markdown', 'text/latex', 'application/json'])

/** HTML that is longer, in characters, is for a browser. */
const LARGEST_SHOWN = 128 * 1024

export class RichOutput {
  readonly #protocol: ImageProtocol | undefined
  readonly #files = new SavedFiles()

  constructor(protocol: ImageProtocol | undefined) {
    this.#protocol = protocol
  }

  /** What to write for it; ends with a newline. */
  show(result: Rich): string {
    if (result.type === 'html') return shownHtml(result.html) + this.#saved('text/html', result.html)
    if (typeof result.data !== 'string') return this.#saved(result.mime, JSON.stringify(result.data))
    if (TEXT.has(result.mime)) return `${result.data}\n`
    const image = decodeDataUri(result.data)
    if (!image) return this.#saved(result.mime, result.data)
    const inline = this.#protocol && inlineImage(this.#protocol, result.mime, image)
    return inline ?? this.#saved(result.mime, image)
  }

  #saved(mime: string, data: Uint8Array | string): string {
    try {
      return `[${mime}: ${this.#files.save(mime, data)}]\n`
    } catch (error) {
      return `[${mime}: can't be saved: ${messageOf(error)}]\n`
    }
  }
}

function shownHtml(html: string): string {
  return html.length > LARGEST_SHOWN ? '' : `${htmlText(html)}\n`
}

function decodeDataUri(data: string): Buffer | undefined {
  const [, base64] = /^data:[^,]*;base64,([\w+/=\s]*)$/.exec(data) ?? []
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}
