/** `krunner image lint` on folders of a test's own. */
import { krunner, temporaryFolder } from './krunner.ts'

/** Of an image as it should be, with two services that need a definition. */
export const LABELS = {
  'ai.backend.kernelspec': '1',
  'ai.backend.features': 'batch query uid-match user-input',
  'ai.backend.base-distro': 'debian12',
  'ai.backend.runtime-type': 'python',
  'ai.backend.runtime-path': '/usr/bin/python3',
  'ai.backend.resource.min.cpu': '1',
  'ai.backend.resource.min.mem': '256m',
  'ai.backend.service-ports': 'web:http:8080,worker:tcp:9000',
}
export const LABEL_LINE = `LABEL ${Object.entries(LABELS)
  .map(([name, value]) => `${name}="${value}"`)
  .join(' ')}`
export const DEFINITION = JSON.stringify({ command: ['serve', '{ports[0]}'] })
const POLICY = 'diff_to_default: true\n'

interface Told {
  file: string
  line: number | null
  severity: string
  rule: string
  what: string
  mend: string
}

export async function lint(
  ...args: string[]
): Promise<{ exitCode: number | undefined; images: { image: string; findings: Told[] }[] }> {
  const { exitCode, stdout } = await krunner('image', 'lint', '--json', ...args)
  return { exitCode, images: JSON.parse(stdout) }
}

export function folderOf(files: Readonly<Record<string, string>>): string {
  return temporaryFolder({
    'policy.yml': POLICY,
    'service-defs/web.json': DEFINITION,
    'service-defs/worker.json': DEFINITION,
    ...files,
  })
}

export const COPIES =
  'COPY policy.yml /etc/backend.ai/jail/\nCOPY service-defs/ /etc/backend.ai/service-defs/'
