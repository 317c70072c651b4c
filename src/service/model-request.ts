/** What an agent says of the model that it wants served. Source: the wire protocol, "Services". */
import * as v from 'valibot'
import { actions } from './definition.ts'
import { parseAs, port } from './request.ts'

const seconds = v.pipe(v.number(), v.minValue(0.1))

const healthCheck = v.object({
  enable: v.nullish(v.boolean(), true),
  path: v.nullish(v.string(), '/'),
  interval: v.nullish(seconds, 10),
  max_retries: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)), 10),
  max_wait_time: v.nullish(seconds, 15),
  expected_status_code: v.nullish(v.pipe(v.number(), v.integer()), 200),
})
export type HealthCheck = v.InferOutput<typeof healthCheck>

const request = v.object({
  name: v.pipe(v.string(), v.minLength(1)),
  model_path: v.string(),
  service: v.object({
    start_command: v.union([v.pipe(v.string(), v.minLength(1)), v.pipe(v.array(v.string()), v.minLength(1))]),
    shell: v.nullish(v.string(), 'bash'),
    pre_start_actions: v.nullish(actions, []),
    port,
    health_check: v.nullish(healthCheck),
  }),
})
export type ModelRequest = v.InferOutput<typeof request>

/** Throws BAD_SERVICE, which names the field. */
export function parseModelRequest(found: Readonly<Record<string, unknown>>): ModelRequest {
  return parseAs(request, found)
}
