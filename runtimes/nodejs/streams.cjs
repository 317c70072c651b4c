'use strict'
/* The user's streams: pipes that Node would make non-blocking when they are first used. */

/**
 * Makes each stream, when it is first used, one that blocks: output that the daemon is slow to read waits in the
 * program and not in memory, and is written when a call returns; and `fs.readSync(0)` goes on working once
 * `process.stdin` was used. `opened(stream)` is told of stdin.
 */
function hold(opened) {
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const original = Object.getOwnPropertyDescriptor(process, name)
    const get = () => {
      Object.defineProperty(process, name, original)
      const stream = process[name]
      const handle = stream && stream._handle
      if (handle && handle.setBlocking) handle.setBlocking(true)
      if (name === 'stdin') opened(stream)
      return stream
    }
    const set = (value) =>
      Object.defineProperty(process, name, { configurable: true, enumerable: true, value })
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get, set })
  }
}

module.exports = { hold }
