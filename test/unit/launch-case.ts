/** Launches without an engine: an image's labels and what was asked, to a plan. */
import { parseLabels } from '../../src/image/labels.ts'
import { type LaunchPlan, planLaunch } from '../../src/image/launch/plan.ts'
import { wantedPorts } from '../../src/image/launch/ports.ts'
import type { Engine, LaunchOptions, Machine } from '../../src/image/launch/request.ts'

const PODMAN: Engine = { kind: 'podman', program: 'podman', isRootless: false }
const MACHINE: Machine = {
  cores: 4,
  uid: 1001,
  gid: 1002,
  groups: [0, 27, 1002],
  hasSelinux: false,
  fixedLimits: [],
}
const IMAGE = 'registry.example.org/python:3.11'
export const FREE = [40001, 40002, 40003, 40004, 40005, 40006, 40007, 40008, 40009]

export interface Case {
  labels?: Record<string, string>
  options?: LaunchOptions
  engine?: Partial<Engine>
  machine?: Partial<Machine>
  isFolder?: boolean
  workOwner?: { uid: number; gid: number }
}

export function plan({
  labels = {},
  options = {},
  engine,
  machine,
  isFolder = false,
  workOwner,
}: Case): LaunchPlan {
  const target = { image: isFolder ? '/roots/trixie' : IMAGE, isFolder, ...parseLabels(prefixed(labels)) }
  return planLaunch({
    target,
    engine: { ...PODMAN, ...engine },
    machine: { ...MACHINE, ...machine },
    options,
    tree: '/tree',
    scratch: '/tmp/scratch',
    ...(workOwner ? { workOwner } : {}),
    ports: wantedPorts(target.labels, options),
    freePorts: FREE,
    name: 'krunner-1',
    kernelId: '5e1a5b1c-3c0e-4f6e-9d80-4a34e7b5d0d1',
  })
}

function prefixed(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [`ai.backend.${name}`, text]))
}

/** The values of a flag. */
export function flags({ argv }: LaunchPlan, name: string): (string | undefined)[] {
  return argv.flatMap((word, index) => (word === name ? [argv[index + 1]] : []))
}

/** What runs in the container. */
export function command({ argv }: LaunchPlan): string {
  return argv.slice(argv.indexOf('/opt/backend.ai/bin/python')).join(' ')
}
