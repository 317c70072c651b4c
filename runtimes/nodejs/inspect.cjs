'use strict'
/* What is known of the name at a place: what it is, its signature, the comment before its declaration. */
const { lookUp } = require('./looking.cjs')
const { declared } = require('./names.cjs')
const { textOf } = require('./values.cjs')

const WORD = /[\w$\u0080-\uffff]/
const CHAIN_START = /(?:[\w$\u0080-\uffff]+\??\.)*[\w$\u0080-\uffff]*$/

/** Text for people, empty where nothing is known. `cursor` counts characters. */
module.exports = function inspect(source, cursor) {
  let end = cursor
  while (end < source.length && WORD.test(source[end])) end++
  const chain = CHAIN_START.exec(source.slice(0, end))[0]
  if (!chain || /\.$/.test(chain)) return ''
  const value = lookUp(chain)
  const declaration = declared.get(chain)
  if (value === undefined && !declaration) return ''
  const comment = declaration ? plain(declaration.comment) : ''
  return [heading(chain, value, declaration), comment].filter(Boolean).join('\n')
}

function heading(chain, value, declaration) {
  if (typeof value === 'function') return signature(chain, value)
  const kind = declaration ? `${declaration.kind} ` : ''
  return `${kind}${chain} = ${textOf(value)}`
}

/** A function's text up to its body; of Node's own only the number of arguments is known. */
function signature(chain, value) {
  const text = Function.prototype.toString.call(value)
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text)) return `function ${chain}(${value.length} arguments)`
  const body = bodyStart(text)
  const head = body < 0 ? text.split('\n')[0] : text.slice(0, body)
  return head.replace(/\s*=>\s*$/, '').trim()
}

/** Where the brace or the expression of the body starts: after the parameters, which may have braces themselves. */
function bodyStart(text) {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (/[([]/.test(text[at])) depth++
    else if (/[)\]]/.test(text[at])) depth--
    else if (depth === 0 && (text[at] === '{' || text.slice(at, at + 2) === '=>')) return at
  }
  return -1
}

/** A comment without its stars and slashes. */
function plain(comment) {
  return comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .replace(/^[ \t]*\* ?/gm, '')
    .trim()
}
