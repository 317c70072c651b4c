/** What may stand in a policy's file, key by key. */
import * as v from 'valibot'
import { PATH_OPERATIONS, type PathOperation } from './policy.ts'
import { RESOURCES } from './program.ts'

const text = v.string('text')
/** A key with nothing behind it is an empty list: images have it so. */
const texts = v.nullish(v.array(text, 'a list'), [])
const allowance = v.pipe(
  v.number('a whole number, or -1 for any number'),
  v.integer('a whole number, or -1 for any number'),
  v.minValue(-1, 'a whole number, or -1 for any number'),
)
const port = v.pipe(
  v.number('a port from 1 to 65535'),
  v.integer('a port from 1 to 65535'),
  v.minValue(1, 'a port from 1 to 65535'),
  v.maxValue(65535, 'a port from 1 to 65535'),
)
const environment = v.nullish(
  v.array(v.pipe(text, v.regex(/^[^=\0]+=[^\0]*$/, 'NAME=VALUE')), 'a list of NAME=VALUE'),
  [],
)
const limit = v.pipe(
  v.number('a whole number, or -1 for unlimited'),
  v.integer('a whole number, or -1 for unlimited'),
  v.minValue(-1, 'a whole number, or -1 for unlimited'),
)

/** What is absent is inherited. The messages say what is wanted. */
export const documentSchema = v.object({
  diff_to_default: v.optional(v.boolean('true or false'), false),
  whitelist_paths: v.optional(v.nullish(v.record(v.string(), texts, 'operations with their patterns'), {})),
  exec_allowance: v.optional(allowance),
  fork_allowance: v.optional(allowance),
  max_child_procs: v.optional(allowance),
  extra_envs: v.optional(environment),
  preserved_env_keys: v.optional(texts),
  allowed_syscalls: v.optional(texts),
  traced_syscalls: v.optional(texts),
  conditionally_allowed_syscalls: v.optional(texts),
  refused: v.optional(v.picklist(['errno', 'kill'], 'errno or kill')),
  killed_syscalls: v.optional(texts),
  tcp_connect: v.optional(v.nullish(v.array(port, 'a list of ports'), [])),
  tcp_listen: v.optional(v.nullish(v.array(port, 'a list of ports'), [])),
  limits: v.optional(v.nullish(v.record(v.string(), limit, 'resources with their limits'), {})),
})
export type Document = v.InferOutput<typeof documentSchema>
export type DocumentKey = keyof Document

export const DOCUMENT_KEYS = Object.keys(documentSchema.entries) as DocumentKey[]
export const RESOURCE_NAMES = Object.keys(RESOURCES)

const SPELLINGS: ReadonlyMap<string, PathOperation> = new Map(
  PATH_OPERATIONS.map((operation) => [plain(operation), operation]),
)

/** `OP_OPEN`, `OpOpen`, `op_open` and `open` are one operation. */
export function operationNamed(spelling: string): PathOperation | undefined {
  return SPELLINGS.get(plain(spelling))
}

function plain(spelling: string): string {
  return spelling
    .toLowerCase()
    .replaceAll(/[_-]/g, '')
    .replace(/^op(?=.)(?!en$)/, '')
}
