import type { BatchSamples } from '../conformance/samples.ts'

export const batch: BatchSamples = {
  projects: [
    {
      promise: 'a class Main is compiled, with what it needs, and runs',
      files: {
        'Main.java':
          'public class Main {\n  public static void main(String[] args) {\n    System.out.println(new Greeter().greet("żółw 🐢"));\n  }\n}\n',
        'Greeter.java': 'class Greeter {\n  String greet(String name) { return "Hello, " + name; }\n}\n',
      },
      creates: ['Main.class', 'Greeter.class'],
      stdout: 'Hello, żółw 🐢',
    },
    {
      promise: 'main.Main runs',
      files: {
        'main/Main.java':
          'package main;\n\npublic class Main {\n  public static void main(String[] args) {\n    System.out.println("in a package");\n  }\n}\n',
      },
      creates: ['main/Main.class'],
      stdout: 'in a package',
    },
    {
      promise: 'the class with main is found, whatever it is called and wherever it is',
      files: {
        'src/shop/App.java':
          'package shop;\n\npublic final class App {\n  public static void main(final String... args) {\n    System.out.println(new Item(3));\n  }\n}\n',
        'src/shop/Item.java':
          'package shop;\n\nclass Item {\n  private final int price;\n  Item(int price) { this.price = price; }\n  @Override public String toString() { return "item of " + price; }\n}\n',
      },
      creates: ['shop/App.class'],
      stdout: 'item of 3',
    },
  ],
  missingMain: /main\.Main.*Main.*main/,
  input: {
    promise: 'Scanner asks, in batch too',
    files: {
      'Main.java':
        'import java.util.Scanner;\n\npublic class Main {\n  public static void main(String[] args) {\n    Scanner scanner = new Scanner(System.in);\n    System.out.print("Name? ");\n    String name = scanner.nextLine();\n    System.out.print("Age? ");\n    System.out.println(name + " is " + scanner.nextInt());\n  }\n}\n',
    },
    answers: ['Ada', '36'],
    stdout: 'Name? Age? Ada is 36',
  },
  exit: {
    promise: 'the exit code is that of System.exit, and the streams are apart',
    files: {
      'Main.java':
        'public class Main {\n  public static void main(String[] args) {\n    System.out.println("out");\n    System.err.println("err");\n    System.exit(7);\n  }\n}\n',
    },
    stdout: 'out',
    stderr: 'err',
    exitCode: 7,
  },
  broken: {
    promise: 'a class that does not compile is told with its line, and nothing runs',
    files: { 'Main.java': 'public class Main {\n  int x = "text";\n}\n' },
    stderr: /Main\.java:2: error: incompatible types/,
  },
}
