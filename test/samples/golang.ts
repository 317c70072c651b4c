import type { Samples } from '../conformance/samples.ts'
import { batch } from './golang-batch.ts'
import { extras } from './golang-extras.ts'

const OURS = /krunner|yaegi|reflect\.|interp\.|·|run\.go|goroutine \d/

const golang: Samples = {
  runtime: 'golang',
  query: {
    language: /^Go 1\.\d+/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two"', stdout: 'two' },
      { code: '[]int{1, 2, 3}', stdout: '[1 2 3]' },
      { code: 'strconv.Atoi("12")', stdout: '12 <nil>' },
      { code: 'map[string]bool{"yes": true}', stdout: 'map[yes:true]' },
    ],
    quiet: 'quiet := 5',
    context: {
      variable: [
        { code: 'apples := 3' },
        { code: 'var pears int = 4' },
        { code: 'pears++' },
        { code: 'apples + pears', stdout: '8' },
      ],
      function: [
        { code: 'func twice(n int) int {\n\treturn 2 * n\n}' },
        { code: 'func thrice(n int) int { return n + twice(n) }' },
        { code: 'thrice(5)', stdout: '15' },
      ],
      type: [
        { code: 'type Point struct{ X, Y int }' },
        { code: 'func (p *Point) Double() { p.X, p.Y = 2*p.X, 2*p.Y }' },
        { code: 'corner := Point{3, 4}\ncorner.Double()\ncorner', stdout: '{6 8}' },
      ],
      import: [{ code: 'import text "strings"' }, { code: 'text.ToUpper("imported")', stdout: 'IMPORTED' }],
      redefinition: [
        { code: 'func kind() string { return "first" }\nfunc says() string { return kind() }' },
        { code: 'says()', stdout: 'first' },
        { code: 'func kind() string { return "second" }' },
        { code: 'says()', stdout: 'second' },
      ],
      halfway: [
        {
          code: 'reached := "here"\npanic("stop")\nreached = "there"',
          exitCode: 1,
          stderr: /^panic: stop\n/,
        },
        { code: 'reached', stdout: 'here' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor := "still here"' },
        code: 'fine := 1\n\nbroken := fine + undefinedName\n',
        line: 3,
        stderr: /^<cell \d+>:3:18: undefined: undefinedName\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
      {
        code: 'func inner(list []int) int {\n\treturn list[5]\n}\nfunc outer() int {\n\treturn inner([]int{1})\n}\nouter()',
        line: 7,
        stderr:
          /^panic: runtime error: index out of range.*\n\nmain\.inner\(\.\.\.\)\n\t<cell \d+>:2\nmain\.outer\(\.\.\.\)\n\t<cell \d+>:5\n\t<cell \d+>:7\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
      {
        code: 'one := 1\none + "two"',
        line: 2,
        stderr: /^<cell \d+>:2:\d+: .*mismatched types int and untyped string/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
      {
        code: 'ok := 1\nx = = 2',
        line: 2,
        stderr: /^<cell \d+>:2:5: expected/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
    ],
    streams: {
      code: 'fmt.Println("to out")\nfmt.Fprintln(os.Stderr, "to err")',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'fmt.Println("first")\nfor {\n\tif _, err := os.Stat("go-on"); err == nil { break }\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Println("second")',
    utf8: [
      { code: 'miasto := "Łódź" // żółć\nmiasto + " 東京 🚀"', stdout: 'Łódź 東京 🚀' },
      { code: 'długość := len([]rune("😀"))\nfmt.Println("😀", długość)', stdout: '😀 1' },
    ],
    input: {
      questions: [
        {
          code: 'fmt.Print("Your name? ")\nvar name string\nfmt.Scanln(&name)\nfmt.Println("Hello,", name)',
          answers: ['Zażółć'],
          stdout: 'Your name? Hello, Zażółć',
        },
        {
          code: 'lines := bufio.NewReader(os.Stdin)\nfmt.Print("Two lines: ")\nfirst, _ := lines.ReadString(\'\\n\')\nfmt.Print("and? ")\nsecond, _ := lines.ReadString(\'\\n\')\nfmt.Println(strings.TrimSpace(first) + strings.TrimSpace(second))',
          answers: ['one 🙂', 'two'],
          stdout: 'Two lines: and? one 🙂two',
        },
        {
          code: 'fmt.Print("Lines: ")\nscanner := bufio.NewScanner(os.Stdin)\nfor scanner.Scan() && scanner.Text() != "" {\n\tfmt.Printf("[%s] ", scanner.Text())\n}',
          answers: ['a', 'b', ''],
          stdout: 'Lines: [a] [b] ',
        },
      ],
      cancelled: {
        code: 'fmt.Print("Name? ")\nvar never string\nfmt.Scanln(&never)\nfmt.Println("got", never)',
        stderr: /signal: interrupt/,
      },
    },
    interrupt: {
      before: { code: 'kept := "as it was"' },
      loop: { code: 'fmt.Println("begun")\nfor {\n}', stderr: /signal: interrupt/ },
      sleep: {
        code: 'fmt.Println("begun")\ntime.Sleep(10 * time.Minute)\nfmt.Println("over")',
        stderr: /signal: interrupt/,
      },
      read: {
        code: 'reader, _, _ := os.Pipe()\nfmt.Println("begun")\nfmt.Println(reader.Read(make([]byte, 1)))',
        stderr: /signal: interrupt/,
      },
      after: { code: 'kept', stdout: 'as it was' },
    },
    exits: {
      before: { code: 'stays := 11' },
      requests: [
        {
          code: 'fmt.Println("leaving")\nos.Exit(3)\nfmt.Println("not left")',
          exitCode: 3,
          stdout: 'leaving',
        },
        { code: 'os.Exit(0)', exitCode: 0 },
        {
          code: 'func leaves() {\n\tdefer fmt.Println("nothing is deferred")\n\tos.Exit(4)\n}\nleaves()',
          exitCode: 4,
          stdout: '',
        },
        { code: 'log.Fatal("fatal")', exitCode: 1, stderr: /fatal\n$/ },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'total := 0\nfor i := 0; i < 3; i++ { total += add(i, 1) }\nfunc add(a, b int) int { return a + b + base }\nvar base = 10\ntotal',
        stdout: '36',
      },
      {
        code: 'type Animal interface{ Sound() string }\nloud := func(a Animal) string { return a.Sound() + "!" }\ntype Dog struct{ name string }\nfunc (d Dog) Sound() string { return d.name + " barks" }\nfmt.Println(loud(Dog{"Rex"})); const two = 2; two * 21',
        stdout: 'Rex barks!\n42',
      },
    ],
    megabyte: 'for i := 1; i <= 170000; i++ { fmt.Println(i) }',
    completions: [
      { define: 'fruitBasket := []string{"apple"}', code: 'len(fruitBa|)', includes: ['fruitBasket'] },
      { code: 'strings.ToUp|', includes: ['strings.ToUpper'], excludes: ['strings.ToLower'] },
      {
        define:
          'type Fruit struct{ Weight, Width int }\nfunc (f *Fruit) Weigh() int { return f.Weight }\nfig := Fruit{}',
        code: 'fig.We|',
        includes: ['fig.Weight', 'fig.Weigh'],
        excludes: ['fig.Width'],
      },
      { code: 'fig.W|', includes: ['fig.Width'] },
      { code: 'func|', includes: ['func'] },
      { code: 'appe|', includes: ['append'] },
    ],
    incomplete: ['func f() {', 'x := (1 +', 'fmt.Println("open', 'y := `open', 'if true {', '/* open', '1 +'],
    crash: {
      code: 'fmt.Println("begun")\nsyscall.Kill(os.Getpid(), syscall.SIGKILL)\nselect {}',
      signal: 'SIGKILL',
      before: { code: 'lostSoon := 1' },
      after: { code: 'lostSoon + 1' },
    },
    extras,
  },
  batch,
}

export default golang
