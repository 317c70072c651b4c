import type { Samples } from '../conformance/samples.ts'

const OURS = /krunner|driver\.scm|runtimes\/scheme|ice-9/

const scheme: Samples = {
  runtime: 'scheme',
  query: {
    language: /Guile/,
    values: [
      { code: '(* 6 7)', stdout: '42' },
      { code: '"two"', stdout: '"two"' },
      { code: "(values 1 '(a . b))", stdout: '1\n(a . b)' },
    ],
    quiet: '(define quiet 5)',
    context: {
      variable: [
        { code: '(define apples 3)' },
        { code: '(set! apples (+ apples 2))' },
        { code: 'apples', stdout: '5' },
      ],
      function: [
        { code: '(define (twice n) (* 2 n))' },
        { code: '(define (thrice n)\n  (+ n (twice n)))' },
        { code: '(thrice 5)', stdout: '15' },
      ],
      type: [
        {
          code: '(use-modules (srfi srfi-9))\n(define-record-type point (make-point x y) point? (x point-x) (y point-y set-point-y!))',
        },
        { code: '(define here (make-point 1 2))' },
        { code: '(set-point-y! here 5)\n(+ (point-x here) (point-y here))', stdout: '6' },
      ],
      import: [{ code: '(use-modules (srfi srfi-1))' }, { code: "(fold + 0 '(1 2 6))", stdout: '9' }],
      redefinition: [
        { code: '(define (kind) "first")\n(define (says) (kind))' },
        { code: '(says)', stdout: '"first"' },
        { code: '(define (kind) "second")' },
        { code: '(says)', stdout: '"second"' },
      ],
      halfway: [
        {
          code: '(define reached "here")\n(error "stop")\n(define reached "there")',
          exitCode: 1,
          stderr: /stop/,
        },
        { code: 'reached', stdout: '"here"' },
      ],
    },
    errors: [
      {
        before: { code: '(define survivor "still here")' },
        code: '(define fine 1)\n\n(define broken (+ fine undefined-name))\n',
        line: 3,
        stderr: /^<cell \d+>:3:\d+: (?:In procedure module-lookup: )?Unbound variable: undefined-name\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: '(define (inner)\n  (+ 1 (error "deep:" 1 "two")))\n(define (outer) (+ 1 (inner)))\n(+ 1 (outer))',
        line: 4,
        stderr: /^<cell \d+>:2:\d+: deep: 1 "two"\n {2}from <cell \d+>:3:\d+\n {2}from <cell \d+>:4:\d+\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: '(define unread 1)\n(car 5))',
        line: 2,
        stderr: /^(?:In procedure \w+: )?<cell \d+>:2:\d+: unexpected "\)"\n$/,
        hidden: OURS,
        after: { code: "(defined? 'unread)", stdout: '#f' },
      },
    ],
    streams: {
      code: '(display "to out\\n")\n(display "to err\\n" (current-error-port))',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      '(display "first\\n")\n(let wait () (if (not (file-exists? "go-on")) (begin (usleep 10000) (wait))))\n(display "second\\n")',
    utf8: [
      { code: '(define città "Łódź") ; żółć\n(display città) (display " 東京 🚀")', stdout: 'Łódź 東京 🚀' },
      { code: '(display (string-length "😀é"))', stdout: '2' },
    ],
    input: {
      questions: [
        {
          code: '(use-modules (ice-9 rdelim))\n(display "Your name? ")\n(define name (read-line))\n(display "Hello, ") (display name)',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: '(display "Two numbers: ")\n(define one (read))\n(display "and? ")\n(display (+ one (read)))',
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
        {
          code: '(read-line)\n(display "A child: ")\n(system* "head" "-n" "1")\n(if #f #f)',
          answers: ['for the child'],
          stdout: 'A child: for the child',
        },
      ],
      cancelled: {
        code: '(display "Name? ")\n(define name (read-line))\n(display "got")',
        stderr: /User interrupt/,
      },
    },
    interrupt: {
      before: { code: '(define kept "as it was")' },
      loop: { code: '(display "begun\\n")\n(let loop () (loop))', stderr: /User interrupt/ },
      sleep: { code: '(display "begun\\n")\n(sleep 600)\n(display "over")', stderr: /User interrupt/ },
      read: {
        code: '(system "mkfifo silent")\n(define silent (open-file "silent" "r+"))\n(display "begun\\n")\n(read-char silent)',
        stderr: /User interrupt/,
      },
      after: { code: 'kept', stdout: '"as it was"' },
    },
    exits: {
      before: { code: '(define stays 11)' },
      requests: [
        { code: '(display "leaving\\n")\n(exit 3)\n(display "not left")', exitCode: 3, stdout: 'leaving' },
        { code: '(quit)', exitCode: 0 },
        { code: '(exit #f)', exitCode: 1 },
        {
          code: '(dynamic-wind (lambda () #t) (lambda () (exit 300)) (lambda () (display "wound")))',
          exitCode: 44,
          stdout: 'wound',
        },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: '(define one 1) (define (plus n) (+ n one))\n(set! one (plus one)) (set! one (plus one))\none',
        stdout: '4',
      },
      {
        code: '(define-syntax swap!\n  (syntax-rules () ((_ a b) (let ((t a)) (set! a b) (set! b t)))))\n(define p 1) (define q 2)\n(swap! p q)\n(list p q)',
        stdout: '(2 1)',
      },
    ],
    megabyte: '(let loop ((i 1))\n  (if (<= i 170000) (begin (display i) (newline) (loop (+ i 1)))))',
    completions: [
      {
        define: '(define fruit-basket 1) (define fruit-bowl 2)',
        code: '(display fruit-b|)',
        includes: ['fruit-basket', 'fruit-bowl'],
      },
      { code: '(string-up|', includes: ['string-upcase'], excludes: ['string-append'] },
      { code: "'(call-with-curr|", includes: ['call-with-current-continuation'] },
    ],
    incomplete: ['(display (+ 1 2)', '(display "open', "'(1 2", '#| open', '#(1 2'],
    crash: {
      code: '(display "begun\\n")\n(kill (getpid) SIGSEGV)',
      signal: 'SIGSEGV',
      before: { code: '(define lost-soon 1)' },
      after: { code: '(+ lost-soon 1)' },
    },
    extras: [
      {
        promise: 'what has no value shows none, and the history has those that were shown',
        cells: [
          { code: '(begin (display "shown") (if #f #f))', stdout: 'shown' },
          { code: '(define (one) 1)', stdout: '' },
          { code: '; only a comment', stdout: '' },
          { code: "(define shown 'once)\n(list shown 'twice)", stdout: '(once twice)' },
        ],
      },
      {
        promise: 'a continuation of an older cell goes on with the cell that calls it',
        cells: [
          {
            code: "(define again #f) (define times 0)\n(list 'got (call/cc (lambda (k) (set! again k) 0)))",
            stdout: '(got 0)',
          },
          {
            code: '(set! times (+ times 1))\n(if (< times 3) (again times))\n(display "the rest")',
            stdout: 'the rest',
          },
          { code: '(again 7)', stdout: '(got 7)' },
          { code: "'after", stdout: 'after' },
        ],
      },
      {
        promise: 'a module that a cell enters stays the current one',
        cells: [
          { code: '(define-module (shop) #:export (price))\n(define price 12)\n(define secret 1)' },
          { code: 'secret', stdout: '1' },
          { code: '(define-module (guile-user))\n(use-modules (shop))\nprice', stdout: '12' },
          { code: 'secret', exitCode: 1, stderr: /Unbound variable: secret/ },
        ],
      },
      {
        promise: 'an interrupt gets past handlers of everything',
        cells: [
          {
            code: "(define (careless) (catch #t (lambda () (throw 'mine)) (lambda _ 'caught)))\n(careless)",
            stdout: 'caught',
          },
        ],
      },
      {
        promise: 'a thread goes on between cells',
        cells: [
          {
            code: '(use-modules (ice-9 threads))\n(define ticks 0)\n(define ticker (call-with-new-thread (lambda () (for-each (lambda (i) (usleep 10000) (set! ticks (+ ticks 1))) (iota 3)))))',
          },
          { code: '(join-thread ticker)\nticks', stdout: '3' },
        ],
      },
      {
        promise: 'endless recursion is an error',
        cells: [
          { code: '(define (deep n) (+ 1 (deep n)))\n(deep 1)', exitCode: 1, stderr: /[Ss]tack overflow/ },
          { code: "'fine", stdout: 'fine' },
        ],
      },
      {
        promise: 'a module beside the cell is loaded without a word of its compilation',
        cells: [
          {
            code: '(call-with-output-file "beside.scm" (lambda (port) (write \'(define-module (beside) #:export (word)) port) (write \'(define word "beside") port)))\n(set! %load-path (cons (getcwd) %load-path))\n(use-modules (beside))\nword',
            stdout: '"beside"',
          },
        ],
      },
      {
        promise: 'programs that a cell starts see its output before theirs, and none of our descriptors',
        cells: [
          {
            code: '(display "before ")\n(system "echo after; ls -l /proc/self/fd | grep -c pipe")\n(if #f #f)',
            stdout: 'before after\n3',
          },
        ],
      },
      {
        promise: 'what the driver itself uses may be defined anew',
        cells: [
          {
            code: '(define (display . _) 1) (define (write . _) 2) (define (force-output . _) 3) (define car 4)',
          },
          { code: "'(a b)", stdout: '(a b)' },
          { code: '(error "seen")', exitCode: 1, stderr: /seen/ },
          {
            code: '(define display (@ (guile) display)) (define write (@ (guile) write)) (define car (@ (guile) car))',
          },
        ],
      },
    ],
  },
  batch: {
    projects: [
      {
        promise: 'main.scm runs, without a word of its compilation',
        files: { 'main.scm': '(display "from a file")\n(newline)' },
        stdout: 'from a file',
        stderr: '',
      },
      {
        promise: 'main.scm loads what is beside it',
        files: { 'main.scm': '(load "beside.scm")\n(display word)', 'beside.scm': '(define word "żółć")' },
        stdout: 'żółć',
        stderr: '',
      },
    ],
    missingMain: /main\.scm/,
    input: {
      promise: 'a program asks its user',
      files: {
        'main.scm':
          '(use-modules (ice-9 rdelim))\n(display "Name? ")\n(let ((name (read-line))) (display "Hello, ") (display name))',
      },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: {
        'main.scm': '(display "out\\n")\n(display "err\\n" (current-error-port))\n(exit 7)',
      },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default scheme
