import type { ExtraSample } from '../conformance/samples.ts'

/** What Julia promises beyond what every language does. */
export const extras: readonly ExtraSample[] = [
  {
    promise: 'ans is the last value, and a semicolon or nothing shows none',
    cells: [
      { code: '11 * 3', stdout: '33' },
      { code: 'ans + 1;', stdout: '' },
      { code: 'ans # so; it is', stdout: '34' },
      { code: 'nothing', stdout: '' },
      { code: '1; # hidden', stdout: '' },
      { code: '# only a comment', stdout: '' },
    ],
  },
  {
    promise: 'arrays are cut as the REPL cuts them',
    cells: [{ code: 'collect(1:1000)', stdout: /^1000-element[\s\S]*⋮[\s\S]*1000$/m }],
  },
  {
    promise: 'a struct that is defined anew in another way is the error that Julia makes of it',
    cells: [
      { code: 'struct Fixed; x::Int; end' },
      { code: 'struct Fixed; x::Int; end' },
      {
        code: 'struct Fixed; y::Int; end',
        exitCode: 1,
        stderr: /invalid redefinition of constant Fixed/,
      },
    ],
  },
  {
    promise: 'a cell that has asked and then waits asks no more',
    cells: [
      {
        code: 'print("Name? ")\nname = readline()\nsleep(1.5)\nname',
        answers: ['Ada'],
        stdout: 'Name? "Ada"',
      },
      { code: 'sleep(1.5)', stdout: '' },
    ],
  },
  {
    promise: 'a task outlives its cell, and goes on between cells',
    cells: [
      {
        code: 'ticks = Ref(0)\ndone = Base.Event()\n@async for i in 1:3\n  sleep(0.01)\n  ticks[] += 1\n  i == 3 && notify(done)\nend;',
      },
      { code: 'wait(done)\nticks[]', stdout: '3' },
    ],
  },
  {
    promise: 'random numbers go on from the seed over cells and exits',
    cells: [
      { code: 'using Random\nRandom.seed!(1)\nexpected = rand(3)\nRandom.seed!(1);' },
      { code: 'first_one = rand(); exit()' },
      { code: '[first_one, rand(), rand()] == expected', stdout: 'true' },
    ],
  },
  {
    promise: 'an error in showing a value is shown, and what caused an error',
    cells: [
      {
        code: 'struct Shy end\nBase.show(io::IO, ::Shy) = error("too shy")\nShy()',
        exitCode: 1,
        stderr: /too shy/,
      },
      {
        code: 'try\n  error("the first")\ncatch\n  error("the second")\nend',
        exitCode: 1,
        stderr: /^ERROR: the second[\s\S]*caused by: the first/,
      },
    ],
  },
  {
    promise: 'endless recursion is an error',
    cells: [
      { code: 'down(n) = down(n + 1) + 1\ndown(1)', exitCode: 1, stderr: /StackOverflowError/ },
      { code: '1 + 1', stdout: '2' },
    ],
  },
  {
    promise: 'help, commands and packages have their modes',
    cells: [
      { code: '?sqrt', stdout: /Return sqrt\(x\)|square root/i },
      { code: ';echo from the shell', stdout: 'from the shell' },
      { code: ']help', stdout: /Pkg|pkg/ },
    ],
  },
  {
    promise: 'programs that a cell starts see its output before theirs, and none of our descriptors',
    cells: [
      {
        code: 'print("before ")\nrun(`sh -c "echo after; ls -l /proc/self/fd | grep -c pipe"`);',
        stdout: 'before after\n3',
      },
    ],
  },
  {
    promise: 'what C prints is seen at the end of the cell',
    cells: [{ code: 'ccall(:puts, Cint, (Cstring,), "from C");', stdout: 'from C' }],
  },
  {
    promise: 'the session is interactive, has no program, and its tools are there',
    cells: [
      { code: 'isinteractive(), PROGRAM_FILE, ARGS', stdout: '(true, "", String[])' },
      { code: '(@which 1 + 1) isa Method', stdout: 'true' },
    ],
  },
]
