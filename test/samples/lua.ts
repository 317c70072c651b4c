import type { Samples } from '../conformance/samples.ts'

const OURS = /krunner|driver\.lua|_local|\[C\]: in \?/

const lua: Samples = {
  runtime: 'lua',
  query: {
    language: /Lua/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two", 2, nil', stdout: 'two\t2\tnil' },
      { code: '= 1 == 1', stdout: 'true' },
      { code: 'string.rep("ab", 3)', stdout: 'ababab' },
    ],
    quiet: 'quiet = 5',
    context: {
      variable: [
        { code: 'apples = 3' },
        { code: 'local pears = 4' },
        { code: 'pears = pears + 1' },
        { code: 'apples + pears', stdout: '8' },
      ],
      function: [
        { code: 'local function twice(n)\n  return 2 * n\nend' },
        { code: 'function thrice(n) return n + twice(n) end' },
        { code: 'thrice(5)', stdout: '15' },
      ],
      type: [
        {
          code: 'local Point = {}\nPoint.__index = Point\nfunction Point.new(x) return setmetatable({ x = x }, Point) end',
        },
        { code: 'function Point:double() return Point.new(self.x * 2) end' },
        { code: 'Point.new(4):double().x', stdout: '8' },
      ],
      import: [
        { code: "local text = require('string')" },
        { code: "text.upper('imported')", stdout: 'IMPORTED' },
      ],
      redefinition: [
        { code: 'local function kind() return "first" end\nfunction says() return kind() end' },
        { code: 'says()', stdout: 'first' },
        { code: 'local function kind() return "second" end' },
        { code: 'says()', stdout: 'second' },
      ],
      halfway: [
        { code: 'local reached = "here"\nerror("stop")\nreached = "there"', exitCode: 1, stderr: /stop/ },
        { code: 'reached', stdout: 'here' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor = "still here"' },
        code: 'local fine = 1\n\nlocal broken = fine + undefined_name\n',
        line: 3,
        stderr: /^<cell \d+>:3: attempt to perform arithmetic on .*nil value/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
      {
        code: 'local function inner()\n  error("deep")\nend\nlocal function outer()\n  inner()\nend\nouter()',
        line: 7,
        stderr:
          /^<cell \d+>:2: deep\nstack traceback:\n[\s\S]*<cell \d+>:5:[\s\S]*<cell \d+>:7: in main chunk\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'still here' },
      },
      {
        code: 'ok = 1\nx = = 2',
        line: 2,
        stderr: /^<cell \d+>:2: unexpected symbol near '?='?\n$/,
        hidden: OURS,
        after: { code: 'ok', stdout: 'nil' },
      },
    ],
    streams: {
      code: 'io.write("to out\\n") io.stderr:write("to err\\n")',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'print("first")\nlocal go_on\nrepeat go_on = io.open("go-on") until go_on\ngo_on:close()\nprint("second")',
    utf8: [
      { code: 'local city = "Łódź" -- żółć\ncity .. " 東京 🚀"', stdout: 'Łódź 東京 🚀' },
      { code: 'print("😀", #"😀")', stdout: '😀\t4' },
    ],
    input: {
      questions: [
        {
          code: 'io.write("Your name? ")\nlocal name = io.read()\nprint("Hello, " .. name)',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'io.write("Two numbers: ")\nlocal one = io.stdin:read("*n")\nio.write("and? ")\nlocal two = io.read("*n", "*l")\none + two',
          answers: ['20', '22'],
          stdout: /^Two numbers: and\? 42/,
        },
        {
          code: 'io.write("Lines: ")\nfor line in io.lines() do\n  if line == "" then break end\n  io.write("[", line, "] ")\nend',
          answers: ['a', 'b', ''],
          stdout: 'Lines: [a] [b]',
        },
      ],
      cancelled: {
        code: 'io.write("Name? ")\nlocal name = io.read()\nprint("got", name)',
        stderr: /interrupted!/,
      },
    },
    interrupt: {
      before: { code: 'local kept = "as it was"' },
      loop: { code: 'print("begun")\nwhile true do end', stderr: /interrupted!/ },
      sleep: { code: 'print("begun")\nos.execute("sleep 600")\nprint("over")', stderr: /interrupted!/ },
      read: {
        code: 'os.execute("mkfifo silent")\nlocal silent = io.open("silent", "r+")\nprint("begun")\nprint(silent:read())',
        stderr: /interrupted!/,
      },
      after: { code: 'kept', stdout: 'as it was' },
    },
    exits: {
      before: { code: 'local stays = 11' },
      requests: [
        { code: 'print("leaving")\nos.exit(3)\nprint("not left")', exitCode: 3, stdout: 'leaving' },
        { code: 'os.exit(true)', exitCode: 0 },
        { code: 'os.exit(false)', exitCode: 1 },
        { code: 'os.exit()', exitCode: 0 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'local one = 1\nlocal function plus(n) return n + one end\nfor i = 1, 2 do one = plus(one) end\none',
        stdout: '4',
      },
      { code: 'word = "a" .. "b" print(word) word:upper()', stdout: 'ab\nAB' },
      { code: 'local t = {} t.x = 5; t.y = 6\n{ t.x }, t.x * t.y', stdout: /^table: 0x\w+\t30$/m },
    ],
    megabyte: 'for i = 1, 170000 do print(i) end',
    completions: [
      {
        define: 'local fruit_basket = { apple = 1, apricot = 2, fig = 3 }',
        code: 'print(fruit_ba|)',
        includes: ['fruit_basket'],
      },
      {
        code: 'fruit_basket.ap|',
        includes: ['fruit_basket.apple', 'fruit_basket.apricot'],
        excludes: ['fruit_basket.fig'],
      },
      { code: 'string.up|', includes: ['string.upper'] },
      { define: 'fruit_name = "fig"', code: 'fruit_name:up|', includes: ['fruit_name:upper'] },
      { code: 'repe|', includes: ['repeat'] },
    ],
    incomplete: [
      'while true do',
      'local function f()',
      'x = (1 +',
      'print("open',
      'text = [[open',
      '--[[ open',
    ],
    crash: {
      code: 'print("begun")\nos.execute("kill -SEGV $PPID")',
      signal: 'SIGSEGV',
      before: { code: 'local lost_soon = 1' },
      after: { code: 'lost_soon + 1' },
    },
    extras: [
      {
        promise:
          'os.exit ends the cell past pcall and out of a coroutine, and what is to be closed is closed',
        cells: [
          {
            code: 'local left = {}\nprint(pcall(function() os.exit(4) end))',
            exitCode: 4,
            stdout: '',
            stderr: '',
          },
          {
            code: 'coroutine.wrap(function()\n  print(pcall(os.exit, 5))\nend)()',
            exitCode: 5,
            stdout: '',
            stderr: '',
          },
          {
            code: 'local routine = coroutine.create(os.exit)\nprint(coroutine.resume(routine, 300))',
            exitCode: 44,
          },
          { code: '#left', stdout: '0' },
        ],
      },
      {
        promise: 'a coroutine goes on in later cells',
        cells: [
          {
            code: 'local routine = coroutine.wrap(function(a)\n  local b = coroutine.yield(a + 1)\n  return b * 2\nend)',
          },
          { code: 'routine(1)', stdout: '2' },
          { code: 'routine(21)', stdout: '42' },
          { code: 'routine()', exitCode: 1, stderr: /dead coroutine/ },
        ],
      },
      {
        promise: 'a coroutine yields through pcall, where its Lua lets it',
        needs: 'yield through pcall',
        cells: [
          { code: 'local yielding = coroutine.wrap(function() return pcall(coroutine.yield, "out") end)' },
          { code: 'print(yielding())\nprint(yielding("back"))', stdout: 'out\ntrue\tback' },
        ],
      },
      {
        promise: 'a local of the top level hides a global from cells, not from modules',
        cells: [
          { code: 'sees = (loadstring or load)("return hidden")\nhidden = "global"' },
          { code: 'local hidden = "local"\nhidden, sees(), _G.hidden', stdout: 'local\tglobal\tglobal' },
          { code: 'local hidden\nhidden', stdout: 'nil' },
          { code: 'do local hidden = "inner" end\nhidden', stdout: 'nil' },
        ],
      },
      {
        promise: 'a syntax that only looks like the top level stays as it is',
        cells: [
          {
            code: 'local text = "local a = 1" -- local b = 2\nlocal list = { [=[ local c ]] ]=], function() local d = 4 return d end }\ntext, list[1], list[2]()',
            stdout: 'local a = 1\t local c ]] \t4',
          },
          { code: 'local one,\n  two = 1\nlocal three\none, two, three', stdout: '1\tnil\tnil' },
        ],
      },
      {
        promise: 'an error that is no string is shown as lua shows it',
        cells: [
          { code: 'error({})', exitCode: 1, stderr: /^\(error object is a table value\)/ },
          {
            code: 'error(setmetatable({}, { __tostring = function() return "told by itself" end }))',
            exitCode: 1,
            stderr: /^told by itself\n$/,
          },
        ],
      },
      {
        promise: 'debug.traceback shows the user their own frames only',
        cells: [
          {
            code: 'xpcall(function() error("seen") end, function(m) print(debug.traceback(m)) end)',
            stdout: /^(?![\s\S]*krunner)<cell \d+>:1: seen\nstack traceback:\n[\s\S]*main chunk\nfalse/,
          },
        ],
      },
      {
        promise: 'programs that a cell starts see its output before theirs, and none of our descriptors',
        cells: [
          {
            code: 'io.write("before ")\nos.execute("echo after; ls -l /proc/self/fd | grep -c pipe")',
            stdout: /^before after\n3\n/,
          },
          { code: 'io.popen("ls -l /proc/self/fd | grep -c pipe"):read("*a")', stdout: /^3\n/ },
        ],
      },
    ],
  },
  batch: {
    projects: [
      { promise: 'main.lua runs', files: { 'main.lua': 'print("from a file")' }, stdout: 'from a file' },
      {
        promise: 'main.lua finds the modules beside it',
        files: { 'main.lua': 'print(require("beside").word)', 'beside.lua': 'return { word = "beside" }' },
        stdout: 'beside',
      },
    ],
    missingMain: /main\.lua/,
    input: {
      promise: 'a program asks its user',
      files: { 'main.lua': 'io.write("Name? ")\nprint("Hello, " .. io.read())' },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.lua': 'print("out")\nio.stderr:write("err\\n")\nos.exit(7)' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default lua
