import type { BatchSamples } from '../conformance/samples.ts'

const CARGO = '[package]\nname = "parcel"\nversion = "0.1.0"\nedition = "2018"\n'

export const batch: BatchSamples = {
  projects: [
    {
      promise: 'a package of cargo is built, and its binary run',
      needs: 'cargo',
      files: {
        'Cargo.toml': CARGO,
        'src/main.rs': 'mod shapes;\nfn main() { println!("{}", shapes::area(4)); }',
        'src/shapes.rs': 'pub fn area(side: i32) -> i32 { side * side }',
      },
      creates: ['target'],
      stdout: '16',
    },
    {
      promise: 'main.rs and its modules become one program',
      files: {
        'main.rs': 'mod words;\nasync fn never() {}\nfn main() { println!("{}", words::both()); }',
        'words.rs': 'pub fn both() -> String { format!("{} {}", "two", "words") }',
      },
      creates: ['main'],
      stdout: 'two words',
    },
    {
      promise: 'src/main.rs serves as well',
      files: { 'src/main.rs': 'fn main() { println!("from src"); }' },
      creates: ['main'],
      stdout: 'from src',
    },
  ],
  missingMain: /Cargo\.toml, main\.rs or src\/main\.rs/,
  input: {
    promise: 'a program asks its user',
    files: {
      'main.rs':
        'use std::io::{self, Write};\nfn main() {\n    print!("Name? ");\n    io::stdout().flush().unwrap();\n    let mut name = String::new();\n    io::stdin().read_line(&mut name).unwrap();\n    println!("Hello, {}", name.trim());\n}',
    },
    answers: ['Ada'],
    stdout: 'Name? Hello, Ada',
  },
  exit: {
    promise: "a program's exit code is the step's",
    files: {
      'main.rs': 'fn main() { println!("out"); eprintln!("err"); std::process::exit(7) }',
    },
    stdout: 'out',
    stderr: 'err',
    exitCode: 7,
  },
  broken: {
    promise: 'what does not compile is not run',
    files: { 'main.rs': 'fn main() { nowhere() }' },
    stderr: /nowhere/,
  },
}
