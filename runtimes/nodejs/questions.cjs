'use strict'
/* Questions that the daemon puts to the user: asked one after the other, answered in that order. */
const control = require('./control.cjs')
const signals = require('./signals.cjs')

/** Our own, whatever the user makes of the global one. */
const later = setImmediate

/** What was asked and is not answered: `isWanted` is false once nobody waits for it any more. */
let questions = []
let hasCell = false

/** What was asked while no cell ran is the next cell's. */
function cellStarted() {
  hasCell = true
  questions.forEach(send)
}

function cellEnded() {
  hasCell = false
  questions = []
}

function areOpen() {
  return questions.some((question) => question.isWanted)
}

/** `reply` gets the line. The question may be withdrawn by setting `isWanted` to false. */
function ask(prompt, reply) {
  const question = { prompt, reply, isWanted: true }
  questions.push(question)
  if (hasCell) send(question)
  return question
}

function send(question) {
  control.send('ask 0', question.prompt)
}

/** Callbacks of users come in a turn of their own. */
function answered(text) {
  const question = questions.shift()
  if (question && question.isWanted) later(() => signals.callback(() => question.reply(text)))
}

/** The user's `prompt()`: blocks until there is a line. An empty one means `preset`, where there is one. */
function prompt(message, preset) {
  if (!hasCell) throw new Error('prompt() can only ask while a cell runs')
  const text = message === undefined ? '' : String(message)
  const own = ask(/\S$/.test(text) ? `${text} ` : text, undefined)
  try {
    while (questions[0] !== own) answered(control.waitForAnswer())
    const line = control.waitForAnswer()
    return line === '' && preset !== undefined ? String(preset) : line
  } finally {
    questions = questions.filter((question) => question !== own)
  }
}

module.exports = { answered, areOpen, ask, cellEnded, cellStarted, prompt }
