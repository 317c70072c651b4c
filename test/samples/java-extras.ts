import type { ExtraSample } from '../conformance/samples.ts'

const PROGRAM =
  'package shop.app;\n\nimport java.util.*;\n\npublic class Main {\n  static int runs = 0;\n  public static void main(String[] args) throws Exception {\n    new Thread(() -> System.out.println("from a thread " + ++runs)).start();\n    System.out.println(Helper.help(args.length));\n  }\n}\n\nclass Helper {\n  static String help(int n) { return "helped " + n; }\n}\n'

export const extras: readonly ExtraSample[] = [
  {
    promise: 'a whole program runs, to the end of its threads, and afresh each time',
    cells: [
      { code: PROGRAM, stdout: /^(?=[\s\S]*helped 0\n)[\s\S]*from a thread 1\n/ },
      { code: PROGRAM, stdout: /^(?=[\s\S]*helped 0\n)[\s\S]*from a thread 1\n/ },
    ],
  },
  {
    promise: 'a whole program fails with its line',
    cells: [
      {
        code: 'public class Failing {\n  public static void main(String[] args) {\n    Integer.parseInt("x");\n  }\n}',
        exitCode: 1,
        stderr:
          /^Exception in thread "main" java\.lang\.NumberFormatException: .*"x"\n[\s\S]*\tat Failing\.main\(<cell \d+>:3\)\n$/,
      },
    ],
  },
  {
    promise: 'a whole program asks with Scanner and exits with its code',
    cells: [
      {
        code: 'import java.util.Scanner;\npublic class Asking {\n  public static void main(String[] args) {\n    Scanner in = new Scanner(System.in);\n    System.out.print("Code? ");\n    System.exit(in.nextInt());\n  }\n}',
        answers: ['6'],
        stdout: 'Code? ',
        exitCode: 6,
      },
    ],
  },
  {
    promise: 'a changed class keeps its objects where it can, and says so where it cannot',
    needs: 'jshell',
    cells: [
      { code: 'class Pet { String says() { return "miau"; } }\nPet pet = new Pet();' },
      { code: 'class Pet { String says() { return "wau"; } }' },
      { code: 'System.out.println(pet.says());', stdout: 'wau' },
      {
        code: 'class Pet { int legs = 4; String says() { return "piep"; } }',
        stderr: 'pet was reset to null: its type has changed',
      },
      { code: 'new Pet().says()', stdout: /"piep"/ },
    ],
  },
  {
    promise: 'a method that needs what is not there yet is told of, and works once it is',
    cells: [
      {
        code: 'int early() {\n  return missing() + 1;\n}',
        exitCode: 1,
        stderr: /^<cell \d+>:2: error: cannot find symbol\n {2}return missing\(\) \+ 1;\n {9}\^\n/,
      },
      { code: 'int missing() { return 4; }' },
      { code: 'early()', stdout: /==> 5$/m },
    ],
    needs: 'jshell',
  },
  {
    promise: 'lines without semicolons run as they do in jshell',
    cells: [{ code: 'int bare = 1\nint more = bare + 1\nmore', stdout: 'more ==> 2' }],
    needs: 'jshell',
  },
]
