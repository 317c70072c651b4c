/** What a session of Go promises beyond what every language does. */
import type { ExtraSample } from '../conformance/samples.ts'

export const extras: readonly ExtraSample[] = [
  {
    promise: 'generic functions and types, their type arguments inferred',
    cells: [
      {
        code: 'func Map[T, U any](list []T, f func(T) U) []U {\n\tvar made []U\n\tfor _, each := range list { made = append(made, f(each)) }\n\treturn made\n}',
      },
      { code: 'Map([]int{1, 2}, func(n int) string { return fmt.Sprint(n, "!") })', stdout: '[1! 2!]' },
      { code: 'type Stack[T any] struct{ items []T }' },
      { code: 'func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }' },
      { code: 'words := Stack[string]{}\nwords.Push("a")\nwords.items', stdout: '[a]' },
      { code: 'func (s *Stack[T]) Len() int { return len(s.items) }\nwords.Len()', stdout: '1' },
      {
        code: 'type Number interface{ ~int | ~float64 }\nfunc Sum[T Number](list ...T) (sum T) {\n\tfor _, each := range list { sum += each }\n\treturn\n}\nfmt.Println(Sum(1, 2, 3), Sum(1.5, 2))',
        stdout: '6 3.5',
      },
      { code: 'sorted := []string{"b", "a"}\nslices.Sort(sorted)\nsorted', stdout: '[a b]' },
      {
        code: 'Sum("a")',
        exitCode: 1,
        stderr: /^<cell \d+>:1:\d: (?:T \(type string\)|string) does not satisfy Number/,
      },
    ],
  },
  {
    promise: 'a name can be defined again with another type, also by what it was',
    cells: [
      { code: 'turns := 1' },
      { code: 'turns := "one"' },
      { code: 'turns := turns + "!"' },
      { code: 'turns', stdout: 'one!' },
      { code: 'number, err := strconv.Atoi("1")' },
      { code: 'other, err := strconv.Atoi("x")' },
      { code: 'number + other, err', exitCode: 1, stderr: /expected/ },
      { code: 'fmt.Println(number+other, err)', stdout: /^1 strconv\.Atoi: parsing "x"/ },
    ],
  },
  {
    promise: 'what uses a changed type or function is compiled again, and says so where it cannot be',
    cells: [
      {
        code: 'type Box struct{ Side int }\nfunc (b Box) Area() int { return b.Side * b.Side }\nfunc area(side int) int { return Box{Side: side}.Area() }\narea(3)',
        stdout: '9',
      },
      { code: 'type Box struct{ Side, Depth int }' },
      { code: 'area(4)', stdout: '16' },
      { code: 'func (b Box) Area() int { return -1 }' },
      { code: 'area(4)', stdout: '-1' },
      { code: 'func size() int { return 1 }\nfunc sizes() int { return size() + 1 }' },
      { code: 'func size() string { return "big" }' },
      { code: 'sizes()', exitCode: 1, stderr: /sizes no longer compiles: <cell \d+>:2:\d+: / },
      { code: 'func size() int { return 2 }' },
      { code: 'func sizes() int { return size() + 1 }\nsizes()', stdout: '3' },
    ],
  },
  {
    promise: 'a goroutine outlives its cell, and channels carry over',
    cells: [
      {
        code: 'asked, answered := make(chan int), make(chan int)\ngo func() {\n\tfor n := range asked { answered <- n * n }\n\tclose(answered)\n}()',
      },
      { code: 'asked <- 7\n<-answered', stdout: '49' },
      { code: 'asked <- 8\n<-answered', stdout: '64' },
      { code: 'close(asked)\n_, open := <-answered\nopen', stdout: 'false' },
      {
        code: 'select {\ncase <-time.After(time.Millisecond):\n\tfmt.Println("late")\n}',
        stdout: 'late',
      },
    ],
  },
  {
    promise: 'a panic of a goroutine is told, and ends that goroutine only',
    cells: [
      {
        code: 'ended := make(chan bool)\ngo func() {\n\tdefer close(ended)\n\tpanic("in a goroutine")\n}()\n<-ended\nfor i := 0; i < 100; i++ { time.Sleep(time.Millisecond) }',
        stderr: /^panic: in a goroutine\n\[a goroutine panicked, and ended\]\n/,
      },
      { code: '"alive"', stdout: 'alive' },
    ],
  },
  {
    promise: 'a whole program is run as it is pasted',
    cells: [
      {
        code: '// A program.\npackage main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\ntype shape interface{ area() float64 }\n\ntype square struct{ side float64 }\n\nfunc (s square) area() float64 { return s.side * s.side }\n\nfunc init() { fmt.Println("init") }\n\nfunc main() {\n\tvar s shape = square{3}\n\tfmt.Println(s.area())\n\tif len(os.Args) > 5 {\n\t\tos.Exit(1)\n\t}\n}\n',
        stdout: 'init\n9',
      },
      { code: 'square{2}.area()', stdout: '4' },
    ],
  },
  {
    promise: 'unused imports and variables are no mistakes, and the library needs no import',
    cells: [
      { code: 'import (\n\t"os/exec"\n\t"net/http"\n)\nunused := func() { local := 1 }' },
      { code: 'strings.Repeat("ab", 2) + filepath.Base("/x/y")', stdout: 'ababy' },
      { code: 'http.StatusText(404)', stdout: 'Not Found' },
    ],
  },
  {
    promise:
      'errors of the user’s own types are found by errors.As and errors.Is, and printed by their methods',
    cells: [
      {
        code: 'type CodeError struct{ code int }\nfunc (e *CodeError) Error() string { return fmt.Sprint("code ", e.code) }\nvar ErrGone = errors.New("gone")\nfunc fails() error { return fmt.Errorf("failed: %w", &CodeError{7}) }\nfails()',
        stdout: 'failed: code 7',
      },
      { code: 'var found *CodeError\nerrors.As(fails(), &found)', stdout: 'true' },
      { code: 'found.code', stdout: '7' },
      { code: 'errors.Is(fmt.Errorf("it is %w", ErrGone), ErrGone)', stdout: 'true' },
      { code: 'same := ErrGone\nsame == ErrGone && !(fails() == ErrGone)', stdout: 'true' },
      { code: 'panic(fails())', exitCode: 1, stderr: /^panic: failed: code 7\n\n\t<cell \d+>:1\n$/ },
    ],
  },
  {
    promise: 'recover gets what Go’s own runtime panics with',
    cells: [
      {
        code: 'func safely(f func()) (text string) {\n\tdefer func() {\n\t\tif cause := recover(); cause != nil { text = fmt.Sprint(cause) }\n\t}()\n\tf()\n\treturn "fine"\n}',
      },
      {
        code: 'var nobody *strings.Builder\nsafely(func() { nobody.WriteString("x") })',
        stdout: /nil pointer/,
      },
      {
        code: 'zero := 0\nsafely(func() { fmt.Println(1 / zero) })',
        stdout: 'runtime error: integer divide by zero',
      },
      { code: 'safely(func() { panic("own") })', stdout: 'own' },
      { code: 'safely(func() { fmt.Println([]int{}[zero]) })', stdout: /^runtime error: index out of range/ },
    ],
  },
  {
    promise: 'an interface knows what it holds: values of the user’s own types, the library’s, and nil',
    cells: [
      {
        code: 'type Days int\nfunc (d Days) String() string { return fmt.Sprint(int(d), " days") }\ntype Speaker interface{ Speak() string }\ntype Parrot struct{ word string }\nfunc (p *Parrot) Speak() string { return p.word }\nfunc what(x any) string {\n\tswitch x := x.(type) {\n\tcase nil: return "nil"\n\tcase int, string: return "plain"\n\tcase Days: return x.String()\n\tcase Speaker: return x.Speak()\n\tcase error: return x.Error()\n\tdefault: return "other"\n\t}\n}',
      },
      {
        code: 'var held any = Days(3)\nfor _, x := range []any{held, 1, "x", &Parrot{"hello"}, io.EOF, nil, 2.5} { fmt.Print(what(x), "; ") }',
        stdout: '3 days; plain; plain; hello; EOF; nil; other; ',
      },
      { code: '_, speaks := held.(Speaker)\nspeaks', stdout: 'false' },
      {
        code: 'held.(string)',
        exitCode: 1,
        stderr: /^panic: interface conversion: interface {} is main\.Days, not string\n/,
      },
      { code: 'fmt.Printf("%v %d %s\\n", held, Days(4), []any{Days(5)})', stdout: '3 days 4 [5 days]' },
    ],
  },
  {
    promise: 'each turn of a loop has its own variables',
    cells: [
      {
        code: 'var later []func() int\nfor i := 0; i < 3; i++ { later = append(later, func() int { return i }) }\nfor _, n := range []int{7, 8} { later = append(later, func() int { return n }) }\nfor i := range 2 { later = append(later, func() int { return i }) }\nfor _, f := range later { fmt.Print(f(), " ") }',
        stdout: '0 1 2 7 8 0 1',
      },
    ],
  },
  {
    promise: 'println and print write to stderr, in order with what else does',
    cells: [
      {
        code: 'println("one", 2, 2.5)\nfmt.Fprintln(os.Stderr, "two")\nprint("three\\n")',
        stderr: 'one 2 +2.500000e+000\ntwo\nthree',
        stdout: '',
      },
    ],
  },
  {
    promise: 'deep recursion is a panic, and the context is kept',
    cells: [
      { code: 'func deep(n int) int { return deep(n+1) + 1 }' },
      { code: 'deep(0)', exitCode: 1, stderr: /^panic: .*stack overflow/ },
      { code: 'deep', stdout: /^0x/ },
    ],
  },
  {
    promise: 'a comment alone, or nothing, is a cell',
    cells: [
      { code: '// nothing here', stdout: '' },
      { code: '/* nor\nhere */', stdout: '' },
      { code: '', stdout: '' },
    ],
  },
  {
    promise: 'a cell of Windows’ lines has its own line numbers',
    cells: [
      {
        code: 'a := 1\r\nb := `raw\r\ntext`\r\nc := nowhere',
        exitCode: 1,
        stderr: /:4:6: undefined: nowhere/,
      },
    ],
  },
  {
    promise: 'a function of the user’s may have a builtin’s name',
    cells: [
      { code: 'func len(text string) string { return "mine: " + text }' },
      { code: 'len("x")', stdout: 'mine: x' },
      { code: 'slices.Max([]int{1, 3, 2})', stdout: '3' },
      { code: 'strings.Repeat("-", 3)', stdout: '---' },
    ],
  },
  {
    promise: 'streams that a cell closes are there again for the next one',
    cells: [
      { code: 'os.Stdout.Close()', stdout: '' },
      { code: '"seen"', stdout: 'seen' },
    ],
  },
  {
    promise: 'what programs of the shell print is seen, and they have none of our descriptors',
    cells: [
      {
        code: 'command := exec.Command("sh", "-c", "echo out; ls /proc/self/fd | wc -l")\ncommand.Stdout = os.Stdout\ncommand.Run()',
        stdout: /^out\n4\n/,
      },
    ],
  },
]
