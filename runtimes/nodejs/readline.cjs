'use strict'
/* Readline over the user's stdin: its questions are the daemon's, and wanting lines is made known. */
const util = require('util')
const questions = require('./questions.cjs')

/** Our own, whatever the user makes of the global one. */
const NativePromise = Promise

/** `isOurs(interface)`: does it read the user's stdin? `listens(interface, listener)` and `readsLines(interface)` are told. */
module.exports = function hook(watcher) {
  const readline = require('readline')
  hookLines(readline.Interface.prototype, watcher)
  hookQuestion(readline.Interface.prototype, watcher)
  if (!readline.promises) return
  hookLines(readline.promises.Interface.prototype, watcher)
  hookPromisedQuestion(readline.promises.Interface.prototype, watcher)
}

function hookLines(prototype, watcher) {
  const { addListener, prompt } = prototype
  prototype.addListener = function (event, listener) {
    const result = addListener.call(this, event, listener)
    if (event === 'line' && watcher.isOurs(this)) watcher.listens(this, listener)
    return result
  }
  prototype.on = prototype.addListener
  prototype.prompt = function (keepsCursor) {
    const result = prompt.call(this, keepsCursor)
    if (this.listenerCount('line') > 0 && watcher.isOurs(this)) watcher.readsLines(this)
    return result
  }
}

function hookQuestion(prototype, watcher) {
  const { question } = prototype
  prototype.question = function (query, ...rest) {
    const [options, callback] = rest
    const reply = typeof options === 'function' ? options : callback
    if (!watcher.isOurs(this) || this.closed || typeof reply !== 'function')
      return question.call(this, query, ...rest)
    ask(this, query, signalOf(options), reply, () => {})
    return undefined
  }
  if (!util.promisify) return
  prototype.question[util.promisify.custom] = function (query, options) {
    return new NativePromise((resolve, reject) => {
      if (this.closed) this.question(query, resolve)
      else ask(this, query, signalOf(options), resolve, reject)
    })
  }
}

function hookPromisedQuestion(prototype, watcher) {
  const { question } = prototype
  prototype.question = function (query, options) {
    if (!watcher.isOurs(this) || this.closed) return question.call(this, query, options)
    return new NativePromise((resolve, reject) => ask(this, query, signalOf(options), resolve, reject))
  }
}

function signalOf(options) {
  return options && typeof options === 'object' ? options.signal : undefined
}

function ask(one, query, signal, reply, fail) {
  if (signal && signal.aborted) return fail(aborted(signal))
  const answered = (line) => {
    stop()
    reply(line)
  }
  const question = questions.ask(one.output ? String(query) : '', answered, () => isMuted(one))
  const withdraw = () => {
    questions.withdraw(question)
    stop()
  }
  const abort = () => {
    withdraw()
    fail(aborted(signal))
  }
  const stop = () => {
    one.removeListener('close', withdraw)
    if (signal) signal.removeEventListener('abort', abort)
  }
  one.once('close', withdraw)
  if (signal) signal.addEventListener('abort', abort)
}

/** The two ways in which programs keep readline from showing what is typed. */
function isMuted(one) {
  return Boolean(one.output && one.output.muted) || Object.keys(one).indexOf('_writeToOutput') >= 0
}

function aborted(signal) {
  const error = new Error('The operation was aborted')
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR', cause: signal.reason })
}
