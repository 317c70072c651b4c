/** The page of a terminal, and who may open its WebSocket. */
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { DIST } from '../tree.ts'
import { SUBPROTOCOL } from './ttyd.ts'

const FILES: Readonly<Record<string, { name: string; type: string }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/terminal.js': { name: 'terminal.js', type: 'text/javascript; charset=utf-8' },
  '/terminal.css': { name: 'terminal.css', type: 'text/css; charset=utf-8' },
}

/** Nothing from elsewhere, and no scripts but ours; the terminal sets styles of its own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function servePage(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '', 'http://localhost')
  const file = FILES[pathname]
  // ttyd's own clients ask for it first; ours is in the address of the page.
  if (pathname === '/token') answer(response, 'application/json', '{"token": ""}')
  else if (file) answer(response, file.type, readFileSync(join(DIST, 'terminal', file.name)))
  else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found: the terminal is at /\n')
}

function answer(response: ServerResponse, type: string, body: string | Buffer): void {
  const headers = {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-cache',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
  response.writeHead(200, headers).end(body)
}

/** Why a WebSocket is not for this client; undefined where it is. */
export function refusal({ url, headers }: IncomingMessage): { status: string; reason: string } | undefined {
  const { pathname } = new URL(url ?? '', 'http://localhost')
  if (pathname !== '/ws') return { status: '404 Not Found', reason: 'the WebSocket is at /ws' }
  if (isForeign(headers))
    return { status: '403 Forbidden', reason: `pages of ${headers.origin} may not connect` }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (offered.includes(SUBPROTOCOL)) return undefined
  return { status: '400 Bad Request', reason: `offer the subprotocol '${SUBPROTOCOL}'` }
}

/** Browsers say whose page it is that connects; other clients say nothing. A proxy may say what it was asked for itself. */
function isForeign({ origin, host, 'x-forwarded-host': forwarded }: IncomingMessage['headers']): boolean {
  if (origin === undefined) return false
  const theirs = URL.canParse(origin) ? new URL(origin).host : undefined
  return theirs === undefined || (theirs !== host && theirs !== forwarded)
}
