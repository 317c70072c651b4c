import type { ExtraSample } from '../conformance/samples.ts'

export const extras: readonly ExtraSample[] = [
  {
    promise: 'a moved value is gone, and rustc says it in its own words',
    cells: [
      { code: 'let parcel = String::from("parcel"); let copied = 3;' },
      { code: 'let received = parcel; let again = copied;' },
      {
        code: 'println!("{}", parcel)',
        exitCode: 1,
        stderr:
          /^error\[E0382\]: use of moved value: `parcel`\n *--> <cell \d+>:1:16\n(.*\n)*.*`parcel` was moved in <cell \d+>/,
      },
      { code: '(received, copied)', stdout: '("parcel", 3)' },
      { code: 'let parcel = 1; parcel', stdout: '1' },
    ],
  },
  {
    promise: 'a value moved twice in a cell is an error of that cell alone',
    cells: [
      { code: 'let only = vec![1];' },
      { code: 'let a = only;\nlet b = only;', exitCode: 1, stderr: /E0382\].*`only`\n *--> <cell \d+>:2:9/ },
      { code: 'only', stdout: '[1]' },
    ],
  },
  {
    promise: 'a panic takes what the cell had moved, and nothing else',
    cells: [
      { code: 'let carried = vec![1]; let mut counter = 0; let other = String::from("o");' },
      {
        code: 'counter += 1;\nlet inner = carried;\nassert!(inner.is_empty(), "not empty: {}", other);',
        exitCode: 1,
        stderr: /<cell \d+>:3:1:\nnot empty: o/,
      },
      { code: '(counter, other)', stdout: '(1, "o")' },
      { code: 'carried', exitCode: 1, stderr: /E0382/ },
    ],
  },
  {
    promise: 'what borrows ends with its cell, and a later one is told why',
    cells: [
      { code: 'let mut owner = vec![3, 1, 2];' },
      {
        code: 'let smallest = owner.iter().min().unwrap();\nlet changed = &mut 5; *changed += 1;\nprintln!("{} {}", smallest, changed);\nlet text = &owner[..1]; text',
        stdout: '1 6\n[3]',
      },
      {
        code: 'smallest',
        exitCode: 1,
        stderr: /E0425(.*\n)*.*`smallest` of <cell \d+> ended with its cell: it borrows/,
      },
      { code: 'let lasting: &\'static str = "lasts"; owner.sort();' },
      { code: '(owner, lasting)', stdout: '([1, 2, 3], "lasts")' },
    ],
  },
  {
    promise: 'what is borrowed outlives the borrower',
    cells: [
      {
        code: 'let mut count = 0;\nlet mut more = || { count += 1; count };\nmore(); let lent = String::from("lent"); let mut refs = Vec::new(); refs.push(&lent); more()',
        stdout: '2',
      },
      { code: '(count, &lent)', stdout: '(2, "lent")' },
      { code: 'let by = &mut count; *by += 1;' },
      { code: 'count', stdout: '3' },
      { code: "let loan: &'static String = &lent;", exitCode: 1, stderr: /E0597.*`lent`/ },
      { code: 'lent', stdout: '"lent"' },
    ],
  },
  {
    promise: 'an immutable variable stays immutable',
    cells: [
      { code: 'let fixed = 1;' },
      { code: 'fixed = 2;', exitCode: 1, stderr: /error\[E0\d+\].*`fixed`/ },
      { code: 'let mut fixed = fixed + 1;' },
      { code: 'fixed += 1; fixed', stdout: '3' },
    ],
  },
  {
    promise: 'closures outlive their cell, with what they have captured',
    cells: [
      {
        code: 'let base = 10; let add = move |n: i32| n + base;\nlet mut total = 0; let mut count = move || { total += 1; total };\nlet word = String::from("w"); let once = move || word;',
      },
      { code: 'count(); (add(1), count())', stdout: '(11, 2)' },
      { code: 'count()', stdout: '3' },
      { code: 'once()', stdout: '"w"' },
      { code: 'once()', exitCode: 1, stderr: /E0382/ },
      { code: 'fn half(n: i32) -> i32 { n / 2 }\nlet by_name = half;' },
      { code: 'by_name(8)', stdout: '4' },
    ],
  },
  {
    promise: 'generics, boxed traits and shared values keep their types',
    cells: [
      {
        code: 'use std::cell::RefCell; use std::collections::HashMap; use std::rc::Rc;\n#[derive(Debug, Clone)] struct Pair<T> { first: T, second: T }\nimpl<T: Clone> Pair<T> { fn swapped(&self) -> Pair<T> { Pair { first: self.second.clone(), second: self.first.clone() } } }',
      },
      {
        code: 'let pair = Pair { first: "a", second: "b" };\nlet shared = Rc::new(RefCell::new(HashMap::<i32, Pair<&str>>::new()));\nlet other = shared.clone();\nlet printed: Box<dyn std::fmt::Debug> = Box::new(pair.clone());',
      },
      { code: 'shared.borrow_mut().insert(1, pair.swapped());' },
      { code: 'other.borrow()[&1].first', stdout: '"b"' },
    ],
  },
  {
    promise: 'statics, also those of functions and threads, are one for all cells',
    cells: [
      {
        code: 'use std::sync::atomic::{AtomicUsize, Ordering};\nstatic SEEN: AtomicUsize = AtomicUsize::new(40);\nfn next() -> usize { static CALLS: AtomicUsize = AtomicUsize::new(0); SEEN.fetch_add(1, Ordering::SeqCst); CALLS.fetch_add(1, Ordering::SeqCst) }\nthread_local! { static MINE: std::cell::Cell<u8> = std::cell::Cell::new(7); }',
      },
      { code: 'next(); MINE.with(|mine| mine.set(8));' },
      { code: 'next(); next()', stdout: '2' },
      { code: '(SEEN.load(Ordering::SeqCst), MINE.with(|mine| mine.get()))', stdout: '(43, 8)' },
    ],
  },
  {
    promise: 'a type that is defined anew takes its variables with it, and items that no longer fit',
    cells: [
      {
        code: '#[derive(Debug)] struct Point { x: i32 }\nimpl Point { fn norm(&self) -> i32 { self.x.abs() } }\nfn origin() -> Point { Point { x: 0 } }',
      },
      { code: 'let old = origin(); old.norm()', stdout: '0' },
      {
        code: '#[derive(Debug)] struct Point { x: f64, y: f64 }',
        stderr: /note: `.*norm` of <cell \d+> no longer fits|note: `fn origin` of <cell \d+> no longer fits/,
      },
      { code: 'old', exitCode: 1, stderr: /`old` is gone since <cell \d+>, which defines its type anew/ },
      { code: 'Point { x: 1.0, y: 2.0 }', stdout: 'Point { x: 1.0, y: 2.0 }' },
    ],
  },
  {
    promise: 'a program pasted whole runs its main, whose error is shown',
    cells: [
      {
        code: '#![allow(dead_code)]\nuse std::fmt;\nstruct Name(String);\nimpl fmt::Display for Name { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, "<{}>", self.0) } }\nfn main() {\n    println!("{}", Name("it".to_string()));\n}',
        stdout: '<it>',
      },
      {
        code: 'fn main() -> Result<(), std::num::ParseIntError> {\n    let n: i32 = "x".parse()?;\n    println!("{}", n);\n    Ok(())\n}',
        exitCode: 1,
        stderr: /^Error: ParseIntError/,
      },
    ],
  },
  {
    promise: 'a question mark ends a cell with its error',
    cells: [
      { code: 'let parsed: i32 = "12".parse()?; parsed', stdout: '12' },
      { code: 'let parsed: i32 = "x".parse()?;', exitCode: 1, stderr: /^Error: ParseIntError/ },
      { code: 'parsed', stdout: '12' },
    ],
  },
  {
    promise: 'a stack that overflows, and an abort, lose their own cell alone',
    cells: [
      {
        code: 'let mut deep = 1; fn descend(n: u64) -> u64 { let frame = [n; 100]; if n == 0 { 0 } else { descend(n + 1) + frame[3] } }',
      },
      { code: 'deep = 2; descend(1)', exitCode: 134, stderr: /overflowed its stack(.*\n)*.*SIGABRT/ },
      { code: 'deep = 3; std::process::abort()', exitCode: 134, stderr: /SIGABRT/ },
      { code: 'deep', stdout: '1' },
    ],
  },
  {
    promise: 'output without a newline is there before what follows it',
    cells: [
      {
        code: 'print!("no newline"); std::thread::sleep(std::time::Duration::from_millis(1)); eprint!("after");',
        stdout: 'no newline',
        stderr: 'after',
      },
      { code: 'use std::io::Write; write!(std::io::stdout(), "at the end").unwrap();', stdout: 'at the end' },
    ],
  },
  {
    promise: 'dbg! names the place in the cell, and gives its value back',
    cells: [
      { code: 'let shown = 1;\ndbg!(shown + 1)', stdout: '2', stderr: /\[<cell \d+>:2:1\] shown \+ 1 = 2/ },
    ],
  },
  {
    promise: 'threads of a cell go on behind it',
    cells: [
      {
        code: 'use std::sync::mpsc; let (sender, receiver) = mpsc::channel(); let worker = std::thread::spawn(move || { for i in 0..3 { sender.send(i).unwrap(); } 9 });',
      },
      { code: 'receiver.iter().sum::<i32>()', stdout: '3' },
      { code: 'worker.join().unwrap()', stdout: '9' },
    ],
  },
  {
    promise: 'a cell of comments alone is no error, nor are line ends of Windows',
    cells: [
      { code: '// nothing\n/* at all */', stdout: '' },
      { code: 'let windows = 1;\r\nwindows + 1\r\n', stdout: '2' },
    ],
  },
]
