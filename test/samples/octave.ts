import type { Samples } from '../conformance/samples.ts'
import { extras } from './octave-extras.ts'

const OURS = /krunner|driver\.m|evalin|cell_\d/

const octave: Samples = {
  runtime: 'octave',
  query: {
    language: /Octave/,
    values: [
      { code: '6 * 7', stdout: 'ans = 42' },
      { code: 'x = [1 2; 3 4]', stdout: 'x =\n\n   1   2\n   3   4\n\n' },
      { code: 'struct("a", {{1, "b"}})', stdout: /^ans =\n\n {2}scalar structure[\s\S]*\[1,2\] = b/ },
    ],
    quiet: 'quiet = 5;',
    context: {
      variable: [{ code: 'apples = 3;' }, { code: 'apples += 1;' }, { code: 'apples', stdout: 'apples = 4' }],
      function: [
        { code: 'function r = twice (n)\n  r = 2 * n;\nend' },
        { code: 'function r = thrice (n)\n  r = n + twice (n);\nendfunction' },
        { code: 'thrice (5)', stdout: 'ans = 15' },
      ],
      type: [
        { code: 'point = struct ("x", 4, "y", 5);' },
        { code: 'point.z = 6;' },
        { code: 'isstruct (point) && point.x + point.z == 10', stdout: 'ans = 1' },
      ],
      import: [
        {
          code: 'mkdir ("library");\nf = fopen ("library/imported.m", "w");\nfputs (f, "function r = imported ()\\n  r = 11;\\nend\\n");\nfclose (f);\naddpath ("library");',
        },
        { code: 'imported ()', stdout: 'ans = 11' },
      ],
      redefinition: [
        { code: 'function r = kind ()\n  r = "first";\nend\nfunction r = says ()\n  r = kind ();\nend' },
        { code: 'says ()', stdout: 'ans = first' },
        { code: 'function r = kind ()\n  r = "second";\nend' },
        { code: 'says ()', stdout: 'ans = second' },
      ],
      halfway: [
        {
          code: 'reached = "here";\nerror ("no further");\nreached = "there";',
          exitCode: 1,
          stderr: /no further/,
        },
        { code: 'reached', stdout: 'reached = here' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor = "still here";' },
        code: 'fine = 1;\n\nbroken = fine + undefined_name;\n',
        line: 3,
        stderr:
          /^error: '?undefined_name'? undefined[^\n]*\nerror: called from\n {4}<cell \d+> at line 3 column 8\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'survivor = still here' },
      },
      {
        code: 'function inner ()\n  error ("deep");\nend\nfunction outer ()\n  inner ();\nend\nouter ();',
        line: 7,
        stderr:
          /^error: deep\nerror: called from\n {4}inner at line 2 column 3 of <cell \d+>\n {4}outer at line 5 column 3 of <cell \d+>\n {4}<cell \d+> at line 7 column 1\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: 'survivor = still here' },
      },
      {
        code: 'fine = 3;\nx = = 2',
        line: 2,
        stderr: /^error: parse error near line 2 of file <cell \d+>\n\n {2}syntax error\n\n>>> x = = 2\n/,
        hidden: OURS,
        after: { code: 'fine', stdout: 'fine = 1' },
      },
      {
        code: 'broken = @(x) x + undefined_name;\ncellfun (broken, {1, 2});',
        line: 2,
        stderr: /@<anonymous> at line 1[\s\S]*<cell \d+> at line 2 column 1\n$/,
        hidden: OURS,
        after: { code: 'fine', stdout: 'fine = 1' },
      },
    ],
    streams: {
      code: 'disp ("to out");\nfprintf (stderr, "to err\\n");',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming: 'disp ("first");\nwhile (! exist ("go-on", "file"))\n  pause (0.01);\nend\ndisp ("second");',
    utf8: [
      { code: 'miasto = "Łódź"; % żółć\n[miasto " 東京 🚀"]', stdout: 'ans = Łódź 東京 🚀' },
      { code: "disp ('😀'); numel ('😀')", stdout: '😀\nans = 4' },
    ],
    input: {
      questions: [
        {
          code: 'name = input ("Your name? ", "s");\nprintf ("Hello, %s\\n", name);',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'n = input ("A number? ");\nn + 1',
          answers: ['[20 21] * 2'],
          stdout: /^A number\? ans =\n\n {3}41 {3}43\n/,
        },
        {
          code: 'printf ("A line: ");\nline = fgetl (stdin);\nprintf ("[%s]\\n", line);',
          answers: ['one two'],
          stdout: 'A line: [one two]',
        },
        {
          code: 'kept_by_keyboard = 1;\nkeyboard\nkept_by_keyboard',
          answers: ['kept_by_keyboard = 7;', 'dbcont'],
          stdout: /kept_by_keyboard = 7\n$/,
          stderr: /.*/s,
        },
      ],
      cancelled: { code: 'name = input ("Name? ", "s");\nprintf ("got %s", name);', stderr: /interrupted/ },
    },
    interrupt: {
      before: { code: 'kept = "as it was";' },
      loop: { code: 'disp ("begun");\nwhile (true)\nend', stderr: /interrupted/ },
      sleep: { code: 'disp ("begun");\npause (600);\ndisp ("over");', stderr: /interrupted/ },
      read: {
        code: 'system ("mkfifo silent");\nsilent = fopen ("silent", "r+");\ndisp ("begun");\nline = fgetl (silent);\ndisp (line);',
        stderr: /interrupted/,
      },
      after: { code: 'kept', stdout: 'kept = as it was' },
    },
    exits: {
      before: { code: 'stays = 11;' },
      requests: [
        { code: 'disp ("leaving");\nexit (3);\ndisp ("not left");', exitCode: 3, stdout: 'leaving' },
        { code: 'quit', exitCode: 0 },
        { code: 'exit (300)', exitCode: 44 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: 'stays = 11' },
    },
    several: [
      {
        code: 'one = 1;\nfunction r = plus (n)\n  r = n + 1;\nend\nfor i = 1:2, one = plus (one); end\none',
        stdout: 'one = 3',
      },
      { code: 'a = 1, b = 2; c = a + b', stdout: 'a = 1\nc = 3' },
    ],
    megabyte: 'printf ("%d\\n", 1:170000);',
    completions: [
      {
        define: 'fruit_basket = struct ("apple", 1, "apricot", 2, "fig", 3);',
        code: 'disp (fruit_ba|)',
        includes: ['fruit_basket'],
      },
      {
        code: 'fruit_basket.ap|',
        includes: ['fruit_basket.apple', 'fruit_basket.apricot'],
        excludes: ['fruit_basket.fig'],
      },
      { code: 'x = 1;\nstrsp|', includes: ['strsplit'] },
    ],
    incomplete: [
      'while true',
      'if x',
      'x = (1 +',
      'x = [1 2',
      '"open',
      "'open",
      'for i = 1:3',
      'function f (',
      'switch x',
      'do',
      'try',
      'unwind_protect',
      'x = {1, 2',
      'x = ...',
      'x = 1;\n%{\nnever closed',
      'x(',
    ],
    crash: {
      code: 'disp ("begun");\nkill (getpid (), 11);\npause (600);',
      signal: 'SIGSEGV',
      before: { code: 'lost_soon = 1;' },
      after: { code: 'lost_soon + 1' },
    },
    displays: [
      {
        promise: 'a figure is shown at the end of its cell',
        needs: 'gnuplot',
        code: 'plot (1:3);',
        mime: 'image/png',
        stdout: '',
      },
      {
        promise: 'a figure that a later cell changes is shown again',
        needs: 'gnuplot',
        code: 'title ("Łódź");',
        mime: 'image/png',
      },
      {
        promise: 'what no cell has changed is not shown again',
        needs: 'gnuplot',
        code: 'x = 1;',
        mime: 'image/png',
        count: 0,
      },
      {
        promise: 'each figure is shown',
        needs: 'gnuplot',
        code: 'figure ();\nbar ([1 2 3]);\nfigure ();\nsurf (peaks ());',
        mime: 'image/png',
        count: 2,
      },
      {
        promise: 'a figure that was changed before the cell turned to another one is shown',
        needs: 'gnuplot',
        code: 'figure (1);\nplot (4:6);\nfigure (2);',
        mime: 'image/png',
        stdout: '',
      },
      {
        promise: 'closed figures are not shown',
        needs: 'gnuplot',
        code: 'close all',
        mime: 'image/png',
        count: 0,
      },
    ],
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'main.m runs',
        files: { 'main.m': 'disp ("from a file");\nx = 1 + 1' },
        stdout: 'from a file\nx = 2',
      },
      {
        promise: 'main.m finds the functions beside it',
        files: { 'main.m': 'disp (beside ());', 'beside.m': 'function r = beside ()\n  r = "żółć";\nend\n' },
        stdout: 'żółć',
      },
    ],
    missingMain: /main\.m/,
    input: {
      promise: 'a program asks its user',
      files: { 'main.m': 'name = input ("Name? ", "s");\nprintf ("Hello, %s\\n", name);' },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.m': 'disp ("out");\nfprintf (stderr, "err\\n");\nexit (7);' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default octave
