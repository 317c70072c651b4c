import type { NamedDistribution } from './distribution.ts'
import type { Faults } from './faults.ts'
import type { Manifest, PythonSource } from './manifest-schema.ts'
import type { Release } from './release.ts'
import type { ImageSpec, PythonChoice, PythonSpec } from './spec.ts'

/** The argument of a build, in commands and labels. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
const VERSION = '${PYTHON_VERSION}'

/** The Python of a release; of an image upon another it is that one's. */
export function resolvePython(
  { pythons }: Manifest,
  release: Release,
  distribution: NamedDistribution,
  parent: ImageSpec | undefined,
  faults: Faults,
): PythonSpec | undefined {
  if (parent) return parent.python
  const minor = release.get('python')
  if (minor === undefined) return undefined
  const path = release.pathOf('python')
  const where = `${distribution.name} ${distribution.version}`
  const hasBase = release.get('base') !== undefined
  const source = hasBase ? 'base' : distribution.versionEntry.python[minor]
  if (source === undefined)
    return faults.add(
      path,
      `is '${minor}', which ${where} does not have; it has ${distribution.pythons.join(', ') || 'none'}`,
    )
  const known = faults.find('Python', pythons, minor, path)
  if (!known) return undefined
  const version = source === 'source' ? known.release : minor
  const { entry } = distribution
  return {
    source,
    version,
    minor,
    steps: source === 'packages' ? distribution.versionEntry['python-steps'] : [],
    pipPackages: source === 'packages' ? entry['pip-packages'] : [],
    packages: { packages: entry['python-packages'], source: entry['source-packages'], base: [] }[source],
    command: {
      packages: `python${VERSION}`,
      source: 'python3',
      base: release.get('runtime-path') ?? 'python3',
    }[source],
    pip: known.pip,
    choices: choicesOf(pythons, distribution, source),
  }
}

function choicesOf(
  pythons: Manifest['pythons'],
  { versionEntry }: NamedDistribution,
  source: PythonSource,
): PythonChoice[] {
  const minors = Object.keys(versionEntry.python).filter((minor) => versionEntry.python[minor] === source)
  return minors.flatMap((minor) => {
    const known = pythons[minor]
    return known ? [{ minor, version: source === 'source' ? known.release : minor, pip: known.pip }] : []
  })
}

/** Where such a Python is. Undefined: there is none, or the base image alone knows. */
export function runtimePathOf(python: PythonSpec | undefined): string | undefined {
  if (python?.source === 'packages') return `/usr/bin/python${VERSION}`
  return python?.source === 'source' ? '/usr/local/bin/python3' : undefined
}
