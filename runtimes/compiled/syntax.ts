import type { CellSyntax } from '../../src/runtime/syntax.ts'

/** Where a cell of C or C++ goes on. */
export const C_SYNTAX: CellSyntax = {
  comments: ['//'],
  quotes: ["'", '"'],
  spans: [['/*', '*/']],
  // An operator that wants a right side, the head of a statement, or an escaped end of line.
  goesOn: /(?:(?<![-+])[-+]|[*%&|^=<,?:\\]|\b(?:else|do)|\b(?:if|for|while|switch)\s*\(.*\))\s*$/,
}
