import type { StepHandlers } from '../../src/client/step.ts'

/** Resolves once the step's stdout holds this text, or the step has ended without it. */
export function seen(text: string): { handlers: StepHandlers; promise: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const decoder = new TextDecoder()
  let stdout = ''
  let isSeen = false
  const handlers: StepHandlers = {
    onResult(result) {
      // What floods on behind it is not our concern.
      if (isSeen) return
      if (result.type === 'stdout') stdout += decoder.decode(result.data, { stream: true })
      isSeen = stdout.includes(text) || result.type === 'finished'
      if (isSeen) resolve()
    },
  }
  return { handlers, promise }
}
