import type { BatchSamples } from '../conformance/samples.ts'

export const batch: BatchSamples = {
  projects: [
    {
      promise: 'an object Main is compiled, with what it needs, and runs',
      files: {
        'Main.scala':
          'object Main {\n  def main(args: Array[String]): Unit = {\n    println(Greeter.greet("żółw 🐢"))\n  }\n}\n',
        'Greeter.scala': 'object Greeter {\n  def greet(name: String) = s"Hello, $name"\n}\n',
      },
      creates: ['target/classes/Main.class'],
      stdout: 'Hello, żółw 🐢',
    },
    {
      promise: 'an App runs, whatever it is called and wherever it is',
      files: {
        'src/shop/Shop.scala': 'package shop\n\nobject Shop extends App {\n  println(new Item(3))\n}\n',
        'src/shop/Item.scala':
          'package shop\n\nclass Item(price: Int) {\n  override def toString = s"item of $price"\n}\n',
      },
      creates: ['target/classes/shop/Shop.class'],
      stdout: 'item of 3',
    },
  ],
  missingMain: /Main.*main.*App/,
  input: {
    promise: 'readLine asks, in batch too',
    files: {
      'Main.scala':
        'object Main extends App {\n  val name = scala.io.StdIn.readLine("Name? ")\n  print("Age? ")\n  println(name + " is " + scala.io.StdIn.readInt())\n}\n',
    },
    answers: ['Ada', '36'],
    stdout: 'Name? Age? Ada is 36',
  },
  exit: {
    promise: 'the exit code is that of sys.exit, and the streams are apart',
    files: {
      'Main.scala':
        'object Main {\n  def main(args: Array[String]): Unit = {\n    println("out")\n    Console.err.println("err")\n    sys.exit(7)\n  }\n}\n',
    },
    stdout: 'out',
    stderr: 'err',
    exitCode: 7,
  },
  broken: {
    promise: 'an object that does not compile is told with its line, and nothing runs',
    files: { 'Main.scala': 'object Main extends App {\n  val x: Int = "text"\n}\n' },
    stderr: /Main\.scala:2/,
  },
}
