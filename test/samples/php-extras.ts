import type { ExtraSample } from '../conformance/samples.ts'

const NAMES: readonly ExtraSample[] = [
  {
    promise:
      'a class declared anew serves older functions, closures, type declarations and constants; objects keep theirs',
    cells: [
      {
        code: 'class Shape { const SIDES = 3; function area() { return 1; } }\nfunction shape(Shape $shape) { return (new Shape)->area() . Shape::SIDES; }\n$make = function () { return new Shape; };\n$old = new Shape;\nshape($old) . $make()->area()',
        stdout: 'string(3) "131"',
      },
      {
        code: 'class Shape { const SIDES = 4; private $more = [1, 2]; function area() { return 2; } }\nshape(new Shape) . $make()->area() . $old->area()',
        stdout: 'string(4) "2421"',
      },
      { code: 'shape($old)', exitCode: 1, stderr: /TypeError/ },
    ],
  },
  {
    promise: 'traits, interfaces, constants and what uses them are declared anew',
    cells: [
      {
        code: 'trait Greets { function hi() { return "hi"; } }\ninterface Polite {}\nclass Host implements Polite { use Greets; }\nconst LEVEL = 1;\nfunction level() { return LEVEL; }',
      },
      {
        code: 'trait Greets { function hi() { return "hello"; } }\ninterface Polite {}\nclass Host implements Polite { use Greets; }\nconst LEVEL = 2;',
      },
      { code: '(new Host)->hi() . level()', stdout: 'string(6) "hello2"' },
    ],
  },
  {
    promise: 'a generator goes on as the function that it began in',
    cells: [
      {
        code: 'function steps() { for ($i = 1; $i < 9; $i++) yield $i; }\n$steps = steps();\n$steps->current()',
        stdout: 'int(1)',
      },
      {
        code: 'function steps() { $more = [1, 2, 3]; foreach ($more as $i) { $wide = $i * 10; yield $wide; } }\n$steps->next();\n$steps->current() + steps()->current()',
        stdout: 'int(12)',
      },
    ],
  },
  {
    promise: 'what cannot be declared leaves what was declared',
    cells: [
      { code: 'class Whole { function part() { return 1; } }' },
      {
        code: 'class Whole { function part() {} function part() {} }',
        exitCode: 1,
        stderr: /^Fatal error: Cannot redeclare Whole::part\(\)/,
      },
      {
        code: 'function strlen($text) {}',
        exitCode: 1,
        stderr: /^Fatal error: Cannot redeclare (function )?strlen\(\)/,
      },
      { code: '(new Whole)->part()', stdout: 'int(1)' },
    ],
  },
]

const SCOPE: readonly ExtraSample[] = [
  {
    promise: 'a namespace, imports and strict types hold in later cells',
    cells: [
      {
        code: 'namespace Shop;\nclass Item { public $price = 5; }\nfunction price(int $of) { return $of; }\nconst TAX = 2;',
      },
      {
        code: '(new Item)->price . price("7") . TAX . __NAMESPACE__',
        stdout: 'string(7) "572Shop"',
      },
      {
        code: 'namespace Till;\nuse Shop\\{Item, Item as Thing};\nuse function Shop\\price;\nuse const Shop\\TAX;',
      },
      { code: '[new Thing == new Item, price(3), TAX] == [true, 3, 2]', stdout: 'bool(true)' },
      { code: 'declare(strict_types=1);' },
      { code: 'price("7")', exitCode: 1, stderr: /TypeError/ },
      { code: 'declare(strict_types=0);\nprice("7")', stdout: 'int(7)' },
      { code: 'namespace {}' },
      { code: '__NAMESPACE__', stdout: 'string(0) ""' },
    ],
  },
  {
    promise: 'tags, pages and whole files are cells',
    cells: [
      {
        code: '<?php\ndeclare(strict_types=1);\necho "tagged\\n";\n$word = "html" ?>\n<b><?= $word ?></b>\n<?php echo __LINE__;',
        stdout: 'tagged\n<b>html</b>\n6',
      },
      { code: '<h1><?= $word ?></h1>', stdout: '<h1>html</h1>' },
      { code: 'Plain <?= $word ?> text', stdout: 'Plain html text' },
      { code: '#!/usr/bin/env php\n<?php\necho __LINE__;', stdout: '3' },
      { code: 'declare(strict_types=0);' },
    ],
  },
  {
    promise: 'statics, references, globals and what stands in braces are as in PHP',
    cells: [
      { code: 'function counted() { static $count = 0; return ++$count; }\ncounted();' },
      { code: 'counted()', stdout: 'int(2)' },
      { code: '$alias = &$real;\n$real = 5;' },
      { code: '$alias++;\n$real', stdout: 'int(6)' },
      {
        code: 'function see() { global $real; return $GLOBALS["alias"] + $real; }\nsee()',
        stdout: 'int(12)',
      },
      { code: 'goto end;\necho "skipped";\nend:\necho "label";', stdout: 'label' },
      { code: 'if (true): echo "yes"; endif', stdout: 'yes' },
    ],
  },
  {
    promise: 'a value is not shown where a statement is there for what it does',
    cells: [
      { code: '$some = 5', stdout: '' },
      { code: '$some += 1;', stdout: '' },
      { code: '$some++;', stdout: '' },
      { code: 'printf("%d", 7);', stdout: '7' },
      { code: 'null', stdout: '' },
      { code: '$some == 7 // why', stdout: 'bool(true)' },
    ],
  },
]

