//! The crate that a cell becomes: text, and whose each of its lines is.

/// Lines of the generated file that are the user's.
pub struct Stretch {
    pub first: usize,
    pub count: usize,
    pub cell: usize,
    pub line: usize,
    /// The item of an earlier cell that they are part of, by its place in the list that was given.
    pub item: Option<usize>,
}

/// What a generated line is there for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Role {
    /// A variable comes out of its slot.
    Take(usize),
    /// A value goes into its slot.
    Put(usize),
}

pub struct Source {
    pub text: String,
    line: usize,
    stretches: Vec<Stretch>,
    roles: Vec<(usize, Role)>,
}

impl Source {
    pub fn new() -> Source {
        Source { text: String::new(), line: 1, stretches: Vec::new(), roles: Vec::new() }
    }

    pub fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.line += text.matches('\n').count() + 1;
    }

    pub fn add_for(&mut self, role: Role, text: &str) {
        self.roles.push((self.line, role));
        self.add(text);
    }

    /// A part of a cell's text, in the columns that it has there.
    pub fn add_part(&mut self, part: &Part, item: Option<usize>) {
        let count = part.text.matches('\n').count() + 1;
        self.stretches.push(Stretch { first: self.line, count: count, cell: part.cell, line: part.line, item: item });
        let text = " ".repeat(part.column) + &part.text;
        self.add(&text);
    }

    pub fn stretch_at(&self, line: usize) -> Option<&Stretch> {
        self.stretches.iter().filter(|stretch| stretch.first <= line && line < stretch.first + stretch.count).next()
    }

    pub fn role_at(&self, line: usize) -> Option<Role> {
        self.roles.iter().filter(|role| role.0 == line).map(|role| role.1).next()
    }

    /// For the hook of panics: the first line and how many, the cell and its line.
    pub fn map(&self) -> String {
        let lines: Vec<String> = self.stretches.iter().map(|s| format!("{} {} {} {}\n", s.first, s.count, s.cell, s.line)).collect();
        lines.concat()
    }
}

/// Text of a cell, and where it stood.
#[derive(Clone, Debug)]
pub struct Part {
    pub text: String,
    pub cell: usize,
    /// From 1.
    pub line: usize,
    /// In letters, from 0.
    pub column: usize,
    /// It begins with a static.
    pub is_static: bool,
}

impl Part {
    pub fn of(source: &str, start: usize, end: usize, cell: usize) -> Part {
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Part {
            text: source[start..end].to_string(),
            cell: cell,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count(),
            is_static: false,
        }
    }
}
