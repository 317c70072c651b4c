import type { Samples } from '../conformance/samples.ts'

/** How a kind of shell differs from the others in what it says. */
export interface Shell {
  readonly language: RegExp
  /** Exit code of a file that does not parse. */
  readonly syntaxError: number
  /** Exit code of a variable that is not set, under `set -u`. */
  readonly unsetVariable: number
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

export function shellSamples({ language, syntaxError, unsetVariable, line3 }: Shell): Samples {
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
        loop: { code: 'echo begun\nwhile :; do :; done', stderr: /interrupted/ },
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

type Extras = NonNullable<NonNullable<Samples['query']>['extras']>

const STATE: Extras = [
  {
    promise: 'cd, variables, functions and aliases persist',
    cells: [
      { code: 'mkdir -p below && cd below\nwhere=below\nshout() { echo "$1!"; }\nalias hey="shout hey"' },
      { code: 'basename "$PWD"; echo "$where"; shout you; hey', stdout: 'below\nbelow\nyou!\nhey!' },
      { code: 'cd ..\nunalias hey' },
    ],
  },
  {
    promise: 'exported variables, options, umask, positional parameters and descriptors persist',
    cells: [
      { code: 'export EXPORTED=yes\nset -o noglob\numask 027\nset -- a "b c"\nexec 7>seven' },
      {
        code: 'echo *\numask\necho "$# $2"\nsh -c \'echo "$EXPORTED"\'\necho written >&7',
        stdout: /^\*\n0?027\n2 b c\nyes/,
      },
      { code: 'set +o noglob\nset --\nexec 7>&-\ncat seven', stdout: 'written' },
    ],
  },
  {
    promise: 'a job in the background goes on after its cell, and can be waited for in a later one',
    cells: [
      { code: '(until [ -e go-on-job ]; do sleep 0.01; done; echo job >job-done) &' },
      { code: ': >go-on-job\nwait $!\necho "$?"; cat job-done', stdout: '0\njob' },
    ],
  },
]

const STATUS: Extras = [
  {
    promise: "the last command's status is the cell's, and the next one finds it in $?",
    cells: [
      { code: '(exit 42)', exitCode: 42, stderr: '' },
      { code: 'echo "$?"', stdout: '42' },
      { code: 'echo "$?"', stdout: '0' },
      { code: 'exit 5', exitCode: 5 },
      { code: 'echo "$?"', stdout: '5' },
      { code: 'return 4\necho not reached', exitCode: 4, stdout: '' },
    ],
  },
  {
    promise: 'exit in a subshell ends the subshell alone',
    cells: [
      { code: '(exit 3); echo "$?"; x=$(echo in; exit 4); echo "$x $?"', stdout: '3\nin 4' },
      { code: 'echo a | { cat; exit 2; }', exitCode: 2, stdout: 'a' },
    ],
  },
  {
    promise:
      'a program that takes the place of the shell ends the cell with its code, and the context goes with the shell',
    cells: [
      { code: 'gone=yes\nexec sh -c "echo instead; exit 9"', exitCode: 9, stdout: 'instead' },
      { code: 'echo "[$gone]"', stdout: '[]', stderr: /context was lost/ },
    ],
  },
  {
    promise:
      'a command that fails under set -e ends the cell with its status, and the shell, as at every prompt',
    cells: [
      { code: 'gone=yes\nset -e\necho on', stdout: 'on' },
      { code: 'true\necho still on', stdout: 'still on' },
      { code: '(exit 6)\necho not reached', exitCode: 6, stdout: '' },
      { code: 'echo "[$gone]"', stdout: '[]', stderr: /context was lost/ },
    ],
  },
  {
    promise: 'a trap on INT runs, and the session goes on',
    cells: [
      { code: "trap 'echo trapped' INT" },
      { code: 'kill -INT $$\necho after', stdout: 'trapped\nafter' },
      { code: 'exit 3', exitCode: 3 },
      { code: 'kill -INT $$; trap - INT', stdout: 'trapped' },
    ],
  },
]

const unsetVariables = (exitCode: number): Extras => [
  {
    promise: 'an unset variable under set -u is an error, and the session goes on',
    cells: [
      { code: 'alive=yes\nset -u' },
      { code: 'echo "$never_set"', exitCode, stderr: /never_set/ },
      { code: 'set +u\necho "$alive"', stdout: 'yes' },
    ],
  },
]

const STREAMS: Extras = [
  {
    promise: 'streams that a cell has closed or turned away are there again in the next one',
    cells: [
      { code: 'exec >out-file 2>&1\necho hidden\n(exit 5)', exitCode: 5, stdout: '', stderr: '' },
      { code: 'cat out-file', stdout: 'hidden' },
      { code: 'exec <&- >&- 2>&-' },
      { code: 'echo back', stdout: 'back' },
    ],
  },
  {
    promise: 'programs and the shell itself see none of our descriptors',
    cells: [
      { code: 'ls /proc/self/fd', stdout: '0\n1\n2\n3' },
      { code: 'for fd in 3 4 5 6 9; do [ -e /proc/$$/fd/$fd ] && echo "$fd"; done; true', stdout: '' },
    ],
  },
  {
    promise: 'functions and aliases with the names of builtins change nothing of ours',
    cells: [
      { code: 'echo() { printf "mine: %s\\n" "$*"; }\nalias printf="command printf"' },
      { code: 'echo hello', stdout: 'mine: hello' },
      { code: 'command() { :; }\ntest() { :; }\ncd() { :; }\nread() { :; }\nkill() { :; }' },
      { code: 'exit 3', exitCode: 3 },
      { code: 'unset -f echo command test cd read kill\nunalias printf\necho hello', stdout: 'hello' },
    ],
  },
  {
    promise: 'prompts, IFS and xtrace of the user stay out of what we do',
    cells: [
      { code: 'PS1="prompt> "\nPS2="more> "\nIFS=0123456789' },
      { code: 'echo "seen"', stdout: 'seen' },
      { code: '(exit 12)', exitCode: 12 },
      { code: 'unset IFS\nset -x' },
      { code: 'set +x', stderr: /set \+x|^$/ },
      { code: 'echo after', stdout: 'after' },
    ],
  },
  {
    promise: 'line ends of Windows, here-documents and comments are what they look like',
    cells: [
      { code: 'crlf=1\r\necho "[$crlf]"\r\n', stdout: '[1]' },
      { code: 'cat <<END\nin $crlf\nEND\n', stdout: 'in 1' },
      { code: '# nothing but a comment', stdout: '' },
      { code: '', stdout: '' },
    ],
  },
]

const COMMANDS: Extras = [
  {
    promise: '%ping answers, and goes along with other commands',
    cells: [
      { code: '%ping', stdout: 'pong!' },
      { code: 'cd / && %ping | cat; cd - >/dev/null', stdout: 'pong!' },
    ],
  },
  {
    promise: '%resize and %show say what they cannot do',
    cells: [
      { code: '%resize nothing', exitCode: 1, stderr: /two numbers/ },
      { code: '%show', exitCode: 2, stderr: 'usage: %show graph PATH' },
      { code: '%show graph /no/such/folder', exitCode: 1, stderr: /no folder '\/no\/such\/folder'/ },
    ],
  },
]

/** What the image's own `bash` shows, from 5.1 on. */
export const BASH: Shell = { language: /bash \d/, syntaxError: 2, unsetVariable: 1, line3: /line 3: / }

export default shellSamples(BASH)
