/** What an agent sets in a container's environment. */
import { formatServicePort } from '../service-ports.ts'
import type { LaunchOptions, Target, User } from './request.ts'
import type { Resources } from './resources.ts'

/** A cluster of one. */
export const HOSTNAME = 'main1'
const CLUSTER = {
  BACKENDAI_CLUSTER_HOST: HOSTNAME,
  BACKENDAI_CLUSTER_HOSTS: HOSTNAME,
  BACKENDAI_CLUSTER_IDX: '1',
  BACKENDAI_CLUSTER_LOCAL_RANK: '0',
  BACKENDAI_CLUSTER_MODE: 'single-node',
  BACKENDAI_CLUSTER_REPLICAS: 'main:1',
  BACKENDAI_CLUSTER_ROLE: 'main',
  BACKENDAI_CLUSTER_SIZE: '1',
}

export interface EnvironmentOf {
  readonly target: Target
  readonly options: LaunchOptions
  readonly resources: Resources
  /** A uuid. */
  readonly kernelId: string
}

/** What `environ.txt` holds, too. The caller's own come last, and win. */
export function sessionEnvironment({ target, options, resources, kernelId }: EnvironmentOf) {
  const { corecount = [], servicePorts = [] } = target.labels
  return {
    BACKENDAI_KERNEL_ID: kernelId,
    BACKENDAI_SESSION_ID: kernelId,
    BACKENDAI_KERNEL_IMAGE: target.image,
    BACKENDAI_SERVICE_PORTS: servicePorts.map(formatServicePort).join(','),
    ...CLUSTER,
    ...Object.fromEntries(corecount.map((name) => [name, `${resources.cores}`])),
    ...options.env,
  }
}

/** For the entrypoint. */
export function entrypointEnvironment(user: User, groups: readonly number[]): Record<string, string> {
  return {
    LOCAL_USER_ID: `${user.uid}`,
    LOCAL_GROUP_ID: `${user.gid}`,
    ...(groups.length > 0 ? { ADDITIONAL_GIDS: groups.join(',') } : {}),
    LD_PRELOAD: '/opt/kernel/libbaihook.so',
  }
}
