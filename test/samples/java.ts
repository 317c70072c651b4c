import type { Samples } from '../conformance/samples.ts'
import { batch } from './java-batch.ts'
import { extras } from './java-extras.ts'

const OURS = /krunner|jshell|JShell|REPL|reflect|do_it/

const java: Samples = {
  runtime: 'java',
  batch,
  query: {
    language: /Java/,
    values: [
      { code: 'int answer = 6 * 7;\nanswer', stdout: /^(answer )?==> 42\n$/ },
      { code: 'String word = "two";\nword', stdout: /^(word )?==> "two"\n$/ },
      { code: '6 * 7', stdout: /^(\$\d+ )?==> 42\n$/ },
      { code: 'new int[] {1, 2}', stdout: /^(\$\d+ )?==> int\[2\] \{ 1, 2 \}\n$/ },
      { code: 'java.util.Arrays.asList(1, 2)', stdout: /^(\$\d+ )?==> \[1, 2\]\n$/ },
      { code: 'Optional.of("x").isPresent()', stdout: /^(\$\d+ )?==> true\n$/ },
    ],
    quiet: 'int quiet = 5;',
    context: {
      variable: [
        { code: 'int apples = 3;' },
        { code: 'apples = apples + 1;', stdout: /^(apples )?==> 4\n$/ },
        { code: 'String apples2 = "n" + apples;' },
        { code: 'apples2', stdout: /^(apples2 )?==> "n4"\n$/ },
      ],
      function: [
        { code: 'int twice(int n) {\n  return 2 * n;\n}' },
        { code: 'int thrice(int n) { return n + twice(n); }' },
        { code: 'thrice(5)', stdout: /==> 15$/m },
      ],
      type: [
        {
          code: 'class Point {\n  final int x;\n  Point(int x) { this.x = x; }\n  Point twice() { return new Point(2 * x); }\n}',
        },
        { code: 'enum Side { LEFT, RIGHT }\ninterface Named { default String name() { return "named"; } }' },
        { code: 'class Place extends Point implements Named {\n  Place() { super(4); }\n}' },
        {
          code: 'Place place = new Place();\nplace.twice().x + place.name() + Side.RIGHT',
          stdout: /==> "8namedRIGHT"$/m,
        },
      ],
      import: [
        { code: 'import java.text.DecimalFormat;\nimport static java.lang.Math.max;' },
        { code: 'new DecimalFormat("000").format(max(1, 7))', stdout: /==> "007"$/m },
      ],
      redefinition: [
        {
          code: 'String kind() { return "first"; }\nString says() { return kind(); }\nint counted = kind().length();',
        },
        { code: 'counted++;\nsays()', stdout: /"first"/ },
        { code: 'String kind() { return "second"; }' },
        { code: 'System.out.println(says() + counted);', stdout: 'second6' },
        { code: 'String counted = "now text";' },
        { code: 'counted', stdout: /^(counted )?==> "now text"\n$/ },
      ],
      halfway: [
        {
          code: 'String reached = "here";\nObject nothing = null;\nnothing.toString();\nreached = "there";',
          exitCode: 1,
          stderr: /NullPointerException/,
        },
        { code: 'reached', stdout: /^(reached )?==> "here"\n$/ },
      ],
    },
    errors: [
      {
        before: { code: 'String survivor = "still here";' },
        code: 'int fine = 1;\n\nint broken = fine + undefinedName;\n',
        line: 3,
        stderr:
          /^<cell \d+>:3: error: cannot find symbol\nint broken = fine \+ undefinedName;\n {20}\^\n\s+symbol: +variable undefinedName\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /^(survivor )?==> "still here"\n$/ },
      },
      {
        code: 'int inner(int n) {\n  return 1 / n;\n}\nint outer() {\n  return inner(0);\n}\n\nouter();',
        line: 8,
        stderr:
          /^java\.lang\.ArithmeticException: \/ by zero\n\tat inner\(<cell \d+>:2\)\n\tat outer\(<cell \d+>:5\)\n\tat <cell \d+>:8\n$/,
        hidden: OURS,
        after: { code: 'inner(1)', stdout: /==> 1$/m },
      },
      {
        code: 'int ok = 1;\nint x = = 2;',
        line: 2,
        stderr: /^<cell \d+>:2: error: illegal start of expression\nint x = = 2;\n {8}\^\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /==> "still here"$/m },
      },
      {
        code: 'class Thrower {\n  void go() {\n    throw new IllegalStateException("bad",\n        new RuntimeException("why"));\n  }\n}\n\nnew Thrower().go();',
        line: 8,
        stderr:
          /^java\.lang\.IllegalStateException: bad\n\tat Thrower\.go\(<cell \d+>:3\)\n\tat <cell \d+>:8\nCaused by: java\.lang\.RuntimeException: why\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /^(survivor )?==> "still here"\n$/ },
      },
    ],
    streams: {
      code: 'System.out.println("to out"); System.err.println("to err");',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'System.out.println("first");\nwhile (!new File("go-on").exists()) Thread.sleep(5);\nSystem.out.println("second");',
    utf8: [
      { code: 'String miasto = "Łódź"; // żółć\nmiasto + " 東京 🚀"', stdout: /==> "Łódź 東京 🚀"$/m },
      { code: 'int żółw = 4;\nSystem.out.println("😀" + żółw);', stdout: '😀4' },
    ],
    input: {
      questions: [
        {
          code: 'Scanner scanner = new Scanner(System.in);\nSystem.out.print("Your name? ");\nString name = scanner.nextLine();\nSystem.out.println("Hello, " + name);',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'System.out.print("Two numbers: ");\nint one = scanner.nextInt();\nSystem.out.print("and? ");\nint two = scanner.nextInt();\nSystem.out.println(one + two);',
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
        {
          code: 'System.out.print("A line: ");\nnew BufferedReader(new InputStreamReader(System.in)).readLine().toUpperCase()',
          answers: ['ab cd'],
          stdout: /^A line: (\$\d+ )?==> "AB CD"$/m,
        },
      ],
      cancelled: {
        code: 'System.out.print("Name? ");\nnew Scanner(System.in).nextLine()',
        stderr: 'Interrupted',
      },
    },
    interrupt: {
      before: { code: 'String kept = "as it was";' },
      loop: {
        code: 'System.out.println("begun");\nlong rounds = 0;\nwhile (true) rounds++;',
        stderr: 'Interrupted',
      },
      sleep: { code: 'System.out.println("begun");\nThread.sleep(600000);', stderr: 'Interrupted' },
      read: {
        code: 'ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());\nSocket socket = new Socket(server.getInetAddress(), server.getLocalPort());\nSystem.out.println("begun");\nsocket.getInputStream().read()',
        stderr: 'Interrupted',
      },
      after: { code: 'kept', stdout: /^(kept )?==> "as it was"\n$/ },
    },
    exits: {
      before: { code: 'int stays = 11;' },
      requests: [
        {
          code: 'System.out.println("leaving");\nSystem.exit(3);\nSystem.out.println("not left");',
          exitCode: 3,
          stdout: 'leaving',
        },
        { code: 'System.exit(0);', exitCode: 0 },
        {
          code: 'try { Runtime.getRuntime().halt(5); } catch (Throwable any) { while (true) {} }',
          exitCode: 5,
        },
        {
          code: 'Thread leaver = new Thread(() -> System.exit(4));\nleaver.start();\nwhile (true) {}',
          exitCode: 4,
        },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: /^(stays )?==> 11\n$/ },
    },
    several: [
      {
        code: 'int first = 1;\nint plus(int n) { return n + first; }\nfor (int i = 0; i < 2; i++) first = plus(first);\nfirst',
        stdout: /^(first )?==> 4\n$/,
      },
      {
        code: 'System.out.println(later(2)); int later(int n) { return n * 3; }',
        stdout: '6',
      },
      {
        code: 'Node tail = new Node(null, 1); Node head = new Node(tail, 2);\nclass Node { Node next; int value; Node(Node next, int value) { this.next = next; this.value = value; } }\nhead.next.value + head.value',
        stdout: /==> 3$/m,
      },
    ],
    megabyte: 'for (int i = 1; i <= 170000; i++) System.out.println(i);',
    completions: [
      {
        define: 'int fruitBasket = 3; int fruitBowl(int apples) { return apples; }',
        code: 'System.out.println(fruitB|)',
        includes: ['fruitBasket', 'fruitBowl('],
      },
      { code: '"text".toUpp|', includes: ['.toUpperCase('] },
      { code: 'Math.ma|', includes: ['Math.max('], excludes: ['Math.min('] },
    ],
    incomplete: [
      'int open(int n) {\n  return n;',
      'System.out.println("no end);',
      'Math.max(1,',
      '/* never closed',
      'if (true) {',
      'class Half {\n  void',
    ],
    crash: {
      code: 'System.out.println("begun");\nlong pid = Long.parseLong(new File("/proc/self").getCanonicalFile().getName());\nRuntime.getRuntime().exec(new String[] {"sh", "-c", "kill -KILL " + pid}).waitFor();\nThread.sleep(600000);',
      signal: 'SIGKILL',
      before: { code: 'int lost = 1;' },
      after: { code: 'lost' },
    },
    extras,
  },
}

export default java
