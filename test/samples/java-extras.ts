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
    promise: 'values have the names that jshell gives them',
    cells: [
      { code: '6 * 7', stdout: /^\$\d+ ==> 42\n$/ },
      { code: 'int named = 3;\nnamed', stdout: 'named ==> 3' },
      { code: 'named = 4', stdout: 'named ==> 4' },
    ],
    needs: 'jshell',
  },
  {
    promise: 'a program of enums, interfaces, generics and inner classes runs',
    cells: [
      {
        code: 'import java.util.*;\nimport java.util.function.*;\n\npublic class Bank {\n  enum Kind { SAVINGS, CHECKING }\n  interface Rule<T> { boolean holds(T value); }\n  static class Account implements Comparable<Account> {\n    private final Kind kind; private double money;\n    Account(Kind kind, double money) { this.kind = kind; this.money = money; }\n    @Override public int compareTo(Account other) { return Double.compare(money, other.money); }\n    @Override public String toString() { return kind + ":" + money; }\n  }\n  static <T> List<T> where(List<T> all, Rule<? super T> rule) {\n    List<T> found = new ArrayList<>();\n    for (T each : all) if (rule.holds(each)) found.add(each);\n    return found;\n  }\n  public static void main(String... args) {\n    List<Account> all = new ArrayList<>(Arrays.asList(new Account(Kind.SAVINGS, 5), new Account(Kind.CHECKING, 2.5)));\n    Collections.sort(all);\n    Supplier<String> text = () -> where(all, a -> a.money > 3).toString();\n    System.out.println(all + " " + text.get());\n  }\n}\n',
        stdout: '[CHECKING:2.5, SAVINGS:5.0] [SAVINGS:5.0]',
      },
      { code: 'new Bank.Account(Bank.Kind.SAVINGS, 1).toString()', stdout: /"SAVINGS:1.0"$/m },
    ],
  },
  {
    promise: 'statements of all kinds stand at the top of a cell',
    cells: [
      {
        code: 'int[] grid[] = {{1, 2}, {3}};\nMap<String, List<Integer>> byName = new TreeMap<>();\nfor (int[] row : grid) { for (int cell : row) byName.computeIfAbsent(cell % 2 == 0 ? "even" : "odd", k -> new ArrayList<>()).add(cell); }\ndo { grid[0][0]++; } while (grid[0][0] < 5);\nif (grid[1][0] > 2) System.out.println("big"); else System.out.println("small");\ntry { throw new Exception("x"); } catch (Exception e) { System.out.println(e.getMessage()); } finally { System.out.println("finally"); }\nswitch (grid.length) { case 2: System.out.println("two"); break; default: System.out.println("many"); }\nRunnable said = new Runnable() { public void run() { System.out.println(byName); } };\nsaid.run();\nlabel: for (;;) { while (true) { break label; } }\nsynchronized (said) { grid[0][0]--; }\n{ int local = grid[0][0]; System.out.println(local); }',
        stdout: 'big\nx\nfinally\ntwo\n{even=[2], odd=[1, 3]}\n4',
      },
    ],
  },
  {
    promise: 'lines without semicolons run as they do in jshell',
    cells: [{ code: 'int bare = 1\nint more = bare + 1\nmore', stdout: 'more ==> 2' }],
    needs: 'jshell',
  },
]
