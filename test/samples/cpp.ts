import type { Samples } from '../conformance/samples.ts'
import extras from './cpp-extras.ts'

const OURS = /krunner|\$\d/

const cpp: Samples = {
  runtime: 'cpp',
  query: {
    language: /^C\+\+ \((gcc|clang) \d/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '#include <string>\nstd::string("two") + " words"', stdout: '"two words"' },
      { code: '#include <vector>\nstd::vector<int> squares{1, 4, 9};\nsquares', stdout: '{1, 4, 9}' },
      {
        code: '#include <map>\n#include <string>\nstd::map<std::string, std::vector<double>>{{"a", {0.1, 2}}, {"b", {}}}',
        stdout: '{{"a", {0.1, 2.0}}, {"b", {}}}',
      },
      { code: '1 < 2', stdout: 'true' },
      {
        code: '#include <iostream>\nstruct Money { int cents; };\nstd::ostream &operator<<(std::ostream &out, const Money &money) { return out << money.cents / 100.0 << " EUR"; }\nMoney{150}',
        stdout: '1.5 EUR',
      },
    ],
    quiet: 'int quiet = 5;',
    context: {
      variable: [
        { code: 'int apples = 3; auto pears = apples + 1.5;' },
        { code: 'static auto &both = pears; both += apples;' },
        { code: 'pears', stdout: '7.5' },
      ],
      function: [
        {
          code: 'static int twice(int n) {\n  return 2 * n;\n}\nauto thrice(int n) { return n + twice(n); }',
        },
        { code: 'auto plus = [by = twice(1)](auto n) { return n + by; };' },
        { code: 'plus(thrice(5)) + plus(0.5)', stdout: '19.5' },
      ],
      type: [
        {
          code: '#include <string>\nclass Animal {\n public:\n  virtual ~Animal() = default;\n  virtual std::string sound() const = 0;\n};\ntemplate <class T> struct Pair { T first, second; T sum() const { return first + second; } };',
        },
        {
          code: 'class Dog : public Animal {\n public:\n  std::string sound() const override;\n};\nstd::string Dog::sound() const { return "woof"; }\nPair<int> numbers{3, 4};',
        },
        { code: 'Dog().sound() + std::to_string(numbers.sum())', stdout: '"woof7"' },
      ],
      import: [
        { code: '#include <algorithm>\n#include <vector>\nusing std::vector;\nnamespace names = std;' },
        {
          code: 'vector<int> sorted{3, 1, 2}; names::sort(sorted.begin(), sorted.end());\nsorted',
          stdout: '{1, 2, 3}',
        },
      ],
      redefinition: [
        {
          code: 'int kind() { return 1; }\nint says() { return kind(); }\ntemplate <class T> T same(T t) { return t; }',
        },
        { code: 'says() + same(0)', stdout: '1' },
        { code: 'int kind() { return 2; }\ntemplate <class T> T same(T t) { return t + 40; }' },
        { code: 'says() + same(0)', stdout: '42' },
        { code: 'struct kind { double half = 0.5; };\nkind().half', stdout: '0.5' },
        { code: 'struct kind { int more = 1; double half = 0.25; };\nkind().half', stdout: '0.25' },
        { code: 'says()', stdout: '2' },
      ],
      halfway: [
        {
          code: '#include <stdexcept>\nint reached = 1;\nreached = 2;\nthrow std::runtime_error("no further");\nreached = 3;\nint beyond = 4;',
          exitCode: 1,
          stderr: /std::runtime_error.*\n.*no further/,
        },
        { code: 'reached', stdout: '2' },
        { code: 'beyond', exitCode: 1, stderr: /beyond/ },
      ],
    },
    errors: [
      {
        before: { code: 'int survivor = 11;' },
        code: 'int fine = 1;\n\nint broken = fine + undefined_name;\n',
        line: 3,
        stderr:
          /^<cell \d+>:3:21: error: .*undefined_name.*\n {4}int broken = fine \+ undefined_name;\n {24}\^/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: '#include <vector>\nstd::vector<int> numbers_of_it;\nnumbers_of_it.push(3);',
        line: 3,
        stderr: /^<cell \d+>:3:15: error: .*std::vector<int>.*\n {4}numbers_of_it.push\(3\);\n/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'int calls_nothing(double);\nsurvivor = calls_nothing(1);',
        line: 2,
        stderr: /undefined reference to 'calls_nothing\(double\)'/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
    ],
    streams: {
      code: '#include <iostream>\nstd::cout << "to out" << std::endl;\nstd::cerr << "to err" << std::endl;',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      '#include <iostream>\n#include <unistd.h>\nstd::cout << "first\\n";\nwhile (access("go-on", F_OK) != 0) usleep(1000);\nstd::cout << "second\\n";',
    utf8: [
      {
        code: '#include <iostream>\nstd::string city = "Łódź"; // żółć\nstd::cout << city << " 東京 🚀\\n";',
        stdout: 'Łódź 東京 🚀',
      },
      { code: 'int żółć = 4;\nR"x(😀 "quoted")x"', stdout: '"😀 \\"quoted\\""' },
    ],
    input: {
      questions: [
        {
          code: '#include <iostream>\n#include <string>\nstd::string name;\nstd::cout << "Your name? ";\nstd::getline(std::cin, name);\nstd::cout << "Hello, " << name << std::endl;',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: '#include <iostream>\nint one, two;\nstd::cout << "Two numbers: ";\nstd::cin >> one;\nstd::cout << "and? ";\nstd::cin >> two;\none + two',
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
        {
          code: '#include <cstdio>\nchar word[100];\nprintf("A word: ");\nscanf("%99s", word);\nword',
          answers: ['yes and more that nobody reads'],
          stdout: 'A word: "yes"',
        },
      ],
      cancelled: {
        code: '#include <iostream>\nstd::string answer;\nstd::cout << "Name? ";\nstd::cin >> answer;\nstd::cout << "got " << answer;',
        stderr: 'interrupted',
      },
    },
    interrupt: {
      before: { code: 'int kept = 17;' },
      loop: {
        code: '#include <iostream>\nint counted = 0;\nstd::cout << "begun" << std::endl;\nfor (;;) counted++;',
        stderr: 'interrupted',
      },
      sleep: {
        code: '#include <chrono>\n#include <iostream>\n#include <thread>\nstd::cout << "begun" << std::endl;\nstd::this_thread::sleep_for(std::chrono::hours(1));\nstd::cout << "over";',
        stderr: 'interrupted',
      },
      read: {
        code: '#include <iostream>\n#include <unistd.h>\nint ends[2];\npipe(ends);\nstd::cout << "begun" << std::endl;\nchar byte;\nread(ends[0], &byte, 1);',
        stderr: 'interrupted',
      },
      after: { code: 'kept', stdout: '17' },
    },
    exits: {
      before: { code: 'int stays = 11;' },
      requests: [
        {
          code: '#include <cstdlib>\n#include <iostream>\nstd::cout << "leaving";\nstd::exit(3);\nstd::cout << "not left";',
          exitCode: 3,
          stdout: 'leaving',
        },
        { code: '#include <cstdlib>\nexit(0);', exitCode: 0 },
        {
          code: '#include <iostream>\nint main() {\n  std::cout << "a whole program\\n";\n  return 5;\n}',
          exitCode: 5,
          stdout: 'a whole program',
        },
        { code: '#include <unistd.h>\n_exit(9);', exitCode: 9, stderr: /exit code 9/ },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'int first = 1; first++;\nint added(int n) { return n + first; }\nfor (int i : {1, 2}) first = added(first) * i;\nauto last = first * 10; last',
        stdout: '160',
      },
      {
        code: '#include <iostream>\n#include <utility>\nauto [low, high] = std::make_pair(1, "two"); const int size = 3; int row[size] = {low}, *into = &row[1];\n*into = 5; if (row[1] > 3) std::cout << high << "\\n"; else std::cout << "less\\n";\nenum class Color { red, green }; Color c = Color::green; using Row = int[size];\nrow',
        stdout: 'two\n{1, 5, 0}',
      },
    ],
    megabyte: '#include <iostream>\nfor (int i = 1; i <= 170000; i++) std::cout << i << "\\n";',
    completions: [
      { define: 'int fruit_basket = 2;', code: 'int x = fruit_ba|', includes: ['fruit_basket'] },
      {
        define: 'class Tree { public: int height; int hue() const { return 1; } Tree *left; }; Tree oak;',
        code: 'oak.h|',
        includes: ['oak.height', 'oak.hue'],
        excludes: ['oak.left'],
      },
      { code: 'oak.left->lef|', includes: ['oak.left->left'] },
      {
        define: '#include <vector>\nstd::vector<int> several_of_them;',
        code: 'several_of_them.push_b|',
        includes: ['several_of_them.push_back'],
      },
      { code: 'std::vec|', includes: ['std::vector'] },
      { code: 'templ|', includes: ['template'] },
    ],
    incomplete: [
      'while (true) {',
      'int f(int a',
      'int x =',
      '#include <iostream>\nstd::cout << "open',
      '/* open',
      'R"(open',
      'class Half {',
      'if (1)',
      '6 *',
    ],
    crash: {
      code: '#include <iostream>\nstd::cout << "begun" << std::endl;\nbefore_it = 2;\n*(volatile int *)0 = 1;',
      signal: 'SIGSEGV',
      contextKept: true,
      before: { code: 'int before_it = 1;' },
      after: { code: 'before_it + 0', stdout: '1' },
    },
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'every *.cpp, *.cc and *.cxx becomes one program',
        files: {
          'main.cpp':
            '#include <iostream>\n#include <cmath>\nint beside();\nint further();\nint main() { std::cout << beside() + further() << " " << std::sqrt(beside()) << "\\n"; }',
          'beside.cc': 'int beside() { return 16; }',
          'further.cxx': 'int further() { return 1; }',
        },
        creates: ['main'],
        stdout: '17 4',
      },
      {
        promise: 'a Makefile says how',
        needs: 'make',
        files: {
          Makefile: 'main: other.cpp\n\tc++ -DWORD=\\"made\\" -o main other.cpp\nclean:\n\t@rm -f main\n',
          'other.cpp': '#include <iostream>\nint main() { std::cout << WORD << std::endl; }',
        },
        creates: ['main'],
        stdout: 'made',
      },
    ],
    missingMain: /main.*\*\.cpp, \*\.cc, \*\.cxx/,
    input: {
      promise: 'a program asks its user',
      files: {
        'main.cpp':
          '#include <iostream>\n#include <string>\nint main() { std::string name; std::cout << "Name? "; std::cin >> name; std::cout << "Hello, " << name << "\\n"; }',
      },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: {
        'main.cpp':
          '#include <iostream>\nint main() { std::cout << "out\\n"; std::cerr << "err\\n"; return 7; }',
      },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
    broken: {
      promise: 'what does not compile is not run',
      files: { 'main.cpp': 'int main() { return nowhere; }' },
      stderr: /nowhere/,
    },
  },
}

export default cpp
