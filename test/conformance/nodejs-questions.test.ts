/** Node.js asks its user in callbacks and promises, by lines and by chunks, and reads only when somebody wants it. */
import { expect, test } from 'vitest'
import type { Question } from '../../src/client/step.ts'
import { openSession, type Session } from '../harness/session.ts'

const options = { runtime: 'nodejs', runtimePath: process.execPath }
const OPEN = "require('readline').createInterface({ input: process.stdin, output: process.stdout })"

const WAYS = {
  'a callback, and another one in it': {
    code: `let asker = ${OPEN}
asker.question('one? ', (one) => asker.question('two? ', (two) => { console.log(one + two); asker.close() }))`,
    stdout: 'one? two? ab\n',
  },
  'promises, with an interface that stays open': {
    code: `import { createInterface } from 'node:readline/promises'
const promised = createInterface({ input: process.stdin, output: process.stdout })
const answer = await promised.question('one? ') + await promised.question('two? ')
await new Promise((done) => setTimeout(done, 100))
answer`,
    stdout: "one? two? 'ab'\n",
  },
  'prompt()': { code: "prompt('one?') + prompt('two?')", stdout: "one? two? 'ab'\n" },
  lines: {
    code: `let lines = ''
const reader = ${OPEN}
reader.on('line', (line) => { lines += line; if (line === 'b') { console.log(lines); reader.close() } })
undefined`,
    stdout: 'ab\n',
  },
  'a loop over lines': {
    code: `let looped = ''
for await (const line of ${OPEN}) { looped += line; if (line === 'b') break }
looped`,
    stdout: "'ab'\n",
  },
  chunks: {
    code: `let chunks = ''
process.stdin.on('data', function take(chunk) {
  chunks += String(chunk).trim()
  if (chunks === 'ab') { console.log(chunks); process.stdin.removeListener('data', take) }
})
undefined`,
    stdout: 'ab\n',
  },
  'reads of the descriptor': {
    code: `const bytes = Buffer.alloc(10)
const read = () => bytes.toString('utf8', 0, require('fs').readSync(0, bytes, 0, 10, null)).trim()
read() + read()`,
    stdout: "'ab'\n",
  },
  'processes that inherit it': {
    code: "require('child_process').execSync('read a; read b; echo $a$b', { stdio: 'inherit' }); undefined",
    stdout: 'ab\n',
  },
}

test.each(Object.entries(WAYS))(
  '%s: each question is put once, and the cell waits',
  async (_, { code, stdout }) => {
    const session = await openSession(options)
    for (let time = 0; time < 2; time++) {
      const asked = await ask(session, code, 'a', 'b')
      expect(asked.stdout).toBe(stdout)
      expect(asked.questions).toEqual([false, false])
    }
  },
)

test('one way after another, in one session', async () => {
  const session = await openSession(options)
  for (const { code, stdout } of Object.values(WAYS))
    expect((await ask(session, code, 'a', 'b')).stdout).toBe(stdout)
})

test('an open interface asks nothing while nobody wants a line', async () => {
  const session = await openSession(options)
  const code = `const idle = ${OPEN}\nawait new Promise((done) => setTimeout(done, 200))`
  expect(await ask(session, code)).toMatchObject({ questions: [], stdout: '' })
  expect(await ask(session, 'await new Promise((done) => setTimeout(done, 200)); 1')).toMatchObject({
    questions: [],
  })
})

test('what readline is kept from showing is a password', async () => {
  const session = await openSession(options)
  const code = `const secretive = ${OPEN}
secretive._writeToOutput = () => {}
secretive.question('secret? ', (secret) => { console.log(secret.length); secretive.close() })`
  expect(await ask(session, code, 'abc')).toEqual({ questions: [true], stdout: 'secret? 3\n' })
})

test('who was interrupted while reading takes nothing from the next one', async () => {
  const session = await openSession(options)
  const endless = "for await (const chunk of process.stdin) console.log('took', String(chunk))"
  await session.run(endless, { onQuestion: () => session.client.interrupt().then(() => undefined) })
  expect((await ask(session, "prompt('yours?')", 'mine')).stdout).toBe("yours? 'mine'\n")
  const chunk = "process.stdin.once('data', (chunk) => console.log(String(chunk).trim())); undefined"
  expect((await ask(session, chunk, 'mine')).stdout).toBe('mine\n')
})

async function ask(session: Session, code: string, ...answers: string[]) {
  const questions: boolean[] = []
  const onQuestion = ({ isPassword }: Question) => answers[questions.push(isPassword) - 1]
  const { stdout, stderr } = await session.run(code, { onQuestion })
  expect(stderr).toBe('')
  return { questions, stdout }
}
