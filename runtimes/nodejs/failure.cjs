'use strict'
/* Shows errors as Node shows them: the user's line, and of the stack the user's part. */
const util = require('util')
const control = require('./control.cjs')
const program = require('./program.cjs')
const signals = require('./signals.cjs')

const FRAME = /^\s+at /
const CELL_FRAME = /^\s+at (?:.*\()?(<cell \d+>):(\d+):(\d+)\)?/m
/** What called the user's code: we, and what calls us. Below one of these a stack is nobody's business. */
const OURS = [__dirname, 'node:vm:', '(vm.js:', 'internal/process/', 'internal/timers', '(timers.js:']
/** Node 8 ends the stack of an async function with it. */
const NOWHERE = /^\s+at <anonymous>$/
/** A longer line would bury the message. */
const LONGEST_LINE = 500

/** What user code was given to throw where it can't be stopped otherwise: `process.exit()` in it has said all. */
const EXIT = new (class ProcessExit {
  toString() {
    return 'process.exit() was called'
  }
})()

/** `prefix` goes before the message. False where an interrupt came before the end. */
function report(error, prefix) {
  let text = ''
  const wasDescribed = signals.interruptible(() => {
    text = describe(error, prefix || '')
  })
  if (wasDescribed) print(text)
  return wasDescribed
}

function describe(error, prefix) {
  try {
    if (!isError(error)) return `Uncaught ${util.inspect(error)}`
    const text = withoutOurs(util.inspect(error))
    // Errors of the engine's parser say themselves where they are.
    return /^<cell \d+>:\d+\n/.test(text) ? text : location(error) + prefix + text
  } catch (_) {
    return `${prefix}an error that can't be shown`
  }
}

function isError(error) {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]'
}

/** The line of the innermost frame that is in a cell, and where in it. */
function location(error) {
  const [, name, line, column] = CELL_FRAME.exec(String(error.stack)) || []
  const source = program.sourceOf(name)
  const text = source === undefined ? undefined : source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1]
  if (text === undefined || text.length > LONGEST_LINE) return ''
  return `${name}:${line}\n${text}\n${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^\n\n`
}

/** Cuts each stack in a text at the first frame that is ours. */
function withoutOurs(text) {
  const kept = []
  let isCut = false
  for (const line of text.split('\n')) {
    isCut = FRAME.test(line) && (isCut || NOWHERE.test(line) || OURS.some((part) => line.indexOf(part) >= 0))
    if (!isCut) kept.push(line)
    // What opens there is closed further down.
    else if (/ \{$/.test(line)) kept.push(`${kept.pop()} {`)
  }
  return kept.join('\n')
}

/** One word for what was thrown: an error's name, or the type of anything else. */
function nameOf(error) {
  try {
    if (!isError(error)) return typeof error
    const own = error.name === 'Error' && error.constructor ? error.constructor.name : error.name
    return String(own).split('\n')[0].slice(0, 100) || 'Error'
  } catch (_) {
    return 'Error'
  }
}

function print(text) {
  control.print(2, `${text}\n`)
}

const LISTENERS = {
  uncaughtException(error) {
    if (error !== EXIT && process.listenerCount('uncaughtException') === 1) report(error)
  },
  unhandledRejection(error) {
    if (error !== EXIT && process.listenerCount('unhandledRejection') === 1)
      report(error, 'Uncaught (in promise) ')
  },
}

/** Hears of what nobody caught, also after the user has removed all listeners. With one of theirs it is their matter. */
function listen() {
  for (const event of Object.keys(LISTENERS)) {
    if (process.listeners(event).indexOf(LISTENERS[event]) < 0) process.on(event, LISTENERS[event])
  }
}

module.exports = { EXIT, listen, nameOf, print, report, withoutOurs }
