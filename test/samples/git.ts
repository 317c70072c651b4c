import type { Samples } from '../conformance/samples.ts'
import { COMMANDS, STATE, STATUS, STREAMS, unsetVariables } from './git-extras.ts'

/** How a kind of shell differs from the others in what it says. */
export interface Shell {
  readonly language: RegExp
  /** Exit code of a file that does not parse. */
  readonly syntaxError: number
  /** Exit code of a variable that is not set, under `set -u`. */
  readonly unsetVariable: number
  /** What an endless loop does; nothing by default. */
  readonly loops?: string
  /** Of an error in line 3 of a cell, but for its own words. */
  readonly line3: RegExp
}

const NOT_FOUND = 127

const REPOSITORY = `
git init -q repository
commit() { git -C repository -c user.name=Ada -c user.email=ada@localhost commit -q --allow-empty "$@"; }
commit -m 'first one'
commit -m 'second one'
`

export function shellSamples({ language, syntaxError, unsetVariable, loops = ':', line3 }: Shell): Samples {
  return {
    runtime: 'git',
    query: {
      language,
      syntaxError,
      values: [
        { code: 'echo "$((6 * 7))"', stdout: '42' },
        { code: 'printf "%s\\n" one "two three"', stdout: 'one\ntwo three' },
      ],
      quiet: 'quiet=5',
      context: {
        variable: [
          { code: 'apples=3' },
          { code: 'pears=$((apples + 1))' },
          { code: 'echo "$apples $pears"', stdout: '3 4' },
        ],
        function: [
          { code: 'twice() {\n  echo "$(($1 * 2))"\n}' },
          { code: 'thrice() { echo "$(($(twice "$1") + $1))"; }' },
          { code: 'thrice 5', stdout: '15' },
        ],
        import: [
          { code: "echo 'imported() { echo from a file; }' >library.sh\n. ./library.sh" },
          { code: 'imported', stdout: 'from a file' },
        ],
        redefinition: [
          { code: 'kind() { echo first; }\nsays() { kind; }' },
          { code: 'says', stdout: 'first' },
          { code: 'kind() { echo second; }' },
          { code: 'says', stdout: 'second' },
        ],
        halfway: [
          {
            code: 'reached=here\nls /no/such/folder || return 1\nreached=there',
            exitCode: 1,
            stderr: /no.such.folder/,
          },
          { code: 'echo "$reached"', stdout: 'here' },
        ],
      },
      errors: [
        {
          before: { code: "survivor='still here'" },
          code: 'fine=1\n\nundefined_name\n',
          line: 3,
          exitCode: NOT_FOUND,
          stderr: new RegExp(`${line3.source}.*(undefined_name.*not found|not found.*undefined_name)`),
          hidden: /krunner_|\/proc\//,
          after: { code: 'echo "$survivor"', stdout: 'still here' },
        },
        {
          code: 'fine=1\n\nfi\n',
          line: 3,
          exitCode: syntaxError,
          stderr: new RegExp(line3.source),
          hidden: /krunner_|\/proc\//,
          after: { code: 'echo "$survivor"', stdout: 'still here' },
        },
      ],
      streams: { code: 'echo to out; echo to err >&2', stdout: 'to out', stderr: 'to err' },
      streaming: 'echo first\nuntil [ -e go-on ]; do sleep 0.01; done\necho second',
      utf8: [
        { code: 'city="Łódź" # żółć\necho "$city 東京 🚀"', stdout: 'Łódź 東京 🚀' },
        { code: "printf '%s\\n' '😀' 'é'", stdout: '😀\né' },
      ],
      input: {
        questions: [
          {
            code: 'printf "Your name? "\nread -r name\necho "Hello, $name"',
            answers: ['Zażółć 🙂'],
            stdout: 'Your name? Hello, Zażółć 🙂',
          },
          {
            code: 'printf "Two numbers: "\nread -r one\nprintf "and? "\nread -r two\necho "$((one + two))"',
            answers: ['20', '22'],
            stdout: 'Two numbers: and? 42',
          },
          {
            code: 'printf "For a program: "\nhead -n 1',
            answers: ['a line'],
            stdout: 'For a program: a line',
          },
        ],
        cancelled: { code: 'printf "Name? "\nread -r name\necho "got $name"', stderr: /interrupted/ },
      },
      interrupt: {
        before: { code: "kept='as it was'" },
        loop: { code: `echo begun\nwhile :; do ${loops}; done`, stderr: /interrupted/ },
        sleep: { code: 'sh -c "echo begun; exec sleep 600"\necho over', stderr: /interrupted/ },
        read: {
          code: '[ -p silent ] || mkfifo silent\nexec 8<>silent\necho begun\nread -r line <&8\necho over',
          stderr: /interrupted/,
        },
        after: { code: 'echo "$kept"', stdout: 'as it was' },
      },
      exits: {
        before: { code: 'stays=11' },
        requests: [
          { code: 'echo leaving\nexit 3\necho not left', exitCode: 3, stdout: 'leaving' },
          {
            code: 'leave() { exit "$1"; }\nfor code in 4 5; do leave "$code"; done',
            exitCode: 4,
            stdout: '',
          },
          { code: 'exit', exitCode: 0 },
          { code: '(exit 6)\nexit', exitCode: 6 },
        ],
        context: 'kept',
        after: { code: 'echo "$stays"', stdout: '11' },
      },
      several: [
        {
          code: 'one=1; plus() { one=$((one + $1)); }; for n in 1 2; do plus "$n"; done; echo "$one"',
          stdout: '4',
        },
        { code: 'word=ab\necho "$word"\ncase $word in\n  a*) echo starts ;;\nesac', stdout: 'ab\nstarts' },
      ],
      megabyte: 'seq 170000',
      completions: [
        {
          define: 'fruit_basket=full\nfruit_bowl=empty\nvegetable=green',
          code: 'echo $fruit_b|',
          includes: ['$fruit_basket', '$fruit_bowl'],
          excludes: ['$vegetable'],
        },
        { define: "alias fruit_salad='echo salad'", code: 'fruit_sa|', includes: ['fruit_salad'] },
        { code: 'ls; gre|', includes: ['grep'], excludes: ['ls'] },
        { define: ': >some-file; mkdir -p some-folder', code: 'cat some-fi|', includes: ['some-file'] },
        { code: 'cd ./some-fo|', includes: ['./some-folder/'], excludes: ['./some-file'] },
        { code: 'whi|', includes: ['while'] },
      ],
      incomplete: ['if true', 'while true; do', 'name() {', 'echo "open', 'echo `'],
      crash: {
        code: 'echo begun\nkill -SEGV $$',
        signal: 'SIGSEGV',
        before: { code: 'lost_soon=1' },
        after: { code: '[ -n "$lost_soon" ]' },
      },
      displays: [
        {
          promise: '%show graph shows the history of a repository',
          needs: 'git',
          code: `${REPOSITORY}%show graph repository`,
          mime: 'application/vnd.sorna.gitgraph',
          data: /^\[\{"oid":"(\w+)","parent_ids":\[\],"author":"Ada","message":"first one",.*"parent_ids":\["\1"\]/,
          stdout: '',
        },
      ],
      extras: [...STATE, ...STATUS, ...unsetVariables(unsetVariable), ...STREAMS, ...COMMANDS],
    },
    batch: {
      projects: [
        { promise: 'main.sh runs', files: { 'main.sh': 'echo from a file\n' }, stdout: 'from a file' },
        {
          promise: 'main.sh finds the files beside it',
          files: { 'main.sh': '. ./beside.sh\necho "$word"\n', 'beside.sh': 'word=beside\n' },
          stdout: 'beside',
        },
      ],
      missingMain: /main\.sh/,
      input: {
        promise: 'a script asks its user',
        files: { 'main.sh': 'printf "Name? "\nread -r name\necho "Hello, $name"\n' },
        answers: ['Ada'],
        stdout: 'Name? Hello, Ada',
      },
      exit: {
        promise: "a script's exit code is the step's",
        files: { 'main.sh': 'echo out\necho err >&2\nexit 7\n' },
        stdout: 'out',
        stderr: 'err',
        exitCode: 7,
      },
    },
  }
}

/** What the image's own `bash` shows, from 5.1 on. */
export const BASH: Shell = { language: /bash \d/, syntaxError: 2, unsetVariable: 1, line3: /line 3: / }

export default shellSamples(BASH)
