import type { Samples } from '../conformance/samples.ts'
import { batch } from './rust-batch.ts'
import { extras } from './rust-extras.ts'

const OURS = /__|krunner|session\.rs|\/driver/
const UNDONE = /interrupted: the cell was ended/
const READ_LINE = 'let mut line = String::new();\nstd::io::stdin().read_line(&mut line).unwrap();'

const rust: Samples = {
  runtime: 'rust',
  query: {
    language: /^Rust 1\.\d+/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: 'String::from("two") + " words"', stdout: '"two words"' },
      { code: 'vec![Some(1.5), None]', stdout: '[Some(1.5), None]' },
      { code: "let pair = (1, 'x');\npair", stdout: "(1, 'x')" },
      { code: 'if 1 < 2 { "less" } else { "more" }', stdout: '"less"' },
      { code: 'struct Silent;\nSilent', stdout: /type .*Silent/ },
    ],
    quiet: 'let quiet = 5;',
    context: {
      variable: [
        { code: 'let mut apples = vec![3]; let pears = 1.5;' },
        { code: 'apples.push(4);' },
        { code: 'apples.len() as f64 + pears', stdout: '3.5' },
      ],
      function: [
        { code: 'fn twice(n: i32) -> i32 {\n    2 * n\n}\nfn thrice(n: i32) -> i32 { n + twice(n) }' },
        { code: 'let plus = move |n: i32| n + twice(1);' },
        { code: 'plus(thrice(5))', stdout: '17' },
      ],
      type: [
        {
          code: 'trait Animal { fn sound(&self) -> String; fn twice(&self) -> String { self.sound() + &self.sound() } }\n#[derive(Debug, Clone, PartialEq)]\nenum Size { Small, Large(u32) }',
        },
        {
          code: 'struct Dog { size: Size }\nimpl Animal for Dog { fn sound(&self) -> String { format!("{:?}", self.size) } }\nlet dog = Dog { size: Size::Large(3) };',
        },
        { code: 'impl Dog { fn is_small(&self) -> bool { self.size == Size::Small } }' },
        { code: '(dog.twice(), dog.is_small())', stdout: '("Large(3)Large(3)", false)' },
      ],
      import: [
        { code: 'use std::collections::{BTreeMap, HashSet as Names};' },
        {
          code: 'let mut prices = BTreeMap::new(); prices.insert("apple", 3);\nlet names: Names<&str> = prices.keys().cloned().collect();',
        },
        { code: '(&prices, names)', stdout: '({"apple": 3}, {"apple"})' },
      ],
      redefinition: [
        { code: 'fn kind() -> i32 { 1 }\nfn says() -> i32 { kind() }\nlet value = "text";' },
        { code: 'says()', stdout: '1' },
        { code: 'fn kind() -> i32 { 2 }\nlet value = 2.5;' },
        { code: '(says(), value)', stdout: '(2, 2.5)' },
        {
          code: '#[derive(Debug)] struct Shape { side: i32 }\nimpl Shape { fn area(&self) -> i32 { self.side } }',
        },
        {
          code: 'impl Shape { fn area(&self) -> i32 { self.side * self.side } }\nShape { side: 3 }.area()',
          stdout: '9',
        },
      ],
      halfway: [
        {
          code: 'let mut reached = 1;\nreached = 2;\nlet made = String::from("made");\npanic!("no further");\nreached = 3;\nlet beyond = 4;',
          exitCode: 1,
          stderr: /panicked at .*<cell \d+>:4:1:\nno further/,
        },
        { code: '(reached, made)', stdout: '(2, "made")' },
        { code: 'beyond', exitCode: 1, stderr: /E0425.*beyond/ },
      ],
    },
    errors: [
      {
        before: { code: 'let survivor = 11;' },
        code: 'let fine = 1;\n\nlet broken = fine + undefined_name;\n',
        line: 3,
        stderr:
          /^error\[E0425\]: .*`undefined_name`.*\n *--> <cell \d+>:3:21\n *\|\n3 \| let broken = fine \+ undefined_name;\n *\| {21}\^/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'fn first() -> i32 { 1 }\nfn second() -> i32 {\n    "two"\n}',
        line: 3,
        stderr: /error\[E0308\]: mismatched types\n *--> <cell \d+>:3:5/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'let list = vec![1];\nlist[survivor]',
        line: 2,
        stderr:
          /panicked at .*<cell \d+>:2:1:\nindex out of bounds: the len is 1 but the index is 11|<cell \d+>:2/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
    ],
    streams: {
      code: 'println!("to out");\neprintln!("to err");',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'println!("first");\nwhile !std::path::Path::new("go-on").exists() { std::thread::sleep(std::time::Duration::from_millis(1)); }\nprintln!("second");',
    utf8: [
      {
        code: 'let city = "Łódź"; // żółć\nprintln!("{} 東京 🚀", city);',
        stdout: 'Łódź 東京 🚀',
      },
      { code: '(\'ż\', "😀 żółć".len())', stdout: "('ż', 13)" },
    ],
    input: {
      questions: [
        {
          code: `print!("Your name? ");\n${READ_LINE}\nprintln!("Hello, {}", line.trim());`,
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'fn number(prompt: &str) -> i32 {\n    print!("{}", prompt);\n    let mut line = String::new();\n    std::io::stdin().read_line(&mut line).unwrap();\n    line.trim().parse().unwrap()\n}\nnumber("One: ") + number("two: ")',
          answers: ['20', '22'],
          stdout: 'One: two: 42',
        },
      ],
      cancelled: { code: `print!("Name? ");\n${READ_LINE}\nprintln!("got {}", line);`, stderr: UNDONE },
    },
    interrupt: {
      before: { code: 'let kept = 17;' },
      loop: {
        code: 'println!("begun");\nlet mut counted = 0u64;\nloop { counted = counted.wrapping_add(1); }',
        stderr: UNDONE,
      },
      sleep: {
        code: 'println!("begun");\nstd::thread::sleep(std::time::Duration::from_secs(3600));\nprintln!("over");',
        stderr: UNDONE,
      },
      read: {
        code: 'let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();\nprintln!("begun");\nlistener.accept().unwrap();',
        stderr: UNDONE,
      },
      after: { code: 'kept', stdout: '17' },
    },
    exits: {
      before: { code: 'let stays = 11;' },
      requests: [
        { code: 'print!("leaving");\nstd::process::exit(3);', exitCode: 3, stdout: 'leaving' },
        { code: 'fn leave(code: i32) { std::process::exit(code) }\nleave(0)', exitCode: 0 },
        {
          code: 'fn main() {\n    println!("a whole program");\n    std::process::exit(5);\n}',
          exitCode: 5,
          stdout: 'a whole program',
        },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'let mut first = 1; first += 1;\nfn added(n: i32) -> i32 { n + BASE }\nfor i in 1..3 { first = added(first) * i; }\nconst BASE: i32 = 2;\nlet last = first * 10; last',
        stdout: '120',
      },
      {
        code: 'mod shapes { pub struct Square(pub f64); impl Square { pub fn area(&self) -> f64 { self.0 * self.0 } } }\nmacro_rules! twice { ($e:expr) => { $e + $e } }\nlet (low, high) = (1, "two"); if low > 3 { println!("{}", high) } else { println!("less") }\nuse shapes::Square;\ntwice!(Square(2.0).area())',
        stdout: 'less\n8.0',
      },
    ],
    megabyte: 'for i in 1..170001 { println!("{}", i); }',
    completions: [
      { define: 'let fruit_basket = 2;', code: 'let x = fruit_ba|', includes: ['fruit_basket'] },
      {
        define:
          'struct Tree { height: i32, left: Option<Box<Tree>> }\nimpl Tree { fn hue(&self) -> i32 { 1 } fn high(height: i32) -> Tree { Tree { height: height, left: None } } }\nlet oak = Tree::high(3);',
        code: 'oak.h|',
        includes: ['oak.height', 'oak.hue'],
        excludes: ['oak.left', 'oak.high'],
      },
      { code: 'Tree::hi|', includes: ['Tree::high'] },
      {
        define: 'enum Light { Red, Green(u8) }',
        code: 'let l = Light::|',
        includes: ['Light::Red', 'Light::Green'],
      },
      {
        define: 'let several_of_them = vec![1];',
        code: 'several_of_them.pus|',
        includes: ['several_of_them.push'],
      },
      { code: 'printl|', includes: ['println!'] },
    ],
    incomplete: [
      'while true {',
      'fn f(a: i32',
      'let x =',
      'println!("open',
      '/* open',
      'r#"open"',
      'struct Half {',
      'if true',
      '6 *',
    ],
    crash: {
      code: 'println!("begun");\nbefore_it = 2;\nunsafe { *(8 as *mut i32) = 1; }',
      signal: 'SIGSEGV',
      contextKept: true,
      before: { code: 'let mut before_it = 1;' },
      after: { code: 'before_it', stdout: '1' },
    },
    extras,
  },
  batch,
}

export default rust
