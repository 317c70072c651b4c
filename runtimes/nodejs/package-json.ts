import type { ProjectFolder } from '../../src/runtime/project.ts'

/** What of a project's `package.json` matters to its steps. */
export interface PackageJson {
  readonly main: string | undefined
  hasScript(name: string): boolean
  /** Whether `npm install` has anything to do. */
  readonly needsInstall: boolean
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare']

/** Undefined where there is none; a sentence where it can't be understood. */
export function readPackageJson(project: ProjectFolder): PackageJson | string | undefined {
  const text = project.read('package.json')
  if (text === undefined) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isObject(found) ? understand(found) : 'package.json is not an object: write one, or remove it'
  } catch (error) {
    return `package.json does not parse: ${(error as Error).message}`
  }
}

function understand(found: Record<string, unknown>): PackageJson {
  const scripts = isObject(found.scripts) ? found.scripts : {}
  const hasScript = (name: string) => typeof scripts[name] === 'string' && scripts[name] !== ''
  return {
    main: typeof found.main === 'string' && found.main !== '' ? found.main : undefined,
    hasScript,
    needsInstall:
      found.workspaces !== undefined ||
      INSTALL_SCRIPTS.some(hasScript) ||
      DEPENDENCIES.some((key) => isObject(found[key]) && Object.keys(found[key]).length > 0),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
