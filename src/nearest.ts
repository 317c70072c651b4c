/** Of known names the one that was probably meant; undefined where none is near. */
export function nearest(found: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(found.length / 3))
  let best: { name: string; edits: number } | undefined
  for (const name of known) {
    if (Math.abs(name.length - found.length) > most) continue
    const edits = editsBetween(found.toLowerCase(), name.toLowerCase())
    if (edits <= most && (best === undefined || edits < best.edits)) best = { name, edits }
  }
  return best?.name
}

/** Letters to add, take away, replace, or swap with their neighbour (optimal string alignment). */
function editsBetween(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(above, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwap ? at(before, j - 2) + 1 : replaced
      row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, replaced, swapped))
    }
    before = above
    above = row
  }
  return at(above, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0
}
