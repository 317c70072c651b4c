import type { ExtraSample } from '../conformance/samples.ts'

export const extras: readonly ExtraSample[] = [
  {
    promise: 'exit gets past try, and what is to be cleaned up is',
    cells: [
      {
        code: 'try\n  exit (4);\ncatch failure\n  disp (failure);\nend',
        exitCode: 4,
        stdout: '',
        stderr: '',
      },
      {
        code: 'unwind_protect\n  exit (5);\nunwind_protect_cleanup\n  disp ("cleaned");\nend_unwind_protect',
        exitCode: 5,
        stdout: 'cleaned',
        stderr: '',
      },
    ],
  },
  {
    promise: 'clearing everything and another load path do no harm',
    cells: [
      { code: 'x = 1;\nclear all\nexist ("x")', stdout: 'ans = 0' },
      { code: 'restoredefaultpath ();' },
      { code: 'exit (6)', exitCode: 6, stderr: '' },
      { code: 'plus_one = @(x) x + 1;\nplus_one (1)', stdout: 'ans = 2' },
    ],
  },
  {
    promise: 'warnings are told without frames of ours',
    cells: [{ code: 'warning ("careful")', stderr: 'warning: careful' }],
  },
  {
    promise: 'programs that a cell starts get none of our descriptors, and its output comes before theirs',
    cells: [
      {
        code: 'printf ("before ");\nsystem ("echo after; ls -l /proc/self/fd | grep -c pipe");',
        stdout: 'before after\n3',
      },
    ],
  },
  {
    promise: 'long output is not paged',
    cells: [{ code: "more on\n(1:200)'", stdout: /\n {3}200\n\n$/ }],
  },
  {
    promise: 'keyboard looks into a function, and changes what is there',
    cells: [
      {
        code: 'function r = looked_into (n)\n  keyboard ("look> ");\n  r = 2 * n;\nend\nlooked_into (4)',
        answers: ['n', 'n = 21;', 'dbcont'],
        stdout: /^look> n = 4\nlook> look> ans = 42\n$/,
        stderr: /stopped in looked_into at line 2/,
      },
      { code: 'looked_into (4);', answers: ['dbquit'], stderr: /stopped in/, stdout: /^look> / },
    ],
  },
  {
    promise: 'input and yes_or_no ask as they do in Octave',
    cells: [
      {
        code: 'yes_or_no ("Sure? ")',
        answers: ['perhaps', 'yes'],
        stdout: /ans = 1\n$/,
        stderr: /yes or no/,
      },
      { code: 'input ("? ")', answers: ['1 +'], stdout: '? ', stderr: /parse error/, exitCode: 1 },
      { code: 'input ("? ")', answers: [''], stdout: /ans = \[\]\(0x0\)/ },
      { code: '[input("a? "), input("b? ")]', answers: ['1', '2'], stdout: /1 {3}2\n/ },
    ],
  },
  {
    promise: 'every line of stdin is one question, and files are read as ever',
    cells: [
      {
        code: 'first = fgetl (stdin);\nsecond = fgets (stdin);\nprintf ("[%s] [%s]", first, second);',
        answers: ['one', 'two'],
        stdout: '[one] [two\n]',
      },
      {
        code: 'f = fopen ("lines.txt", "w+");\nfputs (f, "a\\nb\\n");\nfrewind (f);\n[fgetl(f), fgets(f)], fgetl (f), fclose (f);',
        stdout: 'ans = ab\n\nans = -1',
      },
    ],
  },
  {
    promise: 'lines may end as on Windows',
    cells: [{ code: 'if true\r\n  disp ("crlf")\r\nend\r\n', stdout: 'crlf' }],
  },
  {
    promise: 'closing all files does no harm',
    cells: [
      { code: 'fclose all;' },
      {
        code: 'f = fopen ("mine.txt", "w");\nfputs (f, "mine");\nfclose (f);\nfileread ("mine.txt")',
        stdout: 'ans = mine',
      },
      { code: 'system ("ls -l /proc/self/fd | grep -c pipe");', stdout: '3' },
    ],
  },
  {
    promise: 'functions of the same name as those that the session runs on do no harm',
    cells: [
      {
        code: 'function r = fread (varargin)\n  r = "mine";\nend\nfunction r = numel (varargin)\n  r = "mine";\nend\nfunction r = evalin (varargin)\n  r = "mine";\nend',
      },
      { code: 'fread (1)', stdout: 'ans = mine' },
      {
        code: 'error ("still told")',
        exitCode: 1,
        stderr: /^error: still told\nerror: called from\n {4}<cell/,
      },
      { code: 'clear -f fread numel evalin\nnumel ([1 2])', stdout: 'ans = 2' },
    ],
  },
  {
    promise: 'a forked child ends by itself, and says nothing to the daemon',
    cells: [
      {
        code: 'child = fork ();\nif (child == 0)\n  exit (3);\nend\n[~, status] = waitpid (child);\nWEXITSTATUS (status)',
        stdout: 'ans = 3',
      },
      {
        code: 'child = fork ();\nif (child != 0)\n  [~, status] = waitpid (child);\n  WEXITSTATUS (status)\nend',
        stdout: 'ans = 0',
      },
    ],
  },
  {
    promise: 'cells run on when their working folder is gone',
    cells: [
      {
        code: 'home_folder = pwd ();\nmkdir ("gone");\ncd ("gone");\nrmdir (fullfile (home_folder, "gone"));',
      },
      { code: 'cd (home_folder);\n1', stdout: 'ans = 1', stderr: /working folder is gone/ },
    ],
  },
  {
    promise: 'a figure that nothing can draw is a clear error',
    needs: 'no gnuplot',
    cells: [
      { code: 'plot (1:3)', exitCode: 1, stderr: /no graphics toolkits are available[\s\S]*needs gnuplot/ },
    ],
  },
  {
    promise: 'a function whose file has changed since is read again',
    cells: [
      {
        code: 'function write (text)\n  f = fopen ("changing.m", "w");\n  fputs (f, text);\n  fclose (f);\nend\nwrite ("function r = changing ()\\n  r = 1;\\nend\\n");',
      },
      { code: 'changing ()', stdout: 'ans = 1' },
      {
        code: 'write ("function r = changing ()\\n  r = 2;\\nend\\n");\nsystem ("touch -d \'next hour\' changing.m");',
      },
      { code: 'changing ()', stdout: 'ans = 2', stderr: /in the future/ },
    ],
  },
]
