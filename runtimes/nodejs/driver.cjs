'use strict'
/*
 * Keeps a user's Node.js session: Node 6 and later, nothing but what Node brings, and a parser (acorn) beside it.
 *
 * The context is the main one of this process, so every global is there and `instanceof` means what it says. Each
 * cell is a script in it. The names that a cell declares at its top level become variables of the global scope,
 * made once; from then on a declaration is an assignment (`rewrite.cjs`), so that `let`, `const`, `class`,
 * `function` and `import` can be said again, the last one wins for everybody, and a failed one leaves no trace. A
 * cell with a top-level `await` or `import` runs as an async function, its names are the same variables.
 *
 * A cell ends when its last statement has ended: at once, or when what it awaits has settled, or, where its value
 * is the promise of a call such as `main()`, when that has; and while a question or a reader of stdin that it
 * opened is open. Timers, servers and promises that outlive it go on.
 *
 * A value may have a richer form: a method `Symbol.for('Jupyter.display')` that returns an object of MIME types (as
 * Deno and others have it), or `_toHtml`, `_toSvg`, `_toPng`, `_toJpeg`, `_toMime` (as IJavascript has them).
 * `display(value)` and `display(mime, data)` show things in mid-cell. `prompt(text)` asks for a line.
 *
 * `docs/adding-a-language.md` has the protocol.
 */
const control = require('./control.cjs')
const cells = require('./cells.cjs')
const failure = require('./failure.cjs')
const questions = require('./questions.cjs')
const signals = require('./signals.cjs')

/** Our own: the global one is the user's from here on. */
const later = setImmediate

require('./globals.cjs')
failure.listen()

control.listen({
  run: (fields, source) => cells.run(Number(fields[0]), source),
  complete: (fields, source) => {
    const matches = look(() => require('./complete.cjs')(textBefore(source, fields[1])), [])
    control.send(`matches ${fields[0]}`, matches.join('\n'))
  },
  inspect: (fields, source) => {
    const text = look(() => require('./inspect.cjs')(source, textBefore(source, fields[1]).length), '')
    control.send(`doc ${fields[0]}`, text)
  },
  answer: (_, text) => questions.answered(text),
})
control.send('ready', `Node.js ${process.version}`)
// Nearly every cell needs the parser, and it takes longer to load than all the rest.
later(() => require('./rewrite.cjs'))

/** What `find` finds, unless it fails or an interrupt comes first. */
function look(find, nothing) {
  let found
  try {
    signals.interruptible(() => {
      found = find()
    })
  } catch (_) {}
  return found === undefined ? nothing : found
}

/** What stands before a cursor that counts bytes. */
function textBefore(source, cursor) {
  return Buffer.from(source).slice(0, Number(cursor)).toString()
}
