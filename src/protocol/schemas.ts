/** The forms of the JSON and MessagePack payloads. */
import * as v from 'valibot'
import type { CompleteRequest } from './commands.ts'
import type { AppsOutcome, ServiceOutcome, Status } from './results.ts'

type Schema<T> = v.GenericSchema<unknown, T>

const place = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Agents send `null` for what they do not know. */
const optional = <T>(form: Schema<T>) => v.nullish(form) as Schema<T | null | undefined>

export const completeRequest: Schema<CompleteRequest> = v.pipe(
  v.object({
    code: v.string(),
    row: optional(place),
    col: optional(place),
    line: optional(v.string()),
    post: optional(v.string()),
  }),
  v.transform(
    (request) =>
      Object.fromEntries(
        Object.entries(request).filter(([, value]) => value !== null && value !== undefined),
      ) as unknown as CompleteRequest,
  ),
)

export const event: Schema<{ type: string; data?: unknown }> = v.object({
  type: v.string(),
  data: v.optional(v.unknown()),
})

export const record: Schema<Record<string, unknown>> = v.record(v.string(), v.unknown())
export const name: Schema<string> = v.string()

export const media = v.object({ type: v.string(), data: v.union([v.string(), v.array(v.unknown())]) })
export const waitingInput = v.object({ is_password: v.boolean() })
export const finished = v.object({ exitCode: v.pipe(v.number(), v.integer()) })
export const completion = v.object({ suggestions: v.array(v.string()) })
export const modelStatus = v.object({ model_name: v.string(), is_healthy: v.boolean() })

export const status = v.looseObject({ started_at: v.number() }) as unknown as Schema<Status>

export const serviceOutcome = v.variant('status', [
  v.object({ status: v.picklist(['started', 'running']) }),
  v.object({ status: v.literal('failed'), error: v.string() }),
]) as unknown as Schema<ServiceOutcome>

export const appsOutcome = v.looseObject({
  status: v.picklist(['done', 'failed']),
  data: v.array(v.looseObject({ name: v.string() })),
}) as unknown as Schema<AppsOutcome>
