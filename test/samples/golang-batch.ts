/** Projects of Go. */
import type { BatchSamples } from '../conformance/samples.ts'

const PROGRAM = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(word())\n}\n'
const WORD = 'package main\n\nfunc word() string { return "from two files" }\n'

export const batch: BatchSamples = {
  projects: [
    {
      promise: 'main.go is built and runs',
      files: { 'main.go': 'package main\n\nfunc main() {\n\tprint("from a file\\n")\n}\n' },
      creates: ['main'],
      stderr: 'from a file',
    },
    {
      promise: 'several files of package main are one program, tests left out',
      files: {
        'start.go': PROGRAM,
        'word.go': WORD,
        'word_test.go': 'package main\n\nthis is no Go\n',
      },
      creates: ['main'],
      stdout: 'from two files',
    },
    {
      promise: 'a module finds its packages',
      needs: 'modules',
      files: {
        'go.mod': 'module example.com/greet\n\ngo 1.15\n',
        'main.go':
          'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/greet/words"\n)\n\nfunc main() { fmt.Println(words.Hello) }\n',
        'words/words.go': 'package words\n\nconst Hello = "hello from a package"\n',
      },
      creates: ['main'],
      stdout: 'hello from a package',
    },
  ],
  missingMain: /no package main right here/,
  input: {
    promise: 'a program asks its user',
    files: {
      'main.go':
        'package main\n\nimport (\n\t"bufio"\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tfmt.Print("Name? ")\n\tlines := bufio.NewScanner(os.Stdin)\n\tlines.Scan()\n\tfmt.Println("Hello,", lines.Text())\n}\n',
    },
    answers: ['Ada'],
    stdout: 'Name? Hello, Ada',
  },
  exit: {
    promise: "a program's exit code is the step's",
    files: {
      'main.go':
        'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tfmt.Println("out")\n\tfmt.Fprintln(os.Stderr, "err")\n\tos.Exit(7)\n}\n',
    },
    stdout: 'out',
    stderr: 'err',
    exitCode: 7,
  },
  broken: {
    promise: 'a program that does not compile is not run',
    files: { 'main.go': 'package main\n\nfunc main() {\n\tundefinedName()\n}\n' },
    stderr: /main\.go:4:2: undefined: undefinedName/,
  },
}
