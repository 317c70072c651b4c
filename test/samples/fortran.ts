import type { Samples } from '../conformance/samples.ts'

const OURS = /krunner/

const fortran: Samples = {
  runtime: 'fortran',
  query: {
    language: /^Fortran \(gfortran \d/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two" // " words"', stdout: 'two words' },
      { code: 'integer :: squares(3) = [1, 4, 9]\nsquares', stdout: '1 4 9' },
      { code: '1 < 2', stdout: 'T' },
      { code: 'sqrt(16d0)', stdout: /^4\.0+$/m },
    ],
    quiet: 'integer :: quiet = 5',
    context: {
      variable: [
        { code: 'integer :: apples = 3\nreal, allocatable :: pears(:)' },
        { code: 'pears = [1.5, real(apples)]\nweight = 0.5' },
        { code: 'sum(pears) + weight', stdout: /^5\.0+$/m },
      ],
      function: [
        { code: 'integer function twice(n)\n  integer, intent(in) :: n\n  twice = 2 * n\nend function' },
        {
          code: 'subroutine triple(n)\n  integer, intent(inout) :: n\n  n = n + twice(n)\nend subroutine\ninteger :: tripled = 5',
        },
        { code: 'call triple(tripled)\ntripled', stdout: '15' },
      ],
      type: [
        { code: 'type :: point\n  integer :: x = 1, y = 2\nend type point' },
        { code: 'type(point) :: here = point(4, 5)' },
        { code: 'here%x * here%y', stdout: '20' },
      ],
      import: [
        {
          code: 'module circles\n  implicit none\n  integer, parameter :: pi = 3\ncontains\n  integer function area(r)\n    integer, intent(in) :: r\n    area = pi * r * r\n  end function\nend module',
        },
        { code: 'use circles\nuse, intrinsic :: iso_fortran_env, only: int64' },
        { code: 'area(2) + int64', stdout: '20' },
      ],
      redefinition: [
        {
          code: 'integer function kind_of_it()\n  kind_of_it = 1\nend function\ninteger function says()\n  says = kind_of_it()\nend function',
        },
        { code: 'says()', stdout: '1' },
        { code: 'integer function kind_of_it()\n  kind_of_it = 2\nend function' },
        { code: 'says()', stdout: '2' },
        {
          code: 'real function kind_of_it(x)\n  real, intent(in) :: x\n  kind_of_it = x / 2\nend function\nkind_of_it(5.0)',
          stdout: /^2\.50*$/m,
        },
        { code: 'says()', stdout: '2' },
      ],
      halfway: [
        {
          code: 'integer :: reached = 1\nreached = 2\nerror stop 1\nreached = 3',
          exitCode: 1,
          stderr: /STOP 1/,
        },
        { code: 'reached', stdout: '2' },
      ],
    },
    errors: [
      {
        before: { code: 'integer :: survivor = 11' },
        code: 'integer :: fine = 1\n\nfine = fine + undefined_name\n',
        line: 3,
        stderr: /^<cell \d+>:3:\d+: Error: .*undefined_name.*\n {4}fine = fine \+ undefined_name\n +\^/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'integer :: few(3)\nfew = 0\ntripled = 7\nfew(tripled) = 1',
        line: 4,
        stderr:
          /At line 4 of file <cell \d+>\nFortran runtime error: Index '7' of dimension 1 of array 'few' above upper bound of 3/,
        hidden: OURS,
        after: { code: 'few', stdout: '0 0 0' },
      },
      {
        code: 'survivor = 12\n  survivor = = 13',
        line: 2,
        stderr: /^<cell \d+>:2:\d+: Error: /,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
    ],
    streams: {
      code: "use, intrinsic :: iso_fortran_env\nwrite (output_unit, '(a)') 'to out'\nwrite (error_unit, '(a)') 'to err'",
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      "logical :: there = .false.\nwrite (*, '(a)') 'first'\ndo while (.not. there)\n  inquire (file='go-on', exist=there)\nend do\nwrite (*, '(a)') 'second'",
    utf8: [
      {
        code: "character(len=:), allocatable :: city ! żółć\ncity = 'Łódź 東京 🚀'\nwrite (*, '(a)') city",
        stdout: 'Łódź 東京 🚀',
      },
      { code: '"😀" // "!"', stdout: '😀!' },
    ],
    input: {
      questions: [
        {
          code: "character(len=100) :: name\nwrite (*, '(a)', advance='no') 'Your name? '\nread (*, '(a)') name\nwrite (*, '(a)') 'Hello, ' // trim(name)",
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: "integer :: one, two\nwrite (*, '(a)', advance='no') 'Two numbers: '\nread (*, *) one\nwrite (*, '(a)', advance='no') 'and? '\nread (*, *) two\none + two",
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
      ],
      cancelled: {
        code: "character(len=100) :: answer\nwrite (*, '(a)', advance='no') 'Name? '\nread (*, '(a)') answer\nwrite (*, '(a)') 'got ' // answer",
        stderr: /^interrupted/,
      },
    },
    interrupt: {
      before: { code: 'integer :: kept = 17' },
      loop: {
        code: "integer :: counted = 0\nwrite (*, '(a)') 'begun'\ndo\n  counted = counted + 1\nend do",
        stderr: 'interrupted',
      },
      sleep: {
        code: "write (*, '(a)') 'begun'\ncall sleep(600)\nwrite (*, '(a)') 'over'",
        stderr: 'interrupted',
      },
      read: {
        code: "call execute_command_line('mkfifo silent 2> silence')\nopen (unit=20, file='silent', action='readwrite')\nwrite (*, '(a)') 'begun'\nread (20, *) unheard",
        stderr: /^interrupted/,
      },
      after: { code: 'kept', stdout: '17' },
    },
    exits: {
      before: { code: 'integer :: stays = 11' },
      requests: [
        {
          code: "write (*, '(a)') 'leaving'\nstop 3\nwrite (*, '(a)') 'not left'",
          exitCode: 3,
          stdout: 'leaving',
          stderr: /STOP 3/,
        },
        { code: 'call exit(0)', exitCode: 0 },
        { code: 'stop', exitCode: 0 },
        {
          code: "program whole\n  implicit none\n  integer :: n = 2\n  write (*, '(a,i0)') 'a whole program ', n\n  stop 5\nend program",
          exitCode: 5,
          stdout: 'a whole program 2',
          stderr: /STOP 5/,
        },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'integer :: first = 1; first = first + 1\ninteger function added(n)\n  integer, intent(in) :: n\n  added = n + first\nend function\ndo i = 1, 2\n  first = added(first) * i\nend do\nreal :: last\nlast = first * 10 + & ! goes on\n  0.5\nlast',
        stdout: /^160\.50*$/m,
      },
      {
        code: "type pair\n  integer :: a, b\nend type\ntype(pair) :: both = pair(1, 2)\ninteger, parameter :: size_of_it = 3\ninteger :: row(size_of_it) = 0\nrow(2) = both%b + 3\nif (row(2) > 3) then\n  write (*, '(a)') 'more'\nelse\n  write (*, '(a)') 'less'\nend if\nrow",
        stdout: 'more\n0 5 0',
      },
    ],
    megabyte: "integer :: line\ndo line = 1, 170000\n  write (*, '(i0)') line\nend do",
    completions: [
      { define: 'integer :: fruit_basket = 2', code: 'print *, fruit_ba|', includes: ['fruit_basket'] },
      {
        define: 'type :: tree\n  integer :: height, hue\n  real :: left\nend type\ntype(tree) :: oak',
        code: 'oak%h|',
        includes: ['oak%height', 'oak%hue'],
        excludes: ['oak%left'],
      },
      { code: 'alloc|', includes: ['allocate', 'allocatable', 'allocated'] },
    ],
    incomplete: [
      'do while (.true.)',
      'integer function f(a)',
      'integer :: x =',
      'print *, "open',
      'if (.true.) then',
      'x = (6 *',
      'type :: half',
    ],
    crash: {
      code: "write (*, '(a)') 'begun'\nbefore_it = 2\ncall abort()",
      signal: 'SIGABRT',
      contextKept: true,
      before: { code: 'integer :: before_it = 1' },
      after: { code: 'before_it + 0', stdout: '1' },
    },
  },
  batch: {
    projects: [
      {
        promise: 'every *.f90 and *.f becomes one program, modules first',
        files: {
          'a_main.f90':
            "program main\n  use middle\n  implicit none\n  write (*, '(i0)') from_middle()\n  call old_style\nend program\n",
          'b_middle.f90':
            'module middle\n  use zero, only: base\n  implicit none\ncontains\n  integer function from_middle()\n    from_middle = base + 2\n  end function\nend module\n',
          'old.f': "      subroutine old_style\n      write (*, '(a)') 'old'\n      end\n",
          'z_zero.f90': 'module zero\n  integer :: base = 40\nend module\n',
        },
        creates: ['main'],
        stdout: '42\nold',
      },
      {
        promise: 'a Makefile says how',
        needs: 'make',
        files: {
          Makefile: 'main: other.f90\n\tgfortran -o main other.f90\nclean:\n\t@rm -f main\n',
          'other.f90': "program other\n  write (*, '(a)') 'made'\nend program\n",
        },
        creates: ['main'],
        stdout: 'made',
      },
    ],
    missingMain: /main.*\*\.f90.*\*\.f /,
    input: {
      promise: 'a program asks its user',
      files: {
        'main.f90':
          "program main\n  character(len=20) :: name\n  write (*, '(a)', advance='no') 'Name? '\n  read (*, *) name\n  write (*, '(a)') 'Hello, ' // trim(name)\nend program\n",
      },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.f90': "program main\n  write (*, '(a)') 'out'\n  stop 7\nend program\n" },
      stdout: 'out',
      stderr: /STOP 7/,
      exitCode: 7,
    },
    broken: {
      promise: 'what does not compile is not run',
      files: { 'main.f90': 'program main\n  implicit none\n  nowhere = 1\nend program\n' },
      stderr: /nowhere/,
    },
  },
}

export default fortran