const ENDS: readonly ExtraSample[] = [
  {
    promise: 'fatal errors keep the context, what the cell has done, and destructors',
    cells: [
      {
        code: 'class Leaves { function __destruct() { echo "left"; } }\n$leaves = new Leaves;\n$done = 1;\n(function () { $inner = [1]; $GLOBALS["done"]++; eval("break;"); })();',
        exitCode: 1,
        stderr:
          /^Fatal error: 'break' not in the 'loop' or 'switch' context in <cell \d+>\(4\) : eval\(\)'d code/,
      },
      { code: '$done', stdout: 'int(2)' },
      { code: '$leaves = null;', stdout: 'left' },
    ],
  },
  {
    promise: 'memory and recursion come to an end more than once, and the session goes on',
    cells: [
      { code: 'ini_set("memory_limit", "64M");\nfunction endless($n) { return endless($n + 1); }' },
      {
        code: 'endless(0);',
        exitCode: 1,
        stderr: /^Fatal error: Allowed memory size of 67108864 bytes exhausted/,
      },
      {
        code: 'endless(0);',
        exitCode: 1,
        stderr: /^Fatal error: Allowed memory size of 67108864 bytes exhausted/,
      },
      {
        code: '$grown = [];\nwhile (true) $grown[] = str_repeat("x", 100000);',
        exitCode: 1,
        stderr: /^Fatal error: Allowed memory size/,
      },
      { code: 'count($grown) > 100', stdout: 'bool(true)' },
      { code: 'unset($grown);\nini_set("memory_limit", "512M");', stdout: '' },
    ],
  },
  {
    promise: 'a recursion within the engine fills the stack, and the session goes on',
    cells: [
      {
        code: '$stays = 1;\nfunction again($n) { return array_map("again", [$n + 1]); }\nagain(1);',
        exitCode: 1,
        stderr: /^Fatal error: (Too deep a recursion|Uncaught Error: Maximum call stack size)/,
      },
      { code: 'function again($n) { return $n; }\nagain($stays)', stdout: 'int(1)' },
    ],
  },
  {
    promise: 'an exit runs what is registered for it, and nothing catches it',
    cells: [
      {
        code: 'register_shutdown_function(function () { echo "at the end\\n"; });\ntry { exit(4); } catch (Throwable $error) { } finally { }',
        exitCode: 4,
        stdout: 'at the end',
      },
      { code: 'die("dying");', stdout: 'dying' },
      { code: 'eval("exit(6);");', exitCode: 6 },
    ],
  },
  {
    promise: 'buffers end with their cell',
    cells: [
      { code: 'ob_start();\necho "held";', stdout: 'held' },
      { code: 'ob_start(function ($text) { return strtoupper($text); });\necho "loud";', stdout: 'LOUD' },
      {
        code: 'ob_start(function ($text) { throw new Exception("in a buffer"); });\necho "gone";',
        exitCode: 1,
        stderr: /in a buffer/,
      },
      { code: 'echo ob_get_level();', stdout: '0' },
    ],
  },
  {
    promise: 'warnings name the line, and handlers of the user are called',
    cells: [
      {
        code: '$x = 1;\ntrigger_error("careful", E_USER_WARNING);\necho "on";',
        stdout: 'on',
        stderr: /^Warning: careful in <cell \d+> on line 2\n$/,
      },
      {
        code: 'set_error_handler(function ($number, $text) { echo "got $text"; });\ntrigger_error("it");',
        stdout: /^got it/,
      },
      {
        code: 'restore_error_handler();\nset_exception_handler(function ($error) { echo $error->getMessage(); });',
        stdout: '',
      },
      { code: 'throw new Exception("to the top");', exitCode: 1, stdout: 'to the top', stderr: '' },
      { code: 'set_exception_handler(null);', stdout: '' },
    ],
  },
  {
    promise: 'STDOUT is closed for its cell only',
    cells: [
      { code: 'fclose(STDOUT);\necho "lost";', exitCode: 255 },
      { code: 'echo "seen";', stdout: 'seen' },
    ],
  },
  {
    promise: 'programs that a cell starts get none of our descriptors',
    cells: [
      { code: 'echo shell_exec("ls -l /proc/self/fd | grep -c pipe");', stdout: '3' },
      {
        code: 'var_dump(getenv("LD_PRELOAD") === false || strpos(getenv("LD_PRELOAD"), "driver") === false);',
        stdout: 'bool(true)',
      },
    ],
  },
]

const NEWER: readonly ExtraSample[] = [
  {
    promise: 'enums, attributes, readonly classes and fibers, where this PHP has them',
    needs: 'PHP 8.2',
    cells: [
      { code: "enum Suit: string { case Hearts = 'H'; }\nSuit::from('H')", stdout: 'enum(Suit::Hearts)' },
      {
        code: "enum Suit: string { case Clubs = 'C'; }\ncount(Suit::cases()) . Suit::Clubs->value",
        stdout: 'string(2) "1C"',
      },
      {
        code: '#[Attribute] readonly class Fixed { function __construct(public int $n) {} }\n(new Fixed(4))->n',
        stdout: 'int(4)',
      },
      {
        code: '$fiber = new Fiber(function () { $got = Fiber::suspend(1); return $got * 2; });\n$fiber->start()',
        stdout: 'int(1)',
      },
      { code: '$fiber->resume(21);\n$fiber->getReturn()', stdout: 'int(42)' },
      { code: '(new Fiber(function () { exit(6); }))->start();', exitCode: 6 },
      { code: 'match (true) { default => "matched" }', stdout: 'string(7) "matched"' },
    ],
  },
]

/** What a session in PHP promises beyond the common list. */
const extras: readonly ExtraSample[] = [...NAMES, ...SCOPE, ...ENDS, ...NEWER]

export default extras
