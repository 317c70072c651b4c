import type { Samples } from '../conformance/samples.ts'
import { extras } from './r-extras.ts'

const OURS = /eval\(|guarded|withCallingHandlers|krunner|driver/

const r: Samples = {
  runtime: 'r',
  query: {
    language: /R version/,
    values: [
      { code: '6 * 7', stdout: '[1] 42' },
      { code: 'c(a = 1.5, b = 2)', stdout: /^ {2}a {3}b \n1\.5 2\.0 \n$/ },
      { code: '"text"', stdout: '[1] "text"' },
      { code: 'list(1, x = "y")', stdout: '[[1]]\n[1] 1\n\n$x\n[1] "y"\n\n' },
    ],
    quiet: 'quiet <- 5',
    context: {
      variable: [
        { code: 'apples <- 3' },
        { code: 'apples <- apples + 1' },
        { code: 'apples', stdout: '[1] 4' },
      ],
      function: [
        { code: 'twice <- function(n) {\n  2 * n\n}' },
        { code: 'thrice <- function(n) n + twice(n)' },
        { code: 'thrice(5)', stdout: '[1] 15' },
      ],
      type: [
        { code: 'setClass("Point", representation(x = "numeric"))' },
        { code: 'setMethod("length", "Point", function(x) 7L)' },
        { code: 'length(new("Point", x = 1))', stdout: '[1] 7' },
      ],
      import: [{ code: 'library(stats4)' }, { code: 'exists("mle")', stdout: '[1] TRUE' }],
      redefinition: [
        { code: 'kind <- function() "first"\nsays <- function() kind()' },
        { code: 'says()', stdout: '[1] "first"' },
        { code: 'kind <- function() "second"' },
        { code: 'says()', stdout: '[1] "second"' },
      ],
      halfway: [
        {
          code: 'reached <- "here"\nstop("no further")\nreached <- "there"',
          exitCode: 1,
          stderr: /no further/,
        },
        { code: 'reached', stdout: '[1] "here"' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor <- "still here"' },
        code: 'fine <- 1\n\nbroken <- fine + undefined_name\n',
        line: 3,
        stderr: /^Error: object 'undefined_name' not found\n {2}at <cell \d+>#3\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '[1] "still here"' },
      },
      {
        code: 'inner <- function() {\n  stop("deep")\n}\nouter <- function() {\n  inner()\n}\nouter()',
        line: 7,
        stderr:
          /^Error in inner\(\) : deep\n {2}at <cell \d+>#2 in inner\(\)\n {2}at <cell \d+>#5 in outer\(\)\n {2}at <cell \d+>#7\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '[1] "still here"' },
      },
      {
        code: 'if (TRUE) {\n  fine <- 2\n  undefined_name\n}',
        line: 3,
        stderr: /^Error: object 'undefined_name' not found\n {2}at <cell \d+>#3\n$/,
        hidden: OURS,
        after: { code: 'fine', stdout: '[1] 2' },
      },
      {
        code: 'fine <- 3\nx = = 2',
        line: 2,
        stderr: /^Error: <cell \d+>:2:5: unexpected '='\n/,
        hidden: OURS,
        after: { code: 'fine', stdout: '[1] 2' },
      },
    ],
    streams: {
      code: 'cat("to out\\n")\nmessage("to err")',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming: 'cat("first\\n")\nwhile (!file.exists("go-on")) Sys.sleep(0.01)\ncat("second\\n")',
    utf8: [
      { code: 'miasto <- "Łódź" # żółć\npaste(miasto, "東京 🚀")', stdout: '[1] "Łódź 東京 🚀"' },
      { code: 'żółć <- "😀"\ncat(żółć, nchar(żółć), "\\n")', stdout: '😀 1 ' },
    ],
    input: {
      questions: [
        {
          code: 'name <- readline("Your name? ")\ncat("Hello, ", name, "\\n", sep = "")',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'cat("A line: ")\ninput <- file("stdin")\nline <- readLines(input, 1)\nclose(input)\ncat("[", line, "]\\n", sep = "")',
          answers: ['one two'],
          stdout: 'A line: [one two]',
        },
        {
          code: 'cat("A line: ")\nline <- readLines(stdin(), 1)\ntoupper(line)',
          answers: ['quiet'],
          stdout: /^A line: \[1\] "QUIET"/,
        },
        {
          code: 'sum(scan(n = 3, quiet = TRUE))',
          answers: ['1 2', '39'],
          stdout: /\[1\] 42\n$/,
        },
      ],
      cancelled: { code: 'name <- readline("Name? ")\ncat("got", name)', stderr: /Interrupted/ },
    },
    interrupt: {
      before: { code: 'kept <- "as it was"' },
      loop: { code: 'cat("begun\\n")\nwhile (TRUE) {}', stderr: /Interrupted/ },
      sleep: { code: 'cat("begun\\n")\nSys.sleep(600)\ncat("over\\n")', stderr: /Interrupted/ },
      read: {
        code: 'system("mkfifo silent")\nlisten <- function() {\n  silent <- file("silent", "r+")\n  on.exit(close(silent))\n  cat("begun\\n")\n  readLines(silent, 1)\n}\nlisten()',
        stderr: /Interrupted/,
      },
      after: { code: 'kept', stdout: '[1] "as it was"' },
    },
    exits: {
      before: { code: 'stays <- 11' },
      requests: [
        { code: 'cat("leaving\\n")\nquit(status = 3)\ncat("not left\\n")', exitCode: 3, stdout: 'leaving' },
        { code: 'q("no")', exitCode: 0 },
        { code: 'base::q("no", 300)', exitCode: 44 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '[1] 11' },
    },
    several: [
      {
        code: 'one <- 1; plus <- function(n) n + one\nfor (i in 1:2) one <- plus(one)\none',
        stdout: '[1] 4',
      },
      { code: '1:3; "two"\ninvisible(3)', stdout: '[1] 1 2 3\n[1] "two"' },
    ],
    megabyte: 'cat(sprintf("%d\\n", 1:170000), sep = "")',
    completions: [
      {
        define: 'fruit_basket <- list(apple = 1, apricot = 2, fig = 3)',
        code: 'print(fruit_ba|)',
        includes: ['fruit_basket'],
      },
      {
        code: 'fruit_basket$ap|',
        includes: ['fruit_basket$apple', 'fruit_basket$apricot'],
        excludes: ['fruit_basket$fig'],
      },
      { code: 'x <- 1\nstats::media|', includes: ['stats::median'] },
      {
        define: 'takes <- function(first_argument) 1',
        code: 'takes(first_a|',
        includes: ['first_argument='],
      },
    ],
    incomplete: ['function(', 'x <- (1 +', '"open', 'if (TRUE) {', 'x <-'],
    crash: {
      code: 'cat("begun\\n")\ntools::pskill(Sys.getpid(), 11)\nSys.sleep(600)',
      signal: 'SIGSEGV',
      before: { code: 'lost_soon <- 1' },
      after: { code: 'lost_soon + 1' },
    },
    displays: [
      { promise: 'a plot is shown at the end of its cell', code: 'plot(1:3)', mime: 'image/png', stdout: '' },
      { promise: 'a plot that a later cell adds to is shown again', code: 'lines(3:1)', mime: 'image/png' },
      { promise: 'what no cell has changed is not shown again', code: '1 + 1', mime: 'image/png', count: 0 },
      { promise: 'each page is shown', code: 'for (i in 1:3) plot(i)', mime: 'image/png', count: 3 },
      {
        promise: 'plots of one page are shown as one',
        code: 'par(mfrow = c(1, 2))\nplot(1)\nhist(c(1, 2, 2), main = "żółć")',
        mime: 'image/png',
      },
      {
        promise: 'a plot whose device is closed in the same cell is shown',
        code: 'graphics.off()\nplot(1:3)\ninvisible(dev.off())',
        mime: 'image/png',
      },
      {
        promise: 'what the user draws into a file is theirs',
        code: 'png("mine.png")\nplot(1)\ninvisible(dev.off())',
        mime: 'image/png',
        count: 0,
      },
      { promise: 'grid draws, too', code: 'library(grid)\ngrid.newpage()\ngrid.rect()', mime: 'image/png' },
      {
        promise: 'a data frame comes as a table, and not as text',
        code: 'data.frame(column = c(1.5, 2), text = c("<a>", "ż"))',
        mime: 'text/html',
        data: /^<table>[\s\S]*<th>column<\/th>[\s\S]*<td>1\.5<\/td><td>&lt;a&gt;<\/td>[\s\S]*ż/,
        stdout: '',
      },
      {
        promise: 'a printed data frame is text',
        code: 'print(data.frame(a = 1))',
        mime: 'text/html',
        count: 0,
        stdout: '  a\n1 1',
      },
    ],
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'main.R runs',
        files: { 'main.R': 'cat("from a file\\n")\n1:3' },
        stdout: 'from a file\n[1] 1 2 3',
      },
      {
        promise: 'main.R draws and sources what is beside it',
        files: { 'main.R': 'source("beside.R")\ncat(word, "\\n", sep = "")', 'beside.R': 'word <- "żółć"' },
        stdout: 'żółć',
      },
    ],
    missingMain: /main\.R/,
    input: {
      promise: 'a program asks its user',
      files: {
        'main.R': 'cat("Name? ")\nname <- readLines(file("stdin"), 1)\ncat("Hello, ", name, "\\n", sep = "")',
      },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.R': 'cat("out\\n")\nmessage("err")\nquit(status = 7)' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default r
