/** The jail policy that comes with the image. */
import { readPolicy } from '../../jail/policy-files.ts'
import type { Problem } from '../../jail/problem.ts'
import { readDocument } from '../../jail/read-document.ts'
import { PREFIX } from '../catalogue.ts'
import type { CopiedFile, Finding } from '../described.ts'
import { readCopied } from '../files.ts'
import { type Examined, placeForLabels, type Rule } from './examined.ts'

/** Of one policy: a broken one may be wrong at every character. */
const MOST_PROBLEMS = 20

const POLICY = '/etc/backend.ai/jail/policy.yml'

export const policyRules: Rule = (examined) => {
  const policies = examined.image.files.filter(({ target }) => target === POLICY)
  return [
    ...(policies.length > 0 ? policies.flatMap((file) => check(examined, file)) : none(examined)),
    ...leftBeside(examined),
  ]
}

function none({ image, runtime }: Examined): Finding[] {
  const isMissing = image.findings.some(({ rule }) => rule === 'file-missing')
  const isOurs = [...image.labels.keys()].some((name) => name.startsWith(PREFIX))
  if (!isOurs || !image.areFilesSeen || isMissing || image.beside.length > 0) return []
  return [
    {
      place: placeForLabels(image),
      severity: 'note',
      rule: 'policy-none',
      what: `it brings no jail policy: that of ${image.base ? 'its base, or of ' : ''}the runtime ${runtime?.name ?? ''} holds`,
      mend: `where that is too wide or too narrow, add COPY policy.yml ${POLICY}`,
    },
  ]
}

function check({ runtime }: Examined, file: CopiedFile): Finding[] {
  const { text, place, complaint } = readCopied(file)
  if (complaint) return [{ place, severity: 'error', rule: 'policy', ...complaint }]
  if (text.trim() === '')
    return [
      {
        place,
        severity: 'error',
        rule: 'policy',
        what: 'the policy is empty',
        mend: 'write at least diff_to_default: true',
      },
    ]
  const { problems } =
    'path' in file.source ? readPolicy(file.source.path, runtime?.name) : readDocument(place.file, text)
  const shift = 'path' in file.source ? 0 : (place.line ?? 1) - 1
  return problems.slice(0, MOST_PROBLEMS).map((problem) => asFinding(problem, shift))
}

function asFinding({ severity, place, key, message }: Problem, shift: number): Finding {
  return {
    place: { file: place.file, line: place.line + shift },
    severity,
    rule: 'policy',
    what: key === '' ? message : `${key}: ${message}`,
    mend: 'see docs/jail.md for what a policy can say',
  }
}

/** A policy or a definition that was written, and that the image does not get. */
function leftBeside({ image }: Examined): Finding[] {
  return image.beside.map((path) => {
    const isPolicy = path.endsWith('policy.yml')
    return {
      place: { file: path },
      severity: 'warning',
      rule: isPolicy ? 'policy-left' : 'definition-left',
      what: `it lies beside ${image.name}, and is not copied into the image`,
      mend: isPolicy
        ? `add COPY policy.yml ${POLICY}`
        : 'add COPY service-defs/ /etc/backend.ai/service-defs/',
    }
  })
}
