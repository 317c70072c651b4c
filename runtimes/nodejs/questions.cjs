'use strict'
/* Questions that the daemon puts to the user: asked one after the other, answered in that order. */
const control = require('./control.cjs')
const signals = require('./signals.cjs')

/** Our own, whatever the user makes of the global one. */
const later = setImmediate

/** An answer that is no line but the end of all lines: Ctrl-D. */
const END = '\u0004'

/** What was asked and is not answered: `isWanted` is false once nobody waits for it any more. */
let questions = []
/** How many answers are on their way to who asked. */
let replies = 0
let hasCell = false
let changed = () => {}

/** What was asked while no cell ran is the next cell's. `onChange` is called when `areOpen()` may have changed. */
function cellStarted(onChange) {
  hasCell = true
  changed = onChange
  later(send)
}

function cellEnded() {
  hasCell = false
  changed = () => {}
  questions = []
}

function areOpen() {
  return replies > 0 || questions.some((question) => question.isWanted)
}

/** `reply` gets the line; `isPassword()` is asked when the code that wants it has returned. */
function ask(prompt, reply, isPassword) {
  const question = { prompt, reply, isPassword, isWanted: true, isSent: false }
  questions.push(question)
  later(send)
  return question
}

function send() {
  if (!hasCell) return
  for (const question of questions) {
    if (!question.isSent) control.send(`ask ${question.isPassword() ? 1 : 0}`, question.prompt)
    question.isSent = true
  }
}

/** Nobody waits for the answer any more; the user may still give it. */
function withdraw(question) {
  question.isWanted = false
  changed()
}

/** Callbacks of users come in a turn of their own. */
function answered(text) {
  const question = questions.shift()
  if (!question || !question.isWanted) return
  replies++
  later(() => reply(question, text))
}

function reply(question, text) {
  replies--
  try {
    signals.callback(() => question.reply(text))
  } finally {
    changed()
  }
}

/** The user's `prompt()`: blocks until there is a line. An empty one means `preset`, where there is one; END is null. */
function prompt(message, preset) {
  if (!hasCell) throw new Error('prompt() can only ask while a cell runs')
  const text = message === undefined ? '' : String(message)
  const own = ask(/\S$/.test(text) ? `${text} ` : text, undefined, () => false)
  try {
    send()
    while (questions[0] !== own) answered(control.waitForAnswer())
    const line = control.waitForAnswer()
    if (line === END) return null
    return line === '' && preset !== undefined ? String(preset) : line
  } finally {
    questions = questions.filter((question) => question !== own)
  }
}

module.exports = { END, answered, areOpen, ask, cellEnded, cellStarted, prompt, withdraw }
