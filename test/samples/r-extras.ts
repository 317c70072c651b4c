import type { ExtraSample } from '../conformance/samples.ts'

export const extras: readonly ExtraSample[] = [
  {
    promise: 'quit() ends the cell past tryCatch, and what is to be done at its end is done',
    cells: [
      {
        code: 'tryCatch(quit(status = 6), error = function(e) 1, finally = cat("finally\\n"))',
        exitCode: 6,
        stdout: 'finally',
        stderr: '',
      },
      {
        code: 'f <- function() {\n  on.exit(cat("on exit\\n"))\n  q("no", 7)\n}\nf()',
        exitCode: 7,
        stdout: 'on exit',
      },
    ],
  },
  {
    promise: 'warnings are told after their statement, in the words of R',
    cells: [
      {
        code: 'as.integer("a")',
        stdout: '[1] NA',
        stderr: 'Warning message:\nNAs introduced by coercion ',
      },
      {
        code: 'careful <- function() {\n  warning("once")\n  warning("twice")\n}\ncareful()',
        stderr: 'Warning messages:\n1: In careful() : once\n2: In careful() : twice',
      },
      { code: 'warnings()', stdout: /1: In careful\(\) : once\n2: In careful\(\) : twice/ },
      {
        code: '{\n  warning("first")\n  stop("then")\n}',
        exitCode: 1,
        stderr: /^Error: then\nIn addition: Warning message:\nfirst \n/,
      },
      {
        code: 'for (i in 1:60) warning(i)',
        stderr: /^There were 50 or more warnings \(use warnings\(\) to see the first 50\)$/m,
      },
    ],
  },
  {
    promise: 'traceback() shows the calls of the last error, and none of ours',
    cells: [
      {
        code: 'inside <- function() stop("lost")\noutside <- function() inside()\noutside()',
        exitCode: 1,
        stderr: /lost/,
      },
      {
        code: 'traceback()',
        stdout: /^3: stop\("lost"\) at <cell \d+>#1\n2: inside\(\) at <cell \d+>#2\n1: outside\(\)/,
      },
    ],
  },
  {
    promise: 'an object of S4 is shown by its method, one of S3 by its own',
    cells: [
      {
        code: 'setClass("Shown", representation(x = "numeric"))\nsetMethod("show", "Shown", function(object) cat("<shown>\\n"))\nnew("Shown", x = 1)',
        stdout: '<shown>',
      },
      {
        code: 'print.printed <- function(x, ...) cat("<printed>\\n")\nstructure(1, class = "printed")',
        stdout: '<printed>',
      },
      { code: 'invisible(structure(1, class = "printed"))', stdout: '' },
    ],
  },
  {
    promise: '.Last.value is the last value',
    cells: [
      { code: '11 * 3', stdout: '[1] 33' },
      { code: '.Last.value + 1', stdout: '[1] 34' },
    ],
  },
  {
    promise: 'R is interactive, and a menu asks',
    cells: [
      { code: 'interactive()', stdout: '[1] TRUE' },
      { code: 'menu(c("tea", "coffee"))', answers: ['2'], stdout: /2: coffee[\s\S]*\[1\] 2\n$/ },
    ],
  },
  {
    promise: 'a forked child ends by itself, and says nothing to the daemon',
    cells: [
      {
        code: 'library(parallel)\nunlist(mclapply(1:3, function(i) i * 2, mc.cores = 2))',
        stdout: '[1] 2 4 6',
      },
      {
        code: 'job <- mcparallel(quit(status = 9))\ninvisible(mccollect(job))\n"here"',
        stdout: '[1] "here"',
        stderr: /.*/s,
      },
    ],
  },
  {
    promise: 'programs that a cell starts get none of our descriptors',
    cells: [{ code: 'system("ls -l /proc/self/fd | grep -c pipe")', stdout: '3' }],
  },
  {
    promise: 'closing all connections and removing all objects does no harm',
    cells: [
      { code: 'closeAllConnections()\nrm(list = ls(all.names = TRUE))', stderr: /.*/s },
      { code: 'ls()', stdout: 'character(0)' },
      { code: 'readline("still? ")', answers: ['yes'], stdout: /\[1\] "yes"/ },
    ],
  },
  {
    promise: 'help is shown as text',
    cells: [{ code: 'help(mean)', stdout: /Arithmetic Mean[\s\S]*Usage:/ }],
  },
]
