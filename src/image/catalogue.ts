/** Every label that has one name; those of resources are in `resources.ts`. `docs/labels.md` is made from it. */
import { commaList, type Form, oneOf, path, text, wholeNumber, words } from './forms.ts'
import { servicePorts } from './service-ports.ts'

export const PREFIX = 'ai.backend.'

export interface LabelEntry<T> {
  readonly name: string
  readonly form: Form<T>
  readonly meaning: string
  /** What holds where the label is missing, for people. */
  readonly default: string
  readonly example: string
}

function label<T>(
  name: string,
  form: Form<T>,
  rest: { meaning: string; default?: string; example: string },
): LabelEntry<T> {
  return { name: PREFIX + name, form, default: 'none', ...rest }
}

const VARIABLES = commaList('names of variables', /^[A-Za-z_][A-Za-z0-9_]*$/, 'OMP_NUM_THREADS,NPROC')
const ACCELERATORS = commaList('names of accelerators', /^(?:\*|[a-z0-9][a-z0-9._-]*)$/, 'cuda')
const SERVICES = commaList('names of services', /^[A-Za-z0-9_-]+$/, 'api,metrics')

/** The key is the field of `ImageLabels`. */
export const LABELS = {
  kernelspec: label('kernelspec', wholeNumber(1, 1), {
    meaning: 'The version of these labels. An image without it is none of ours.',
    default: 'required',
    example: '1',
  }),
  features: label('features', words, {
    meaning: 'What can be done with the image; the table below says what each word promises.',
    default: 'required, with `uid-match` at least',
    example: 'batch query uid-match user-input',
  }),
  baseDistro: label('base-distro', text, {
    meaning: 'The distribution that the image is made from. Nothing of ours depends on it.',
    example: 'ubuntu22.04',
  }),
  runtimeType: label('runtime-type', text, {
    meaning: 'Which language the runner speaks: one of `krunner runtimes`.',
    default: '`app`',
    example: 'python',
  }),
  runtimePath: label('runtime-path', path, {
    meaning: "The language's executable in the image.",
    default: 'the first of the runtime that PATH offers',
    example: '/usr/bin/python3',
  }),
  role: label('role', oneOf('COMPUTE', 'INFERENCE', 'SYSTEM'), {
    meaning: 'What the image is for: sessions of users, serving a model, or services of the cluster itself.',
    default: '`COMPUTE`',
    example: 'INFERENCE',
  }),
  servicePorts: label('service-ports', servicePorts, {
    meaning: 'What can be reached in the container.',
    example: 'jupyter:http:8080,ipython:pty:3000,triton:preopen:[8000,8001]',
  }),
  endpointPorts: label('endpoint-ports', SERVICES, {
    meaning: 'Which of the service ports answer requests to a model. Each is a `preopen` one.',
    default: 'none; required where the role is `INFERENCE`',
    example: 'triton',
  }),
  modelPath: label('model-path', path, {
    meaning: "Where the model's folder is mounted.",
    default: 'none; required where the role is `INFERENCE`',
    example: '/models',
  }),
  modelFormat: label('model-format', text, {
    meaning: 'What kind of model the image serves.',
    default: 'none; required where the role is `INFERENCE`',
    example: 'onnx',
  }),
  corecount: label('envs.corecount', VARIABLES, {
    meaning:
      'Variables that are set to the number of cores, for libraries that would else count those of the host.',
    example: 'OPENBLAS_NUM_THREADS,OMP_NUM_THREADS,NPROC',
  }),
  accelerators: label('accelerators', ACCELERATORS, {
    meaning: 'Which accelerators the image can use; `*` is any.',
    example: 'cuda',
  }),
  customizedOwner: label('customized-image.owner', text, {
    meaning: 'Whose image it is that was made from a session: `user:ID` or `project:ID`.',
    example: 'user:5e1a5b1c-3c0e-4f6e-9d80-4a34e7b5d0d1',
  }),
  customizedName: label('customized-image.name', text, {
    meaning: 'The name that its maker gave it.',
    example: 'with-geopandas',
  }),
  customizedId: label('customized-image.id', text, {
    meaning: 'What its tag ends with.',
    example: '4d2ad2c4-1c10-4d3a-ae42-cc53a3c1ac5b',
  }),
  customizedUserEmail: label('customized-image.user.email', text, {
    meaning: 'The address of its maker.',
    example: 'someone@example.org',
  }),
} as const

export type LabelField = keyof typeof LABELS
