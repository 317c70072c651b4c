import type { CompleteRequest } from '../../protocol/commands.ts'

/** The place of the cursor, an offset in the text, as the protocol names places. */
export function completeRequest(text: string, cursor: number): CompleteRequest {
  const before = text.slice(0, cursor)
  const row = before.split('\n').length - 1
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const [post = ''] = text.slice(cursor).split('\n')
  return { code: text, row, col: line.length, line, post }
}
