'use strict'
/* The control descriptors: frames of one line `TYPE field ... LENGTH`, and then LENGTH bytes. */
const fs = require('fs')
const net = require('net')

const REQUESTS = 3
const REPORTS = 4
const NEWLINE = 10

let chunks = []
let size = 0
let header
/** What is left to write of a report; an interrupt may have cut it. */
let unsent
/** The requests' pipe once more, with a file description of its own: libuv has made the other one non-blocking. */
let blocking
/** Requests that came while somebody waited for an answer. */
const postponed = []

/** `handlers` has a function for each type of request, of its fields and its text. */
function listen(handlers) {
  const requests = new net.Socket({ fd: REQUESTS, readable: true, writable: false })
  requests.on('data', (bytes) => {
    push(bytes)
    for (let request = next(); request; request = next()) handlers[request.type](request.fields, request.text)
  })
  requests.on('error', leave)
  requests.on('close', leave)
}

/** The daemon is gone, or wants us to go. */
function leave() {
  process.reallyExit(0)
}

function push(bytes) {
  chunks.push(bytes)
  size += bytes.length
}

function next() {
  if (postponed.length > 0) return postponed.shift()
  if (!header) header = readHeader()
  if (!header || size < header.length) return undefined
  const request = { type: header.type, fields: header.fields, text: take(header.length).toString() }
  header = undefined
  return request
}

function readHeader() {
  const end = gather().indexOf(NEWLINE)
  if (end < 0) return undefined
  const fields = take(end + 1)
    .toString('latin1', 0, end)
    .split(' ')
  return { type: fields.shift(), length: Number(fields.pop()), fields }
}

function gather() {
  if (chunks.length !== 1) chunks = [Buffer.concat(chunks, size)]
  return chunks[0]
}

function take(length) {
  const all = gather()
  chunks = length < size ? [all.slice(length)] : []
  size -= length
  return all.slice(0, length)
}

/** Sends a report; `payload` is text or bytes. */
function send(fields, payload) {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload)
  flush()
  unsent = Buffer.concat([Buffer.from(`${fields} ${bytes.length}\n`), bytes])
  flush()
}

function flush() {
  while (unsent) {
    const written = write(REPORTS, unsent)
    unsent = written < unsent.length ? unsent.slice(written) : undefined
  }
}

/** How much was written: none where a signal came first, or the pipe was full. */
function write(fd, bytes) {
  try {
    return fs.writeSync(fd, bytes, 0, bytes.length)
  } catch (error) {
    if (error.code === 'EAGAIN') rest()
    else if (error.code !== 'EINTR') throw error
    return 0
  }
}

/** A process of the user's has made the pipe non-blocking for all who share it. Node 8 is the first that can sleep. */
function rest() {
  if (typeof Atomics !== 'undefined') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

/** Blocks until the user's answer is there. Throws EINTR on an interrupt. */
function waitForAnswer() {
  if (blocking === undefined) blocking = fs.openSync(`/proc/self/fd/${REQUESTS}`, 'r')
  for (;;) {
    for (let request = next(); request; request = next()) {
      if (request.type === 'answer') return request.text
      postponed.push(request)
    }
    const bytes = Buffer.alloc(65536)
    const count = fs.readSync(blocking, bytes, 0, bytes.length, null)
    if (count === 0) leave()
    push(bytes.slice(0, count))
  }
}

/** Writes all of a text, or bytes, to one of the user's streams. */
function print(fd, output) {
  let bytes = Buffer.isBuffer(output) ? output : Buffer.from(output)
  while (bytes.length > 0) bytes = bytes.slice(write(fd, bytes))
}

module.exports = { listen, print, send, waitForAnswer }
