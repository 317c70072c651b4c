import type { Samples } from '../conformance/samples.ts'
import { batch } from './scala-batch.ts'

const OURS = /krunner|elided|\$iw|\$read|reflect/

const scala: Samples = {
  runtime: 'scala',
  batch,
  query: {
    language: /Scala/,
    values: [
      { code: 'val answer = 6 * 7\nprintln(answer)', stdout: '42' },
      { code: 'val word = "two"\nprintln(word)', stdout: 'two' },
      { code: '6 * 7', stdout: /^(val )?res\d+: Int = 42\n$/ },
      { code: 'List(1, 2).map(_ + 1)', stdout: /^(val )?res\d+: List\[Int\] = List\(2, 3\)\n$/ },
    ],
    quiet: 'val quiet = 5',
    context: {
      variable: [
        { code: 'var apples = 3' },
        { code: 'apples += 1' },
        { code: 'val pears = apples * 2' },
        { code: 'pears', stdout: /: Int = 8\n$/ },
      ],
      function: [
        { code: 'def twice(n: Int): Int = {\n  2 * n\n}' },
        { code: 'val thrice = (n: Int) => n + twice(n)' },
        { code: 'thrice(5)', stdout: /: Int = 15\n$/ },
      ],
      type: [
        {
          code: 'sealed trait Shape\ncase class Square(side: Int) extends Shape\ncase class Circle(radius: Int) extends Shape\nobject Shape {\n  def area(shape: Shape): Int = shape match {\n    case Square(side) => side * side\n    case Circle(radius) => 3 * radius * radius\n  }\n}',
        },
        { code: 'class Named[T](val name: String, val value: T)' },
        { code: 'Shape.area(Square(3)) + new Named("x", 4).value', stdout: /: Int = 13\n$/ },
      ],
      import: [
        { code: 'import scala.collection.mutable\nimport java.util.{Arrays => JavaArrays}' },
        { code: 'mutable.Buffer(1, JavaArrays.asList(1, 2).size).sum', stdout: /: Int = 3\n$/ },
      ],
      redefinition: [
        { code: 'def kind = "first"' },
        { code: 'kind', stdout: /: String = first\n$/ },
        { code: 'def kind = "second"\nval counted = kind.length' },
        { code: 'kind + counted', stdout: /: String = second6\n$/ },
      ],
      halfway: [
        {
          code: 'val reached = "here"\nsys.error("stop")\nval missed = "there"',
          exitCode: 1,
          stderr: /RuntimeException: stop/,
        },
        { code: 'reached', stdout: /: String = here\n$/ },
      ],
    },
    errors: [
      {
        before: { code: 'val survivor = "still here"' },
        code: 'val fine = 1\n\nval broken = fine + undefinedName\n',
        line: 3,
        stderr: /<cell \d+>[\s\S]*undefinedName/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /still here\n$/ },
      },
      {
        code: 'def inner(n: Int) = {\n  1 / n\n}\ndef outer() = {\n  inner(0) + 1\n}\n\nouter()',
        line: 5,
        stderr:
          /^java\.lang\.ArithmeticException: \/ by zero\n\s+at inner\(<cell \d+>:2\)\n\s+at outer\(<cell \d+>:5\)\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /still here\n$/ },
      },
      {
        code: 'val ok = 1\nval count: Int = "text"',
        line: 2,
        stderr: /(type mismatch|Type Mismatch)/,
        hidden: OURS,
        after: { code: 'survivor', stdout: /still here\n$/ },
      },
    ],
    streams: {
      code: 'println("to out"); Console.err.println("to err")',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'println("first")\nwhile (!new java.io.File("go-on").exists) Thread.sleep(5)\nprintln("second")',
    utf8: [
      { code: 'val miasto = "Łódź" // żółć\nmiasto + " 東京 🚀"', stdout: /Łódź 東京 🚀\n$/ },
      { code: 'val żółw = 4\nprintln("😀" + żółw)', stdout: '😀4' },
    ],
    input: {
      questions: [
        {
          code: 'print("Your name? ")\nval name = scala.io.StdIn.readLine()\nprintln("Hello, " + name)',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'import scala.io.StdIn.{readInt, readLine}\nval one = readLine("One: ").toInt\nprint("two: ")\nprintln(one + readInt())',
          answers: ['20', '22'],
          stdout: 'One: two: 42',
        },
      ],
      cancelled: { code: 'print("Name? ")\nscala.io.StdIn.readLine()', stderr: 'Interrupted' },
    },
    interrupt: {
      before: { code: 'val kept = "as it was"' },
      loop: { code: 'println("begun")\nvar rounds = 0L\nwhile (true) rounds += 1', stderr: 'Interrupted' },
      sleep: { code: 'println("begun")\nThread.sleep(600000)', stderr: 'Interrupted' },
      read: {
        code: 'val server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress)\nval socket = new java.net.Socket(server.getInetAddress, server.getLocalPort)\nprintln("begun")\nsocket.getInputStream.read()',
        stderr: 'Interrupted',
      },
      after: { code: 'kept', stdout: /as it was\n$/ },
    },
    exits: {
      before: { code: 'val stays = 11' },
      requests: [
        { code: 'println("leaving")\nsys.exit(3)\nprintln("not left")', exitCode: 3, stdout: 'leaving' },
        { code: 'System.exit(0)', exitCode: 0 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: /: Int = 11\n$/ },
    },
    several: [
      {
        code: 'var first = 1\ndef plus(n: Int) = n + first\nfor (_ <- 1 to 2) first = plus(first)\nfirst',
        stdout: /: Int = 4\n$/,
      },
      { code: 'val early = later(2)\ndef later(n: Int) = n * 3\nprintln(early)', stdout: '6' },
      {
        code: 'case class Money(amount: Int)\nobject Money {\n  implicit val order: Ordering[Money] = Ordering.by(_.amount)\n}\nval all = List(Money(3), Money(1))\n  .sorted\n  .map { money =>\n    money.amount\n  }\nif (all.isEmpty) {\n  println("none")\n}\nelse {\n  println(all)\n}',
        stdout: 'List(1, 3)',
      },
    ],
    megabyte: 'for (i <- 1 to 170000) println(i)',
    completions: [
      {
        define: 'val fruitBasket = 3; def fruitBowl(apples: Int) = apples',
        code: 'println(fruitB|',
        includes: ['fruitBasket', 'fruitBowl'],
      },
      { code: 'fruitBasket.toDou|', includes: ['fruitBasket.toDouble'], excludes: ['fruitBasket.toFloat'] },
    ],
    incomplete: [
      'def open(n: Int) = {\n  n',
      'println("no end)',
      'math.max(1,',
      '"""never closed',
      'class Half { def',
      'val x =',
    ],
    crash: {
      code: 'println("begun")\nval pid = new java.io.File("/proc/self").getCanonicalFile.getName\nRuntime.getRuntime.exec(Array("sh", "-c", "kill -KILL " + pid)).waitFor()\nThread.sleep(600000)',
      signal: 'SIGKILL',
      before: { code: 'val lost = 1' },
      after: { code: 'lost' },
    },
    extras: [
      {
        promise: 'what Java prints is seen, and a program that closes its output closes it for nobody else',
        cells: [
          {
            code: 'System.out.println("by Java"); System.err.println("to err"); throw new Exception("seen")',
            stdout: 'by Java',
            stderr: /^to err\njava.lang.Exception: seen\n/,
            exitCode: 1,
          },
          { code: 'System.out.close()' },
          { code: 'println("by Scala"); System.out.println("by Java")', stdout: 'by Scala\nby Java' },
        ],
      },
      {
        promise: 'other threads see what the cell has, and are waited for by name',
        cells: [
          {
            code: 'import scala.concurrent._\nimport scala.concurrent.duration._\nimport scala.concurrent.ExecutionContext.Implicits.global\nval base = 20\nprintln(Await.result(Future { base + 22 }, 10.seconds))',
            stdout: '42',
          },
        ],
      },
    ],
  },
}

export default scala
