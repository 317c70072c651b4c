/** The page of a terminal. */
import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/xterm'
import { Connection } from './connection.ts'
import { onSystemChange, THEME_NAMES, type ThemeName, themeOf } from './themes.ts'

/** Bytes that the screen may be behind before the program is held, and at which it goes on. */
const HIGH = 512 * 1024
const LOW = 64 * 1024
const SMALLEST = 8
const LARGEST = 32

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const [title, state, ended] = [element('title'), element('state'), element<HTMLDialogElement>('ended')]
const [theme, reader] = [element<HTMLButtonElement>('theme'), element<HTMLButtonElement>('reader')]

let themeName = (localStorage.getItem('theme') ?? 'system') as ThemeName
const terminal = new Terminal({
  allowProposedApi: true,
  cursorBlink: false,
  fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSize: Number(localStorage.getItem('fontSize')) || 14,
  scrollback: 10_000,
  minimumContrastRatio: 4.5,
  screenReaderMode: localStorage.getItem('reader') === 'true',
  theme: themeOf(themeName),
})
const fit = new FitAddon()
terminal.loadAddon(fit)
terminal.loadAddon(new Unicode11Addon())
terminal.unicode.activeVersion = '11'
terminal.open(element('terminal'))
fit.fit()

let behind = 0
let isHeld = false

const connection = new Connection(sessionName(), () => ({ rows: terminal.rows, columns: terminal.cols }), {
  onOpen() {
    behind = 0
    isHeld = false
    terminal.reset()
    tell('connected', 'connected')
    terminal.focus()
  },
  onOutput: show,
  onTitle: name,
  onLost: () => tell('lost', 'connection lost, trying again'),
  onEnded(reason) {
    tell('lost', 'ended')
    element('reason').textContent = reason
    ended.showModal()
  },
})

terminal.onData((text) => connection.type(text))
terminal.onBinary((text) => connection.type(Uint8Array.from(text, (character) => character.charCodeAt(0))))
terminal.onResize(({ rows, cols }) => connection.resize({ rows, columns: cols }))
terminal.onTitleChange(name)
new ResizeObserver(() => fit.fit()).observe(element('terminal'))
ended.addEventListener('close', () => connection.open())
element('smaller').addEventListener('click', () => scale(-1))
element('larger').addEventListener('click', () => scale(1))
theme.addEventListener('click', () => {
  themeName = THEME_NAMES[(THEME_NAMES.indexOf(themeName) + 1) % THEME_NAMES.length] ?? 'system'
  localStorage.setItem('theme', themeName)
  paint()
})
reader.addEventListener('click', () => {
  terminal.options.screenReaderMode = !terminal.options.screenReaderMode
  localStorage.setItem('reader', String(terminal.options.screenReaderMode))
  paint()
})
onSystemChange(paint)
paint()
connection.open()

/** Each page has its own; it stays when the page is loaded anew. */
function sessionName(): string {
  const there = sessionStorage.getItem('session')
  const session = there ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), hexadecimal).join('')
  sessionStorage.setItem('session', session)
  return session
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** A flood waits at its source, so that the page stays usable. */
function show(bytes: Uint8Array): void {
  behind += bytes.length
  terminal.write(bytes, () => {
    behind = Math.max(0, behind - bytes.length)
    if (isHeld && behind < LOW) {
      isHeld = false
      connection.resume()
    }
  })
  if (!isHeld && behind > HIGH) {
    isHeld = true
    connection.hold()
  }
}

function name(text: string): void {
  title.textContent = text
  document.title = text
}

function tell(kind: 'connected' | 'lost', text: string): void {
  state.dataset.state = kind
  state.textContent = text
}

function scale(by: 1 | -1): void {
  const size = Math.min(LARGEST, Math.max(SMALLEST, (terminal.options.fontSize ?? 14) + by))
  terminal.options.fontSize = size
  localStorage.setItem('fontSize', String(size))
  fit.fit()
}

function paint(): void {
  document.documentElement.dataset.theme = themeName
  terminal.options.theme = themeOf(themeName)
  theme.textContent = `Theme: ${themeName}`
  reader.setAttribute('aria-pressed', String(terminal.options.screenReaderMode))
}
