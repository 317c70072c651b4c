/** What an agent does with an image, as the command line of an engine: pure, nothing is looked up or started. */

import { type EnvironmentOf, entrypointEnvironment, HOSTNAME, sessionEnvironment } from './environment.ts'
import { CONFIG, WORK } from './mounts.ts'
import { type OwnPort, type PublishedPort, placePorts, portNotes, type WantedPort } from './ports.ts'
import type { Engine, LaunchOptions, Machine, Mount, Target, User } from './request.ts'
import { chooseResources, type Resources } from './resources.ts'
import { additionalGroups, chooseUser } from './user.ts'

export interface LaunchPlan {
  /** The engine and its arguments. */
  readonly argv: readonly [string, ...string[]]
  /** The container's. */
  readonly name: string
  readonly runtime: string
  /** What lies in the config folder, by name. */
  readonly config: Readonly<Record<string, string>>
  /** Where the runner's two sockets are, outside. */
  readonly portIn: number
  readonly portOut: number
  /** The others. */
  readonly services: readonly PublishedPort[]
  /** What the image asks for and does not get, in sentences. */
  readonly notes: readonly string[]
}

export interface LaunchRequest {
  readonly target: Target
  readonly engine: Engine
  readonly machine: Machine
  readonly options: LaunchOptions
  /** The folder with `opt/backend.ai` and `opt/kernel`. */
  readonly tree: string
  /** The folder for `config/`, and `work/` where there is no other. */
  readonly scratch: string
  readonly workOwner?: User
  readonly ports: readonly WantedPort[]
  /** At least as many free ports of this machine. */
  readonly freePorts: readonly number[]
  readonly name: string
  readonly kernelId: string
}

/** Longer than the runner itself takes to end all that it has started, in seconds. */
const STOP_TIMEOUT = 5
/** In the config folder. */
const POLICY = 'policy.yml'

/** Throws BAD_OPTION and LAUNCH where image, machine and options do not go together. */
export function planLaunch(request: LaunchRequest): LaunchPlan {
  const { target, engine, machine, options } = request
  const resources = chooseResources(target.labels, options, machine)
  const ports = placePorts(request.ports, request.freePorts, hasOwnNetwork(options))
  const runtime = options.runtimeType ?? target.labels.runtimeType ?? 'app'
  const environment = sessionEnvironment({ ...request, resources } satisfies EnvironmentOf)
  const argv = [
    ...['run', '--rm', '--interactive', '--name', request.name],
    ...(target.isFolder ? [] : ['--pull', 'never']),
    ...['--entrypoint', '/opt/kernel/entrypoint.sh', '--workdir', WORK],
    ...['--stop-signal', 'SIGINT', '--stop-timeout', `${STOP_TIMEOUT}`],
    ...userFlags(request),
    ...securityFlags(request),
    ...limitFlags(request),
    ...resourceFlags(resources),
    ...gpuFlags(engine, options),
    ...mountsOf(request).flatMap(({ source, target, isReadOnly }) => [
      '--volume',
      `${source}:${target}${isReadOnly ? ':ro' : ''}`,
    ]),
    ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...networkFlags(options, ports),
    ...(target.isFolder ? ['--rootfs', `${target.image}:O`] : [target.image]),
    ...command(runtime, request, ports),
  ]
  return {
    argv: [engine.program, ...argv],
    name: request.name,
    runtime,
    config: {
      ...configFiles(environment, ports),
      ...(options.policy === undefined ? {} : { [POLICY]: options.policy }),
    },
    portIn: hostPort(ports, 'replin'),
    portOut: hostPort(ports, 'replout'),
    services: ports.filter(({ protocol }) => protocol !== 'zmq'),
    notes: [...resources.notes, ...portNotes(target.labels)],
  }
}

function hasOwnNetwork({ network }: LaunchOptions): boolean {
  return network !== 'host'
}

function userFlags({ engine, machine, options, workOwner }: LaunchRequest): string[] {
  const user = chooseUser(options, machine, engine, workOwner)
  const environment = entrypointEnvironment(user, additionalGroups(user, machine, engine))
  return [
    '--user',
    '0:0',
    // The entrypoint does that itself; podman's own entry may be one that nobody can read.
    ...(engine.kind === 'podman' ? ['--passwd=false'] : []),
    // Otherwise the caller's id in there were another one outside, and the caller root in there.
    ...(engine.isRootless && engine.kind === 'podman' ? ['--userns', 'keep-id'] : []),
    ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
  ]
}

