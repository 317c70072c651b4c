/** Pushes what is built. Who we are to a registry is between it and the engine: `podman login`, `docker login`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Ran, runCommand } from './command.ts'
import type { Builder, PushRequest } from './engines.ts'

export interface PushOptions {
  readonly builder: Builder
  readonly isInsecure: boolean
  readonly signal: AbortSignal
  /** How often it is tried again. */
  readonly retries: number
  /** Milliseconds before the first of them; each next one waits twice as long. */
  readonly pause: number
  onRetry(why: string, milliseconds: number): void
}

export type PushOutcome = { readonly digest: string } | { readonly why: string }

export async function pushImage(
  reference: string,
  destination: string,
  options: PushOptions,
): Promise<PushOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-push-'))
  const request = {
    reference,
    destination,
    digestFile: join(folder, 'digest'),
    isInsecure: options.isInsecure,
  }
  try {
    return await pushUntilDone(request, options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function pushUntilDone(request: PushRequest, options: PushOptions): Promise<PushOutcome> {
  const { builder, signal, retries } = options
  for (let attempt = 0; ; attempt++) {
    const { code, tail } = await pushOnce(request, options)
    const digest = code === 0 ? builder.pushedDigest(request, tail) : undefined
    if (digest) return { digest }
    const why = tail.trim().split('\n').at(-1) ?? ''
    if (signal.aborted || attempt === retries || isHopeless(tail)) return { why }
    const wait = options.pause * 2 ** attempt
    options.onRetry(why, wait)
    await delay(wait, undefined, { signal }).catch(() => {})
  }
}

async function pushOnce(request: PushRequest, { builder, signal }: PushOptions): Promise<Ran> {
  let ran: Ran = { code: 0, tail: '' }
  for (const command of builder.push(request)) {
    ran = await runCommand(command, { signal })
    if (ran.code !== 0) break
  }
  return ran
}

/** What another try does not change: no image, no right. */
function isHopeless(text: string): boolean {
  return /unauthorized|denied|authentication required|image not known|no such image|does not exist|locating image/i.test(
    text,
  )
}

/** Where an image goes: to a registry of its own choice, under the path that it has. */
export function destinationOf(reference: string, registry: string | undefined): string {
  if (registry === undefined) return reference
  const path = reference.slice(reference.indexOf('/') + 1)
  return `${registry.replace(/\/+$/, '')}/${path}`
}
