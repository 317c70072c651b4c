/** Projects of Rust: a package of cargo's, else one file that rustc compiles. */
import { impossible, nothing, run, shell } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { BatchPlans, Plan, RuntimeContext } from '../../src/runtime/runtime.ts'

const MAINS = ['main.rs', 'src/main.rs'] as const
const NO_CARGO = 'Cargo.toml is here, but no cargo in PATH'

export const rustBatch: BatchPlans = { clean, build, execute }

function clean(project: ProjectFolder, context: RuntimeContext): Plan {
  if (project.hasFile('Cargo.toml')) return cargo(context, 'clean', '--quiet')
  return project.hasFile('main') ? run(['rm', '-f', 'main']) : nothing
}

function build(project: ProjectFolder, context: RuntimeContext): Plan {
  if (project.hasFile('Cargo.toml')) return cargo(context, 'build', '--quiet')
  const main = project.firstOf(...MAINS)
  if (main) return { commands: [compile(context.executable, main)] }
  return project.hasFile('main') ? nothing : impossible(lookedFor('here'))
}

/** The user's own words for cargo are in the environment: CARGO_NET_OFFLINE, CARGO_TARGET_DIR and so on. */
function cargo(context: RuntimeContext, ...words: string[]): Plan {
  const program = context.which('cargo')
  return program ? run([program, ...words]) : impossible(NO_CARGO)
}

/** In the newest edition that this rustc knows: its default is that of 2015. */
function compile(rustc: string, main: string) {
  const quoted = `'${rustc.replaceAll("'", `'\\''`)}'`
  return shell(
    `for edition in 2021 2018 2015; do
  ${quoted} --edition $edition --print sysroot >/dev/null 2>&1 && exec ${quoted} --edition $edition -o main ${main}
done
exec ${quoted} -o main ${main}`,
  )
}

function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  if (project.hasFile('Cargo.toml')) return cargo(context, 'run', '--quiet')
  return project.hasFile('main') ? run(['./main']) : impossible(lookedFor('to run'))
}

function lookedFor(where: string): string {
  return `no Cargo.toml, main.rs or src/main.rs ${where}, and no ./main`
}
