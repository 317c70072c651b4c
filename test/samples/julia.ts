import type { Samples } from '../conformance/samples.ts'
import { extras } from './julia-extras.ts'

const OURS = /krunner|Krunner|\.jl:\d+.*runtimes|runtimes\/julia|boot\.jl/

const julia: Samples = {
  runtime: 'julia',
  query: {
    language: /Julia/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two"', stdout: '"two"' },
      { code: '[1 2; 3 4]', stdout: '2×2 Array{Int64,2}:\n 1  2\n 3  4' },
      { code: ':symbol => 1.5', stdout: ':symbol => 1.5' },
    ],
    quiet: 'quiet = 5;',
    context: {
      variable: [
        { code: 'apples = 3;' },
        { code: 'for i in 1:2\n  apples += i\nend' },
        { code: 'apples', stdout: '6' },
      ],
      function: [
        { code: 'twice(n) = 2n;' },
        {
          code: 'function thrice(n)\n  n + twice(n)\nend',
          stdout: 'thrice (generic function with 1 method)',
        },
        { code: 'thrice(5)', stdout: '15' },
      ],
      type: [
        { code: 'abstract type Shape end\nstruct Square <: Shape\n  side::Float64\nend' },
        { code: 'area(s::Square) = s.side^2;' },
        { code: 'area(Square(3))', stdout: '9.0' },
      ],
      import: [{ code: 'using Statistics' }, { code: 'mean([1, 2, 6])', stdout: '3.0' }],
      redefinition: [
        { code: 'kind() = "first"\nsays() = kind();' },
        { code: 'says()', stdout: '"first"' },
        { code: 'kind() = "second";' },
        { code: 'says()', stdout: '"second"' },
      ],
      halfway: [
        { code: 'reached = "here"\nerror("stop")\nreached = "there"', exitCode: 1, stderr: /stop/ },
        { code: 'reached', stdout: '"here"' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor = "still here";' },
        code: 'fine = 1\n\nbroken = fine + undefined_name\n',
        line: 3,
        stderr: /^ERROR: UndefVarError: undefined_name not defined[\s\S]*<cell \d+>:3\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: 'function inner()\n  error("deep")\nend\nouter() = inner() + 1\nouter()',
        line: 5,
        stderr: /^ERROR: deep\nStacktrace:\n[\s\S]*inner\(\)[\s\S]*<cell \d+>:2[\s\S]*<cell \d+>:5\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: 'ran = 1\nx = )',
        line: 2,
        stderr: /^ERROR: syntax: unexpected "\)"[\s\S]*<cell \d+>:2\n$/,
        hidden: OURS,
        after: { code: '@isdefined(ran)', stdout: 'false' },
      },
    ],
    streams: {
      code: 'println("to out"); println(stderr, "to err")',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming: 'println("first")\nwhile !isfile("go-on")\n  sleep(0.01)\nend\nprintln("second")',
    utf8: [
      { code: 'città = "Łódź" # żółć\nprintln(città, " 東京 🚀")', stdout: 'Łódź 東京 🚀' },
      { code: 'α = length("😀é"); α', stdout: '2' },
    ],
    input: {
      questions: [
        {
          code: 'print("Your name? ")\nname = readline()\nprintln("Hello, ", name)',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'print("Two numbers: ")\none = parse(Int, readline())\nprint("and? ")\none + parse(Int, readline(stdin))',
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
        {
          code: 'print("A child: ")\nrun(`head -n 1`);',
          answers: ['for the child'],
          stdout: 'A child: for the child',
        },
      ],
      password: {
        code: 'secret = Base.getpass("Password")\nread(secret, String)',
        answers: ['pass word'],
        stdout: 'Password: "pass word"',
      },
      cancelled: { code: 'print("Name? ")\nprintln("got ", readline())', stderr: /InterruptException/ },
    },
    interrupt: {
      before: { code: 'kept = "as it was";' },
      loop: { code: 'println("begun")\nwhile true end', stderr: /InterruptException/ },
      sleep: { code: 'println("begun")\nsleep(600)\nprintln("over")', stderr: /InterruptException/ },
      read: {
        code: 'run(`mkfifo silent`)\nsilent = open("silent", "r+")\nprintln("begun")\nprintln(readline(silent))',
        stderr: /InterruptException/,
      },
      after: { code: 'kept', stdout: '"as it was"' },
    },
    exits: {
      before: { code: 'stays = 11;' },
      requests: [
        { code: 'println("leaving")\nexit(3)\nprintln("not left")', exitCode: 3, stdout: 'leaving' },
        { code: 'exit()', exitCode: 0 },
        {
          code: 'try\n  exit(4)\ncatch\n  println("caught")\nfinally\n  println("left")\nend',
          exitCode: 4,
          stdout: '',
        },
        { code: 'wait(@async exit(5))', exitCode: 5, stdout: '' },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'one = 1\nplus(n) = n + one\nfor i in 1:2\n  one = plus(one)\nend\none',
        stdout: '4',
      },
      { code: 'word = "a" * "b"; println(word); uppercase(word)', stdout: 'ab\n"AB"' },
      { code: 'macro twofold(e) :(2 * $(esc(e))) end\nconst LIMIT = 5\n@twofold LIMIT', stdout: '10' },
    ],
    megabyte: 'for i in 1:170000\n  println(i)\nend',
    completions: [
      {
        define: 'fruit_basket = (apple = 1, apricot = 2, fig = 3);',
        code: 'print(fruit_ba|)',
        includes: ['fruit_basket'],
      },
      {
        code: 'fruit_basket.ap|',
        includes: ['fruit_basket.apple', 'fruit_basket.apricot'],
        excludes: ['fruit_basket.fig'],
      },
      { code: 'x = 1\nBase.uppercasef|', includes: ['Base.uppercasefirst'] },
      { code: '\\alph|', includes: ['\\alpha'] },
    ],
    incomplete: ['while true', 'f() = (1 +', 'print("open', 'x = [1, 2', '#= open', 'begin\n  1'],
    crash: {
      code: 'println("begun")\nunsafe_load(Ptr{Int}(8))',
      signal: 'SIGSEGV',
      before: { code: 'lost_soon = 1;' },
      after: { code: 'lost_soon + 1' },
    },
    displays: [
      {
        promise: 'a type of the user that has HTML is sent as that',
        code: 'struct Table end\nBase.show(io::IO, ::MIME"text/html", ::Table) = print(io, "<table>ą</table>")\nTable()',
        mime: 'text/html',
        data: /^<table>ą<\/table>$/,
        stdout: '',
      },
      {
        promise: 'a type of the user that has an image is sent as that',
        code: 'struct Dot end\nBase.show(io::IO, ::MIME"image/png", ::Dot) = write(io, UInt8[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff])\ndisplay(Dot())\nDot()',
        mime: 'image/png',
        count: 2,
        stdout: '',
      },
      {
        promise: 'SVG is sent as its text',
        code: 'display("image/svg+xml", "<svg/>")',
        mime: 'image/svg+xml',
        data: /^<svg\/>$/,
        stdout: '',
      },
      {
        promise: 'LaTeX comes with the text',
        code: 'struct Formula end\nBase.show(io::IO, ::MIME"text/latex", ::Formula) = print(io, "\\$x\\$")\nBase.show(io::IO, ::Formula) = print(io, "x")\nFormula()',
        mime: 'text/latex',
        data: /^\$x\$$/,
        stdout: 'x',
      },
    ],
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'a program that has asked and then waits asks no more',
        files: { 'main.jl': 'print("Name? ")\nname = readline()\nsleep(1.5)\nprintln("Hello, ", name)' },
        answers: ['Ada'],
        stdout: 'Name? Hello, Ada',
      },
      { promise: 'main.jl runs', files: { 'main.jl': 'println("from a file")' }, stdout: 'from a file' },
      {
        promise: 'main.jl includes what is beside it',
        files: { 'main.jl': 'include("beside.jl")\nprintln(word)', 'beside.jl': 'word = "żółć"' },
        stdout: 'żółć',
      },
      {
        promise: 'a project that depends on what Julia brings is built without a network',
        files: {
          'Project.toml':
            'name = "Own"\nuuid = "b4cd1eb8-1e24-11e8-3319-93036a3eb9f3"\n\n[deps]\nDates = "ade2ca70-3891-5945-98fb-dc099432e06a"\n',
          'src/Own.jl': 'module Own\nusing Dates\nnext(d) = d + Day(1)\nend',
          'main.jl': 'using Own, Dates\nprintln(Own.next(Date(2024, 2, 28)))',
        },
        stdout: '2024-02-29',
      },
    ],
    missingMain: /main\.jl/,
    input: {
      promise: 'a program asks its user',
      files: { 'main.jl': 'print("Name? ")\nprintln("Hello, ", readline())' },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.jl': 'println("out")\nprintln(stderr, "err")\nexit(7)' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default julia
