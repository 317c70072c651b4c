import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { freePort, portOf } from '../harness/ports.ts'
import { openSession } from '../harness/session.ts'
import { until } from '../harness/until.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const CHROMIUM = '/usr/bin/chromium'
const SHELL = { command: ['bash', '--norc', '--noprofile'], env: { PS1: '$ ' } }

describeWith([programThere(CHROMIUM)], 'the page of a terminal', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  })
  afterAll(() => browser.close())

  /** Fails its test on a message in the console, or a request that leaves the container. */
  async function open(definition: object = SHELL): Promise<{ page: Page; cut(): void }> {
    const session = await openSession({ runtime: 'app', mayWarn: true, definitions: { shell: definition } })
    const port = await freePort()
    await session.client.startService({ name: 'shell', port, protocol: 'pty' })
    const network = await openNetwork(port)
    const page = await browser.newPage()
    const complaints: string[] = []
    // The browser itself tells of a connection that is cut.
    page.on(
      'console',
      (message) => message.text().includes('WebSocket connection') || complaints.push(message.text()),
    )
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      const { hostname } = new URL(request.url())
      if (hostname !== '127.0.0.1' && !request.url().startsWith('data:')) complaints.push(request.url())
    })
    onTestFinished(async () => {
      await page.close()
      expect(complaints).toEqual([])
    })
    await page.goto(`http://127.0.0.1:${network.port}/`)
    await page.waitForSelector('[data-state=connected]')
    return { page, cut: network.cut }
  }

  const screen = async (page: Page) => (await page.locator('.xterm-rows > div').allInnerTexts()).join('\n')
  const shows = (page: Page, text: string) =>
    until(`the page shows ${text}`, async () => (await screen(page)).includes(text))

  test('shows what is typed and what comes of it, in colours and wide characters', async () => {
    const { page } = await open()
    await page.keyboard.type('printf "\\e[31mre$()d\\e[0m 日本$()語\\n"\n')
    await shows(page, 'red 日本語')
    const colour = await page
      .locator('.xterm-rows span', { hasText: /^red$/ })
      .first()
      .evaluate((element) => element.className)
    expect(colour).toContain('xterm-fg-1')
  })

  test('is the same session after it was loaded anew, with what it had shown', async () => {
    const { page } = await open()
    await page.keyboard.type('kept=he$()re; echo sho$()wn\n')
    await shows(page, 'shown')
    await page.reload()
    await shows(page, 'shown')
    await page.keyboard.type('echo still $kept\n')
    await shows(page, 'still here')
  })

  test('follows the size of its window', async () => {
    const { page } = await open()
    await page.setViewportSize({ width: 700, height: 400 })
    const size = async () => {
      await page.keyboard.type('clear; stty size\n')
      return /^(\d+) (\d+)\s*$/m.exec(await screen(page))
    }
    const first = await until('it has a size', async () => (await size()) ?? undefined)
    await page.setViewportSize({ width: 1000, height: 700 })
    await until('it is larger', async () => Number((await size())?.[2]) > Number(first[2]))
  })

  test('stays usable in a flood of 50 MiB, and shows its end', { timeout: 120_000 }, async () => {
    const { page } = await open()
    await page.keyboard.type('head -c 52428800 /dev/zero | tr "\\\\0" y | fold -w 100; echo en$()d\n')
    // A page that is frozen answers nothing.
    for (let asked = 0; asked < 10; asked++) expect(await page.evaluate(() => 6 * 7)).toBe(42)
    await page.locator('.xterm-rows', { hasText: 'end' }).waitFor({ timeout: 100_000 })
  })

  test('comes back by itself when the connection was cut', async () => {
    const { page, cut } = await open()
    await page.keyboard.type('echo be$()fore\n')
    await shows(page, 'before')
    cut()
    await page.waitForSelector('[data-state=lost]')
    await page.waitForSelector('[data-state=connected]')
    await page.keyboard.type('echo af$()ter\n')
    await shows(page, 'after')
    await shows(page, 'before')
  })

  test('says how the process has ended, and starts another one', async () => {
    const { page } = await open()
    await page.keyboard.type('exit 3\n')
    await page.getByRole('dialog').getByText('the process exited with code 3').waitFor()
    await page.getByRole('button', { name: 'Start again' }).click()
    await page.waitForSelector('[data-state=connected]')
    await page.keyboard.type('echo a$()new\n')
    await shows(page, 'anew')
  })

  test('can be read aloud, and has names for all of its buttons', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Screen reader' }).click()
    await page.keyboard.press('Tab')
    await page.locator('textarea').focus()
    await page.keyboard.type('echo alo$()ud\n')
    await until('it is there to be read', async () =>
      (await page.locator('.xterm-accessibility').allInnerTexts()).join().includes('aloud'),
    )
    for (const button of await page.getByRole('button').all())
      expect(await button.evaluate((element) => element.ariaLabel || element.textContent)).toBeTruthy()
  })

  test('is light or dark as the system is, or as it was told', async () => {
    const { page } = await open()
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await background()
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await background()).not.toBe(dark)
    await page.getByRole('button', { name: 'Theme: system' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    expect(await background()).toBe(dark)
  })
})

/** What lies between the page and the service, and can be cut. */
async function openNetwork(to: number): Promise<{ port: number; cut(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const there = connect(to, '127.0.0.1')
    for (const one of [socket, there]) {
      sockets.add(one)
      one.on('error', () => undefined)
    }
    socket.pipe(there).pipe(socket)
  }).listen(0, '127.0.0.1')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  await once(server, 'listening')
  return { port: portOf(server), cut }
}
