/** `krunner launch` at a terminal: a console on a container, and what of it can be reached from outside. */
import { beforeAll, expect, test } from 'vitest'
import { containerNeeds } from '../../harness/container-session.ts'
import { TestEngine } from '../../harness/engine.ts'
import { KRUNNER, temporaryFolder } from '../../harness/krunner.ts'
import { KEYS, openTerminal, type Terminal } from '../../harness/terminal.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import { until } from '../../harness/until.ts'
import { makeImage } from '../../toolchain/images.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const { enter, ctrlC, ctrlD } = KEYS

const LABELS = {
  kernelspec: '1',
  features: 'batch query uid-match user-input',
  'runtime-type': 'python',
  'runtime-path': '/usr/bin/python3',
  'service-ports': 'jupyter:http:8080,api:preopen:8000',
}

interface Launched {
  terminal: Terminal
  engine: TestEngine
  /** Outside, by the service's name. */
  ports: Record<string, number>
}

describeWith(containerNeeds('bookworm'), 'a console on a launched container', () => {
  let image = ''

  beforeAll(() => {
    image = makeImage('bookworm', LABELS)
  })

  /** At the first prompt. */
  async function launch(...args: string[]): Promise<Launched> {
    const engine = new TestEngine('podman')
    const env = { ...engine.env, XDG_STATE_HOME: temporaryFolder() }
    const terminal = openTerminal([KRUNNER, 'launch', image, ...args], { env, columns: 120 })
    const before = await terminal.shows('python> ')
    const places = [...before.matchAll(/^ {2}(\S+) +(?:http:\/\/)?127\.0\.0\.1:(\d+)/gm)]
    return {
      terminal,
      engine,
      ports: Object.fromEntries(places.map(([, name, port]) => [name, Number(port)])),
    }
  }

  test('cells run in the container, and leaving removes it', async () => {
    const { terminal, engine } = await launch()
    terminal.type('import platform, os; platform.node(), os.getcwd()', enter)
    await terminal.shows("\n('main1', '/home/work')\r\n")
    terminal.type('import time; print("be" + "gun"); time.sleep(1000)', enter)
    await terminal.shows('\nbegun\r\n')
    terminal.type(ctrlC)
    await terminal.shows('KeyboardInterrupt')
    terminal.type('input("Name? ") * 2', enter)
    await terminal.shows('\nName? ')
    terminal.type('ab', enter)
    await terminal.shows("\n'abab'\r\n")
    expect(engine.inspect('{{.State.Running}} {{.Config.StopSignal}}')).toBe('true 2')
    terminal.type(ctrlD)
    expect(await terminal.ended()).toBe(0)
    expect(engine.left).toEqual([])
  })

  test('services are where it says', async () => {
    const { terminal, ports } = await launch()
    expect(Object.keys(ports).sort()).toEqual(['api', 'jupyter', 'sshd', 'ttyd'])
    // The terminal comes up behind the first cells.
    const connect = () => TtydClient.connect(ports.ttyd ?? 0).catch(() => undefined)
    const shell = await until('the terminal serves', connect)
    shell.type('echo typed $((6 * 7)) in $PWD\n')
    await shell.shows('typed 42 in /home/work')
    const serve =
      "import threading, http.server as h; s = h.HTTPServer(('', 8000), h.SimpleHTTPRequestHandler)"
    terminal.type(`${serve}; threading.Thread(target=s.serve_forever).start(); print("ser" + "ves")`, enter)
    await terminal.shows('\nserves\r\n')
    const { status } = await fetch(`http://127.0.0.1:${ports.api}/`)
    expect(status).toBe(200)
    terminal.type('.services', enter)
    await terminal.shows('ttyd')
    terminal.type(ctrlD)
    expect(await terminal.ended()).toBe(0)
  })

  test('a terminal that is closed takes the container with it', async () => {
    const { terminal, engine } = await launch('--no-publish')
    terminal.hangUp()
    await terminal.ended()
    await until('the container is gone', () => engine.left.length === 0)
  })

  test('a container that dies ends the console, with the reason', async () => {
    const { terminal, engine } = await launch()
    engine.kill()
    await terminal.shows('the runner in container krunner-')
    expect(await terminal.ended()).toBe(125)
    expect(engine.left).toEqual([])
  })
})
