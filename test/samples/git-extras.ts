/** What the Linux console promises beyond what every language does. */
import type { ExtraSample } from '../conformance/samples.ts'

type Extras = readonly ExtraSample[]

export const STATE: Extras = [
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

export const STATUS: Extras = [
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

export const unsetVariables = (exitCode: number): Extras => [
  {
    promise: 'an unset variable under set -u is an error, and the session goes on',
    cells: [
      { code: 'alive=yes\nset -u' },
      { code: 'echo "$never_set"', exitCode, stderr: /never_set/ },
      { code: 'set +u\necho "$alive"', stdout: 'yes' },
    ],
  },
]

export const STREAMS: Extras = [
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

export const COMMANDS: Extras = [
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
