/**
 * The channel on which user code says that it reads from the user. `KRUNNER_INPUT=NAME:INODE` names a Unix
 * stream socket in the abstract namespace, or by its path, and the pipe that is the user's stdin. A connection says one
 * line:
 *
 *     wait       a read of stdin is about to block; then it closes
 *     password   what is read while this connection stays open is a password
 *
 * The preloaded hook (`native/input-hook.c`) speaks it. In Python, around the reading of a password:
 *
 *     channel = socket.socket(socket.AF_UNIX); channel.connect('\0' + os.environ['KRUNNER_INPUT'].rpartition(':')[0])
 *     channel.sendall(b'password\n'); line = sys.stdin.readline(); channel.close()
 *
 * Anybody can connect and say anything, so nothing is believed: `wait` only makes us look sooner.
 */
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'

/** User code that opens more is not heard; /proc still tells of its waits. */
const MOST_CONNECTIONS = 64

export class Announcements {
  /** Without the leading NUL, or a path. */
  readonly name: string
  private readonly server: Server
  private readonly connections = new Set<Socket>()
  private readonly passwords = new Set<Socket>()
  private readonly onWait: () => void

  /**
   * Listens at once, at `path` where the abstract namespace is not to be reached. An error of the listening socket
   * goes to `onError`, and costs only promptness.
   */
  constructor(onWait: () => void, onError: (error: Error) => void, path?: string) {
    this.onWait = onWait
    this.name = path ?? `krunner-input-${uniqueName()}`
    this.server = createServer((connection) => this.accept(connection))
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('error', onError)
    this.server.listen(path ?? `\0${this.name}`)
    this.server.unref()
  }

  /** Somebody reads a password at this moment. */
  get hasPassword(): boolean {
    return this.passwords.size > 0
  }

  /** Forgets what was said so far, by whoever is still connected. */
  forget(): void {
    for (const connection of this.connections) connection.destroy()
    this.passwords.clear()
  }

  close(): void {
    this.forget()
    this.server.close()
  }

  private accept(connection: Socket): void {
    this.connections.add(connection)
    connection.unref()
    connection.once('data', (said) => this.hear(connection, said.toString('latin1')))
    connection.on('error', () => connection.destroy())
    connection.once('close', () => {
      this.connections.delete(connection)
      this.passwords.delete(connection)
    })
  }

  private hear(connection: Socket, line: string): void {
    if (line === 'password\n') {
      this.passwords.add(connection)
      connection.resume()
      return
    }
    connection.destroy()
    if (line === 'wait\n') this.onWait()
  }
}

/** As good as `node:crypto` for a name, which takes longer to load than all else of this part. */
function uniqueName(): string {
  return readFileSync('/proc/sys/kernel/random/uuid', 'utf8').trim()
}
