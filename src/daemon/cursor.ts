import type { CompleteRequest } from '../protocol/commands.ts'

/**
 * What to complete and where, as a byte offset in UTF-8. `row` and `col` are a place in the code; without
 * them the text ends at the cursor, `line` being the current line where only that is known.
 */
export function completionPoint(request: CompleteRequest): { source: string; cursor: number } {
  const { code, row, col, line } = request
  if (row !== undefined && col !== undefined && code !== '') {
    const lines = code.split('\n')
    const before = [...lines.slice(0, row), (lines[row] ?? '').slice(0, col)].join('\n')
    return { source: code, cursor: Buffer.byteLength(before) }
  }
  const source = code || line || ''
  const end =
    request.post && source.endsWith(request.post) ? source.length - request.post.length : source.length
  return { source, cursor: Buffer.byteLength(source.slice(0, end)) }
}
