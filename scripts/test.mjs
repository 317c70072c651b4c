/**
 * `npm test`: everything that has to hold, on a fresh clone and whatever Node the machine has. Ends with a
 * line `N passed, N failed, N skipped`. `--quick`: what a minute has room for.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ENV, installDependencies, NODE, ROOT } from './install.mjs'

const quick = process.argv.includes('--quick')
const counts = { passed: 0, failed: 0, skipped: 0 }

installDependencies()
if (!quick) runWithOurNode('scripts/toolchain.ts')
if (!check('build', NODE, 'scripts/build.ts')) finish()
// What tests mount into containers; only one of them wants the archive too, and makes it itself.
if (!quick) check('bundle', NODE, 'scripts/bundle.ts', '--built', '--folder')
check('types', 'tsc', '--noEmit')
check('types of the page', 'tsc', '--noEmit', '--project', 'src/pty/page')
check('lint', 'biome', quick ? 'check' : 'ci', '.')
if (!quick) check('unused', 'knip')
runTests(quick ? ['test/unit/', 'test/conformance/nodejs'] : [])

finish()

function finish() {
  const { passed, failed, skipped } = counts
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exit(failed > 0 || passed === 0 ? 1 : 0)
}

/** One program that is content or not: it counts as one test. */
function check(name, program, ...args) {
  console.log(`\n${name}: ${program === NODE ? 'node' : program} ${args.join(' ')}`)
  const succeeded = run(program, args).status === 0
  counts[succeeded ? 'passed' : 'failed']++
  return succeeded
}

function runWithOurNode(script) {
  run(NODE, [script])
}

function run(program, args) {
  const result = spawnSync(program, args, { cwd: ROOT, env: ENV, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.error) console.log(`${program}: ${result.error.message}`)
  return result
}

function runTests(files) {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-report-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = run(NODE, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...files])
  const before = counts.failed
  if (existsSync(report)) countTests(JSON.parse(readFileSync(report, 'utf8')))
  // A crash of the runner, an error outside of any test: no test has failed, and still not all is well.
  if (status !== 0 && counts.failed === before) counts.failed++
  rmSync(folder, { recursive: true })
}

function countTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  counts.passed += numPassedTests
  counts.failed += numFailedTests
  counts.skipped += numPendingTests + numTodoTests
  // A file that could not be loaded has no tests.
  counts.failed += testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
}
