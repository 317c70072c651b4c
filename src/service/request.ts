/** What an agent says of the service that it wants. Source: the wire protocol, "Services". */
import * as v from 'valibot'
import { KrunnerError } from '../errors.ts'
import { argumentValue, describeIssues } from './definition.ts'

export const port = v.pipe(
  v.number(),
  v.integer('a port is a whole number'),
  v.minValue(1, 'a port is from 1 to 65535'),
  v.maxValue(65535, 'a port is from 1 to 65535'),
)
const name = v.pipe(v.string(), v.minLength(1, 'a service has a name'))

/** Numbers and truths are what they are as text. */
const scalar = v.pipe(
  v.union([v.number(), v.boolean()]),
  v.transform((value) => String(value)),
)
const options = v.object({
  arguments: v.nullish(v.record(v.string(), v.union([argumentValue, scalar])), {}),
  envs: v.nullish(v.record(v.string(), v.union([v.string(), scalar])), {}),
})

const request = v.pipe(
  v.object({
    name,
    port: v.nullish(port),
    ports: v.nullish(v.array(port), []),
    protocol: v.optional(v.picklist(['tcp', 'http', 'pty', 'preopen']), 'tcp'),
    options: v.nullish(options, { arguments: {}, envs: {} }),
  }),
  v.transform(({ port: one, ports: many, options: asked, ...rest }) => {
    const ports = many && many.length > 0 ? many : one ? [one] : []
    return {
      ...rest,
      ports,
      arguments: asked?.arguments ?? {},
      envs: asked?.envs ?? {},
    }
  }),
)

export type ServiceRequest = v.InferOutput<typeof request>

/** Throws BAD_SERVICE, which names the field. */
export function parseRequest(found: Readonly<Record<string, unknown>>): ServiceRequest {
  return parseAs(request, found)
}

/** What an agent asks for by `name`, in that form. Throws BAD_SERVICE, which names the field. */
export function parseAs<T>(form: v.GenericSchema<unknown, T>, found: Readonly<Record<string, unknown>>): T {
  const result = v.safeParse(form, found)
  if (result.success) return result.output
  throw KrunnerError.of('BAD_SERVICE', String(found.name ?? ''), describeIssues(result.issues))
}
