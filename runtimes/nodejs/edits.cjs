'use strict'
/* Changes of a text that leave its lines, and as far as they can its columns, where they are. */

const LINE_ENDS = /[\n\r\u2028\u2029]/g
const NO_LINE_ENDS = /[^\n\r\u2028\u2029]/g

function insertion(at, text) {
  return { start: at, end: at, text }
}

/** Takes as many lines, and where it fits as many characters, as what it replaces. */
function replacement(start, end, text) {
  return { start, end, text }
}

/** The text with its edits, and blanks for all that is outside of `kept`: ranges in order, each with its edits. */
function render(text, edits, kept) {
  const ordered = edits.map((edit, index) => ({ edit, index })).sort(inOrder)
  const parts = []
  let at = 0
  for (const range of kept) {
    parts.push(gap(text, at, range.start), applied(text, ordered, range))
    at = range.end
  }
  return parts.join('') + gap(text, at, text.length)
}

function inOrder(one, other) {
  return one.edit.start - other.edit.start || one.index - other.index
}

function applied(text, ordered, range) {
  const parts = []
  let at = range.start
  for (const { edit } of ordered) {
    if (edit.start < range.start || edit.end > range.end) continue
    parts.push(text.slice(at, edit.start), fill(edit.text, text.slice(edit.start, edit.end)))
    at = edit.end
  }
  return parts.join('') + text.slice(at, range.end)
}

function fill(text, replaced) {
  const lines = (replaced.match(LINE_ENDS) || []).join('')
  const last = lines ? replaced.slice(replaced.search(/[^\n\r\u2028\u2029]*$/)) : replaced.slice(text.length)
  return text + lines + blank(last)
}

/** What was a statement stays one, an empty one: what follows it does not go on with what precedes it. */
function gap(text, start, end) {
  const blanks = blank(text.slice(start, end))
  return start > 0 && blanks[0] === ' ' ? `;${blanks.slice(1)}` : blanks
}

function blank(text) {
  return text.replace(NO_LINE_ENDS, ' ')
}

module.exports = { insertion, render, replacement }
