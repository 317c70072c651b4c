import type { Samples } from '../conformance/samples.ts'
import extras from './php-extras.ts'

const OURS = /krunner|driver\.php|eval\(\)|internal function/

const php: Samples = {
  runtime: 'php',
  query: {
    language: /PHP/,
    values: [
      { code: '6 * 7', stdout: 'int(42)' },
      { code: '"two";', stdout: 'string(3) "two"' },
      { code: '[1, "a" => 2.5]', stdout: 'array(2) {\n  [0]=>\n  int(1)\n  ["a"]=>\n  float(2.5)\n}' },
      { code: '$list = [3, 1, 2]; max(...$list);', stdout: 'int(3)' },
    ],
    quiet: '$quiet = 5;',
    context: {
      variable: [
        { code: '$apples = 3;' },
        { code: '$pears = $apples + 1;\n$pears++;' },
        { code: '$apples + $pears', stdout: 'int(8)' },
      ],
      function: [
        { code: 'function twice($n)\n{\n    return 2 * $n;\n}' },
        { code: 'function thrice($n) { return $n + twice($n); }' },
        { code: 'thrice(5)', stdout: 'int(15)' },
      ],
      type: [
        {
          code: 'class Point\n{\n    public $x;\n    function __construct($x) { $this->x = $x; }\n    function double() { return new static($this->x * 2); }\n}',
        },
        { code: 'class Pixel extends Point { const COLOUR = "red"; }' },
        { code: '(new Pixel(4))->double()->x . Pixel::COLOUR', stdout: 'string(4) "8red"' },
      ],
      import: [
        { code: 'use ArrayObject as Many;\nuse function strrev as backwards;' },
        { code: 'count(new Many([1, 2])) . backwards("abc")', stdout: 'string(4) "2cba"' },
      ],
      redefinition: [
        {
          code: 'function kind() { return "first"; }\nfunction says() { return kind(); }\n$closure = function () { return array_map("kind", [1])[0]; };',
        },
        { code: 'says() . $closure()', stdout: 'string(10) "firstfirst"' },
        {
          code: 'function kind($more = " and last", $unused = [1, 2, 3]) { $text = "second$more"; return $text; }',
        },
        { code: 'says() . $closure()', stdout: 'string(22) "second and lastsecond1"' },
      ],
      halfway: [
        {
          code: '$reached = "here";\nthrow new Exception("stop");\n$reached = "there";',
          exitCode: 1,
          stderr: /stop/,
        },
        { code: '$reached', stdout: 'string(4) "here"' },
      ],
    },
    errors: [
      {
        before: { code: '$survivor = "still here";' },
        code: '$fine = 1;\n\n$broken = undefined_name($fine);\n',
        line: 3,
        stderr:
          /^Fatal error: Uncaught Error: Call to undefined function undefined_name\(\) in <cell \d+>:3\nStack trace:\n#0 \{main\}\n {2}thrown in <cell \d+> on line 3\n$/,
        hidden: OURS,
        after: { code: '$survivor', stdout: 'string(10) "still here"' },
      },
      {
        code: 'function inner()\n{\n    throw new DomainException("deep");\n}\nfunction outer() { inner(); }\n\nouter();',
        line: 7,
        stderr:
          /^Fatal error: Uncaught DomainException: deep in <cell \d+>:3\nStack trace:\n#0 <cell \d+>\(5\): inner\(\)\n#1 <cell \d+>\(7\): outer\(\)\n#2 \{main\}\n {2}thrown in <cell \d+> on line 3\n$/,
        hidden: OURS,
        after: { code: '$survivor', stdout: 'string(10) "still here"' },
      },
      {
        code: '$ok = 1;\n$x = = 2;',
        line: 2,
        stderr:
          /^Parse error: syntax error, unexpected .*'?="? in <cell \d+> on line 2\n$|^Parse error: syntax error, unexpected .* in <cell \d+> on line 2\n$/,
        hidden: OURS,
        after: { code: 'isset($ok)', stdout: 'bool(false)' },
      },
      {
        code: '$before = 1;\nfunction count_up() { break; }',
        line: 2,
        stderr: /^Fatal error: 'break' not in the 'loop' or 'switch' context in <cell \d+> on line 2\n$/,
        hidden: OURS,
        after: { code: '$survivor', stdout: 'string(10) "still here"' },
      },
    ],
    streams: {
      code: 'echo "to out\\n";\nfwrite(STDERR, "to err\\n");',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'echo "first\\n";\nwhile (!file_exists("go-on")) { usleep(1000); clearstatcache(); }\necho "second\\n";',
    utf8: [
      { code: '$city = "Łódź"; // żółć\n"$city 東京 🚀"', stdout: 'string(19) "Łódź 東京 🚀"' },
      { code: '$größe = "😀";\necho $größe, strlen($größe), "\\n";', stdout: '😀4' },
    ],
    input: {
      questions: [
        {
          code: '$name = readline("Your name? ");\necho "Hello, $name\\n";',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'echo "Two lines: ";\n$one = fgets(STDIN);\necho "and? ";\n$two = stream_get_line(STDIN, 100, "\\n");\n(int) $one + (int) $two',
          answers: ['20', '22'],
          stdout: 'Two lines: and? int(42)',
        },
        {
          code: 'echo "A number: ";\nfscanf(STDIN, "%d", $number);\necho "a word: ";\n$word = trim(fgets(fopen("php://stdin", "r")));\necho "$number $word\\n";',
          answers: ['7', 'seven'],
          stdout: 'A number: a word: 7 seven',
        },
      ],
      cancelled: {
        code: 'echo "Name? ";\n$name = fgets(STDIN);\necho "got $name";',
        stderr: /^Interrupted in <cell \d+> on line 2\n$/,
      },
    },
    interrupt: {
      before: { code: '$kept = "as it was";' },
      loop: { code: 'echo "begun\\n";\nwhile (true);', stderr: /^Interrupted in <cell \d+> on line 2\n$/ },
      sleep: {
        code: 'echo "begun\\n";\nsleep(600);\necho "over";',
        stderr: /^Interrupted in <cell \d+> on line 2\n$/,
      },
      read: {
        code: 'exec("mkfifo silent");\n$silent = fopen("silent", "r+");\necho "begun\\n";\necho fgets($silent), "over";',
        stderr: /^Interrupted in <cell \d+> on line 4\n$/,
      },
      after: { code: '$kept', stdout: 'string(9) "as it was"' },
    },
    exits: {
      before: { code: '$stays = 11;' },
      requests: [
        { code: 'echo "leaving\\n";\nexit(3);\necho "not left";', exitCode: 3, stdout: 'leaving' },
        {
          code: 'function leave() { try { exit(300); } catch (Throwable $error) { echo "caught"; } }\nleave();',
          exitCode: 44,
          stdout: '',
        },
        { code: 'die("dying\\n");', exitCode: 0, stdout: 'dying' },
        { code: 'exit(1);', exitCode: 1 },
        { code: 'exit;', exitCode: 0 },
      ],
      context: 'kept',
      after: { code: '$stays', stdout: 'int(11)' },
    },
    several: [
      {
        code: '$one = 1;\nfunction plus($n) { global $one; return $n + $one; }\nfor ($i = 0; $i < 2; $i++) $one = plus($one);\n$one',
        stdout: 'int(4)',
      },
      {
        code: 'echo before_it(), "\\n"; function before_it() { return "hoisted"; } class Late { const X = 5; } Late::X;',
        stdout: 'hoisted\nint(5)',
      },
    ],
    megabyte: 'for ($i = 1; $i <= 170000; $i++) echo $i, "\\n";',
    completions: [
      {
        define:
          'class Basket { public $apple = 1; public $apricot = 2; public $fig = 3; const APPLE_PIE = 1; static function apply() {} }\n$fruit_basket = new Basket;\nfunction fruit_name() { return "fig"; }',
        code: 'echo $fruit_ba|',
        includes: ['$fruit_basket'],
      },
      {
        code: '$fruit_basket->ap|',
        includes: ['$fruit_basket->apple', '$fruit_basket->apricot'],
        excludes: ['$fruit_basket->fig'],
      },
      { code: 'Basket::ap|', includes: ['Basket::APPLE_PIE', 'Basket::apply'] },
      { code: 'echo fruit_|', includes: ['fruit_name'] },
      { code: 'new Bask|', includes: ['Basket'] },
      { code: 'str_rep|', includes: ['str_repeat', 'str_replace'] },
      { code: 'forea|', includes: ['foreach'] },
    ],
    incomplete: [
      'while (true) {',
      'while (true)',
      'function f()',
      '$x = (1 +',
      'echo "open',
      '$t = <<<END\nopen',
      'class A {',
    ],
    crash: {
      code: 'echo "begun\\n";\nposix_kill(getmypid(), SIGSEGV);',
      signal: 'SIGSEGV',
      before: { code: '$lost_soon = 1;' },
      after: { code: 'if (!isset($lost_soon)) throw new Exception("lost");' },
    },
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'main.php runs',
        files: { 'main.php': '<?php echo "from a file\\n";' },
        stdout: 'from a file',
      },
      {
        promise: 'main.php finds the files beside it',
        files: {
          'main.php': '<?php echo (require "beside.php")["word"];',
          'beside.php': '<?php return ["word" => "beside"];',
        },
        stdout: 'beside',
      },
      {
        promise: 'composer installs what composer.json asks for, and main.php finds it',
        needs: 'composer',
        files: {
          'composer.json': '{ "autoload": { "psr-4": { "App\\\\": "src/" } } }',
          'src/Word.php': '<?php namespace App; class Word { const IS = "autoloaded"; }',
          'main.php': '<?php require "vendor/autoload.php"; echo App\\Word::IS;',
        },
        stdout: 'autoloaded',
      },
    ],
    missingMain: /main\.php/,
    input: {
      promise: 'a program asks its user',
      files: { 'main.php': '<?php echo "Name? ";\necho "Hello, ", trim(fgets(STDIN)), "\\n";' },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: { 'main.php': '<?php echo "out\\n";\nfwrite(STDERR, "err\\n");\nexit(7);' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default php
