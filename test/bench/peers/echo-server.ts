/** Two bound sockets as the runner has them, and nothing behind them: what comes in goes out. */
import { Pull, Push } from 'zeromq'

const [pull, push] = [new Pull(), new Push()]
await pull.bind('tcp://127.0.0.1:0')
await push.bind('tcp://127.0.0.1:0')
console.log(`krunner ready runtime=echo in=${portOf(pull)} out=${portOf(push)}`)
for await (const frames of pull) await push.send(frames)

function portOf(socket: Pull | Push): string | undefined {
  return socket.lastEndpoint?.split(':').at(-1)
}
