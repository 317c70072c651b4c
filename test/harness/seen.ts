import type { StepHandlers } from '../../src/client/step.ts'

/** Resolves once the step's stdout holds this text, or the step has ended without it. */
export function seen(text: string): { handlers: StepHandlers; promise: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const decoder = new TextDecoder()
  let stdout = ''
  const handlers: StepHandlers = {
    onResult(result) {
      if (result.type === 'stdout') stdout += decoder.decode(result.data, { stream: true })
      if (stdout.includes(text) || 'exitCode' in result) resolve()
    },
  }
  return { handlers, promise }
}
