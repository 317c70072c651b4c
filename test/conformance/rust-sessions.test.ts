/** What hostile and careless cells of Rust do to their session: nothing. Each test has a session of its own. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const runtimePath = '/usr/bin/rustc'
const open = () => openSession({ runtime: 'rust', runtimePath })

describeWith([programThere(runtimePath)], 'sessions in Rust', () => {
  test('names that the driver itself relies on may be taken', async () => {
    const session = await open()
    await session.run(
      'macro_rules! println { ($($t:tt)*) => { "mine" } }\nstruct Option; struct Box; struct String; fn drop() {}',
    )
    expect(await session.run('println!("x")')).toMatchObject({ stdout: '"mine"\n', stderr: '' })
    await session.run('let s = "still"; let f = |n: i32| n + 1;')
    expect(await session.run('(s, f(1))')).toMatchObject({ stdout: '("still", 2)\n', stderr: '' })
  })

  test('a program that a cell runs is interrupted with it', async () => {
    const session = await open()
    await session.run('let kept = 5;')
    const run = 'std::process::Command::new("sh").arg("-c").arg("echo begun; exec sleep 600").status()'
    expect(await interrupted(session, run)).toMatchObject({ exitCode: 1, stdout: 'begun\n' })
    expect(await session.run('kept')).toMatchObject({ stdout: '5\n' })
  })

  test('a thread that prints after its cell, and one that is interrupted, leave the session whole', async () => {
    const session = await open()
    await session.run(
      'let printer = std::thread::spawn(|| loop { print!("."); std::thread::sleep(std::time::Duration::from_millis(1)); });',
    )
    expect(await interrupted(session, 'println!("begun"); loop {}')).toMatchObject({ exitCode: 1 })
    expect(await session.run('println!("printed"); 3')).toMatchObject({ stdout: 'printed\n3\n' })
  })

  test('a changed folder, PATH and a closed stdout are the own cell’s concern', async () => {
    const session = await open()
    await session.run('std::env::set_current_dir("/").unwrap(); std::env::set_var("PATH", "/nowhere");')
    await session.run('extern "C" { fn close(fd: i32) -> i32; }\nunsafe { close(1); close(2); }')
    const { stdout } = await session.run('println!("{:?}", std::env::current_dir().unwrap());')
    expect(stdout).toBe('"/"\n')
  })

  test('a cell of five megabytes, and one with a line of a megabyte, are cells as others', async () => {
    const session = await open()
    const long = await session.run(
      `// ${'x'.repeat(5_000_000)}\nlet text = "y".repeat(1_000_000); text.len()`,
    )
    expect(long).toMatchObject({ exitCode: 0, stdout: '1000000\n' })
    const { stdout } = await session.run('print!("{}", text);')
    expect(stdout).toBe('y'.repeat(1_000_000))
  })

  test('kill -9 from within loses that cell alone', async () => {
    const session = await open()
    await session.run('let mut kept = vec![1];')
    const killed = await session.run(
      'kept.push(2);\nstd::process::Command::new("sh").arg("-c").arg("kill -9 $PPID").status().unwrap();',
    )
    expect(killed).toMatchObject({ exitCode: 137, stderr: expect.stringContaining('SIGKILL') })
    expect(await session.run('kept')).toMatchObject({ stdout: '[1]\n' })
  })
})

async function interrupted(session: Session, code: string) {
  return runInterrupted(session, code)
}
