/** `npm run prebuild:native`: compiles `native/` for machines without a compiler. Run it after every change there. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileAll, digestOfSources } from './native.ts'

const ROOT = join(import.meta.dirname, '..')
const PREBUILT = join(ROOT, 'native', 'prebuilt')

const COMPILERS = { x64: 'x86_64-linux-gnu-gcc', arm64: 'aarch64-linux-gnu-gcc' }

for (const [arch, compiler] of Object.entries(COMPILERS)) {
  const failure = await compileAll(compiler, ROOT, join(PREBUILT, `linux-${arch}`))
  if (failure) throw new Error(failure)
}
writeFileSync(join(PREBUILT, 'SOURCES'), `${digestOfSources(ROOT)}\n`)
