//! The crate that a cell becomes: text, and whose each of its lines is.

/// Lines of the generated file that are the user's.
pub struct Stretch {
    pub first: usize,
    pub count: usize,
    pub cell: usize,
    pub line: usize,
    /// The item of an earlier cell that they are part of, by its place in the list that was given.
    pub item: Option<usize>,
    /// The first column, from 1, and how many letters of ours stand there in the first line.
    pub column: usize,
    pub shift: usize,
}

impl Stretch {
    /// The user's column for a generated one.
    pub fn column_of(&self, line: usize, column: usize) -> usize {
        if line == self.first && column > self.shift {
            ::std::cmp::max(column - self.shift, self.column)
        } else {
            column
        }
    }
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
        self.add_behind("", part, item);
    }

    /// The same behind a word of ours, which rustc may count as the part's first.
    pub fn add_behind(&mut self, word: &str, part: &Part, item: Option<usize>) {
        self.stretches.push(Stretch {
            first: self.line,
            count: part.text.matches('\n').count() + 1,
            cell: part.cell,
            line: part.line,
            item: item,
            column: part.column + 1,
            shift: word.len(),
        });
        let text = " ".repeat(part.column) + word + &part.text;
        self.add(&text);
    }

    pub fn stretch_at(&self, line: usize) -> Option<&Stretch> {
        self.stretches.iter().filter(|stretch| stretch.first <= line && line < stretch.first + stretch.count).next()
    }

    /// How many blanks a generated line begins with.
    pub fn indent_of(&self, line: usize) -> usize {
        let text = self.text.lines().nth(line - 1).unwrap_or("");
        text.chars().take_while(|letter| letter.is_whitespace()).count()
    }

    pub fn role_at(&self, line: usize) -> Option<Role> {
        self.roles.iter().filter(|role| role.0 == line).map(|role| role.1).next()
    }

    /// For the hook of panics, a line a stretch.
    pub fn map(&self) -> String {
        let mut map = String::new();
        for s in &self.stretches {
            map += &format!("{} {} {} {} {} {}\n", s.first, s.count, s.cell, s.line, s.column, s.shift);
        }
        map
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