function securityFlags({ machine, options: { seccomp } }: LaunchRequest): string[] {
  return [
    ...(machine.hasSelinux ? ['--security-opt', 'label=disable'] : []),
    ...(seccomp === undefined ? [] : ['--security-opt', `seccomp=${seccomp}`]),
  ]
}

/** Docker's service gives the limits, and not the caller. */
function limitFlags({ engine, machine }: LaunchRequest): string[] {
  if (engine.kind === 'docker' || engine.isRootless) return []
  return machine.fixedLimits.flatMap((limit) => ['--ulimit', limit])
}

function resourceFlags({ cpu, mem, shares, shmem }: Resources): string[] {
  return [
    ...(cpu === undefined ? [] : ['--cpus', `${cpu}`]),
    // No swap: as under an agent, what is over the limit is killed, and not slow.
    ...(mem === undefined ? [] : ['--memory', `${mem}`, '--memory-swap', `${mem}`]),
    ...(shares === undefined ? [] : ['--cpu-shares', `${shares}`]),
    ...(shmem === undefined ? [] : ['--shm-size', `${shmem}`]),
  ]
}

function gpuFlags({ kind }: Engine, { gpus }: LaunchOptions): string[] {
  if (gpus === undefined) return []
  if (kind === 'docker') return ['--gpus', `${gpus}`]
  const names = gpus === 'all' ? ['all'] : Array.from({ length: gpus }, (_, index) => `${index}`)
  return names.flatMap((name) => ['--device', `nvidia.com/gpu=${name}`])
}

function mountsOf({ tree, scratch, options }: LaunchRequest): Mount[] {
  return [
    { source: `${tree}/opt/backend.ai`, target: '/opt/backend.ai', isReadOnly: true },
    { source: `${tree}/opt/kernel`, target: '/opt/kernel', isReadOnly: true },
    { source: `${scratch}/config`, target: CONFIG, isReadOnly: true },
    { source: options.work ?? `${scratch}/work`, target: WORK, isReadOnly: false },
    ...(options.mounts ?? []),
  ]
}

function networkFlags(options: LaunchOptions, ports: readonly PublishedPort[]): string[] {
  const named = options.network === undefined ? [] : ['--network', options.network]
  if (!hasOwnNetwork(options)) return named
  const published = ports.flatMap(({ port, host }) => ['--publish', `127.0.0.1:${host}:${port}`])
  return ['--hostname', HOSTNAME, ...named, ...published]
}

/** An agent's command line. The runner ends when our end of its standard input does, however we end. */
function command(
  runtime: string,
  { target, options }: LaunchRequest,
  ports: readonly PublishedPort[],
): string[] {
  const isLabelled = runtime === target.labels.runtimeType
  const path = options.runtimePath ?? (isLabelled ? target.labels.runtimePath : undefined)
  return [
    ...['/opt/backend.ai/bin/python', '-s', '-m', 'ai.backend.kernel'],
    '--until-eof',
    ...(options.debug ? ['--debug'] : []),
    ...(options.jail === undefined ? [] : [`--jail=${options.jail}`]),
    ...(options.policy === undefined ? [] : ['--policy', `${CONFIG}/${POLICY}`]),
    ...(hasOwnNetwork(options) ? [] : loopbackFlags(ports)),
    runtime,
    ...(path === undefined ? [] : [path]),
  ]
}

/** The terminal's two sockets stand in no file of an agent's; next to the others they are free, too. */
function loopbackFlags(ports: readonly PublishedPort[]): string[] {
  const flags = ownPort(ports, 'ttyd') ? [] : ['--no-intrinsic-services']
  return ['--listen', '127.0.0.1', '--port-terminal-in', '0', '--port-terminal-out', '0', ...flags]
}

function configFiles(environment: Record<string, string>, ports: readonly PublishedPort[]) {
  const lines = Object.entries(environment).map(([key, value]) => `${key}=${value}\n`)
  const intrinsic = ports.flatMap(({ own, port }) => (own ? [[own, port]] : []))
  return {
    'environ.txt': lines.filter((line) => line.indexOf('\n') === line.length - 1).join(''),
    'intrinsic-ports.json': `${JSON.stringify(Object.fromEntries(intrinsic))}\n`,
  }
}

function ownPort(ports: readonly PublishedPort[], name: OwnPort): PublishedPort | undefined {
  return ports.find(({ own }) => own === name)
}

function hostPort(ports: readonly PublishedPort[], name: OwnPort): number {
  return ownPort(ports, name)?.host ?? 0
}
