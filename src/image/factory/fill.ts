/** Fills the `{names}` of the manifest's texts. */

/** Throws a sentence that says what is not known. */
export function fill(text: string, values: Readonly<Record<string, string | undefined>>): string {
  // A shell's own `${NAME}` is left to it.
  return text.replaceAll(/(?<!\$)\{([a-z][\w-]*)\}/g, (_, name: string) => {
    const value = values[name]
    if (value !== undefined) return value
    const known = Object.keys(values).filter((key) => values[key] !== undefined)
    throw new Error(
      `names {${name}}, which is not known here; there is ${known.map((key) => `{${key}}`).join(', ')}`,
    )
  })
}
