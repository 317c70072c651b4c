/** What a user's `~/.ssh` needs for a cluster whose containers reach each other. Source: the wire protocol, "The container around it". */
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { KrunnerError, messageOf } from '../errors.ts'
import { isThere } from '../process/access.ts'

/** Everybody's of a cluster, where none is said. */
const DEFAULT_PORT = 2200
const [BEGIN, END] = ['# cluster: begin, written anew at each start', '# cluster: end']

export interface SshPlaces {
  /** Of the user. */
  readonly home: string
  /** What the agent has mounted for ssh. */
  readonly config: string
  readonly env: Readonly<Record<string, string>>
}

/** Lets the cluster's key in, and tells `ssh` how to reach the others. Says whether anybody has a key. */
export function prepareSshFolder({ home, config, env }: SshPlaces): boolean {
  const folder = join(home, '.ssh')
  mkdirSync(folder, { recursive: true })
  // Who else could write there could let himself in, so the server would not look at it.
  chmodSync(folder, 0o700)
  const authorized = join(folder, 'authorized_keys')
  const clusterKey = readText(join(config, 'id_cluster.pub')).trim()
  if (clusterKey && !readText(authorized).includes(clusterKey)) appendLine(authorized, clusterKey)
  if (isThere(authorized)) chmodSync(authorized, 0o600)
  const identity = join(config, 'id_cluster')
  if (isThere(identity)) writeHosts(join(folder, 'config'), hostsOf(config, env), identity)
  return readText(authorized).trim() !== ''
}

interface ClusterHost {
  readonly name: string
  readonly address: string
  readonly port: number
}

const mapping = v.record(
  v.string(),
  v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))]),
)

/** All containers by name; the agent maps those that are behind ports of their host. */
function hostsOf(config: string, env: Readonly<Record<string, string>>): ClusterHost[] {
  const mapped = readMapping(join(config, 'port-mapping.json'))
  const names = (env.BACKENDAI_CLUSTER_HOSTS ?? '').split(',').map((name) => name.trim())
  return [...new Set([...names, ...Object.keys(mapped)])]
    .filter((name) => /^[\w.-]+$/.test(name))
    .map((name) => {
      const [address, port] = mapped[name] ?? [name, DEFAULT_PORT]
      return { name, address, port }
    })
}

/** Throws BAD_CONFIG_FILE; a missing file maps nothing. */
function readMapping(path: string): v.InferOutput<typeof mapping> {
  const text = readText(path)
  if (text === '') return {}
  try {
    return v.parse(mapping, JSON.parse(text))
  } catch (error) {
    const form = 'it should be like {"sub1": ["10.0.0.2", 2201]}'
    throw KrunnerError.because(error, 'BAD_CONFIG_FILE', path, `${messageOf(error)}; ${form}`)
  }
}

/** The user's own lines stay, and come after ours: `ssh` takes the first that it finds. */
function writeHosts(path: string, hosts: readonly ClusterHost[], identity: string): void {
  const own = readText(path).replace(new RegExp(`${BEGIN}\\n[^]*?${END}\\n?`), '')
  const lines = hosts.flatMap(({ name, address, port }) => [
    `Host ${name}`,
    `  HostName ${address}`,
    `  Port ${port}`,
    `  IdentityFile ${identity}`,
    // Containers come and go under the same names.
    '  StrictHostKeyChecking no',
    '  UserKnownHostsFile /dev/null',
    '  LogLevel ERROR',
  ])
  writeFileSync(path, [BEGIN, ...lines, END, own].join('\n'), { mode: 0o600 })
}

function appendLine(path: string, line: string): void {
  const there = readText(path)
  appendFileSync(path, `${there === '' || there.endsWith('\n') ? '' : '\n'}${line}\n`, { mode: 0o600 })
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw KrunnerError.because(error, 'BAD_CONFIG_FILE', path, messageOf(error))
  }
}
