/** What a session of C++ promises beyond the list. */
import type { ExtraSample } from '../conformance/samples.ts'

const UNDONE = /what it changed is undone, all before it is kept/

const extras: ExtraSample[] = [
  {
    promise: 'lambdas capture whatever they name, also where nothing is around them',
    cells: [
      {
        code: '#include <functional>\nint captured = 3;\nstd::function<int(int)> factorial = [&](int n) { return n < 2 ? 1 : n * factorial(n - 1); };\nstd::function<int()> copied = [captured] { return captured; };',
      },
      { code: 'captured = 7; copied() * 1000 + factorial(5)', stdout: '3120' },
      {
        code: 'auto nested = [&](int x) {\n  auto inner = [&](int y) { return x + y + captured; };\n  return inner(1);\n};\nnested(10)',
        stdout: '18',
      },
      { code: 'auto counter = [n = 0]() mutable { return ++n; }; counter()', stdout: '1' },
      { code: 'counter()', stdout: '2' },
      {
        code: 'auto broken = [](int x) {\n  return x + nowhere;\n};',
        exitCode: 1,
        stderr: /<cell \d+>:2:\d+: error: .*nowhere/,
      },
    ],
  },
  {
    promise: 'templates, their classes and their static variables are the same ones in all cells',
    cells: [
      {
        code: 'template <class T> struct Counted { static int made; T value; Counted(T v) : value(v) { made++; } };\ntemplate <class T> int Counted<T>::made = 0;\nCounted<int> one(1);',
      },
      { code: 'Counted<int> two(2); Counted<int>::made', stdout: '2' },
      { code: 'template <class T> T twice(T x) { return x + x; }\ntwice(21)', stdout: '42' },
      { code: 'twice(1.25)', stdout: '2.5' },
    ],
  },
  {
    promise: 'objects are made once, and destroyed where their code says so',
    cells: [
      {
        code: '#include <cstdio>\n#include <memory>\nstruct Noisy { int id; Noisy(int i) : id(i) { printf("made %d\\n", id); } ~Noisy() { printf("gone %d\\n", id); } };\nstatic Noisy lasting(1);\n{ Noisy passing(2); }\nauto held = std::make_unique<Noisy>(3);',
        stdout: 'made 1\nmade 2\ngone 2\nmade 3',
      },
      { code: 'held.reset(); lasting.id', stdout: 'gone 3\n1' },
    ],
  },
  {
    promise: 'a class that is defined again leaves objects of the old one as they are',
    cells: [
      {
        code: '#include <memory>\nstruct Shape { virtual double area() const = 0; virtual ~Shape() {} };\nstruct Square : Shape { double side; Square(double s) : side(s) {} double area() const override { return side * side; } };\nstd::shared_ptr<Shape> old = std::make_shared<Square>(3);',
      },
      {
        code: 'struct Square : Shape { double side; Square(double s) : side(s) {} double area() const override { return 10 * side * side; } };\nSquare(3).area() + old->area()',
        stdout: '99.0',
      },
    ],
  },
  {
    promise: 'overloads stand beside each other, and one that is said again takes its own place',
    cells: [
      {
        code: 'int over(int) { return 1; }\nint over(double) { return 2; }\nover(1) * 10 + over(1.0)',
        stdout: '12',
      },
      { code: 'int over(int) { return 5; }\nover(1) * 10 + over(1.0)', stdout: '52' },
    ],
  },
  {
    promise: 'namespaces, aliases, structured bindings and references are kept',
    cells: [
      {
        code: '#include <utility>\nnamespace near { int x = 7; namespace inner { int y() { return x + 1; } } }\nusing near::inner::y;\nauto [left, right] = std::make_pair(1, 2.5);\nint seen_by = 4; int &reference = seen_by;',
      },
      { code: 'reference = 6; y() + left + right + seen_by', stdout: '17.5' },
    ],
  },
  {
    promise: 'an exception in another thread loses its cell, and nothing else',
    cells: [
      { code: '#include <thread>\n#include <stdexcept>\nint survivor = 8;' },
      {
        code: 'survivor = 9;\nstd::thread thrower([] { throw std::runtime_error("far away"); });\nthrower.join();',
        exitCode: 134,
        stderr: UNDONE,
      },
      { code: 'survivor', stdout: '8' },
    ],
  },
]

export default extras
