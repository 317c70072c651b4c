//! A cell on its way to a crate. Its function takes the variables that the cell names out of their slots, runs the
//! cell's statements in segments that end with a `let` each, and puts all that is left back:
//!
//!     let mut total: i32 = __take(0, s);
//!     if let Some((mut list,)) = __run(status, || {
//!         let mut list = vec![total];
//!         (list,)
//!     }) {
//!         __run(status, || { total += 1; panic!(); });
//!         let mut k = Some(list); __put(1, s, &mut k);
//!     }
//!     let mut k = Some(total); __put(0, s, &mut k);
//!
//! So a panic leaves what the segments before it made, and what it had not moved itself. rustc says which values
//! cannot be put back: those that the cell has moved, and those that borrow from it.
use compiler::Compiler;
use frame::{self, closing, opening, written};
use items::Item;
use pieces::{self, Binding, Piece, PieceKind};
use source::{Part, Role, Source};
use tokens::Tokens;

/// A variable that the cell takes, or makes.
#[derive(Clone, Debug)]
pub struct Place {
    pub binding: Binding,
    pub number: usize,
    /// Of one that is taken: its type.
    pub declared: Option<String>,
    /// Of one that is made by `let`: how many parameters, if its value is a closure.
    pub closure: Option<usize>,
    pub segment: usize,
    /// Of one that is taken: the new one of its name.
    pub replaced_by: Option<usize>,
}

/// How a value is put in its slot.
#[derive(Clone, PartialEq, Debug)]
pub enum Way {
    Plain,
    /// Behind `dyn Fn`, `dyn FnMut` or `dyn FnOnce`: 0, 1 or 2.
    Boxed(usize),
    /// A function's own type has no name: it becomes a pointer to it.
    As(String),
    /// It is gone, or cannot be kept.
    Dropped,
}

pub struct Cell<'a> {
    pub number: usize,
    pub tokens: &'a Tokens<'a>,
    pub pieces: Vec<Piece>,
    pub places: Vec<Place>,
    pub ways: Vec<Way>,
    /// How many end with a `let`, so that a panic keeps what came before; none where that cannot be.
    pub segments: usize,
    /// A macro at the end that is a statement, not an expression.
    pub tail_is_statement: bool,
    /// No library with this std in it has set the hook of panics yet.
    pub sets_hook: bool,
}

const KINDS: &'static [&'static str] = &["Fn", "FnMut", "FnOnce"];

impl<'a> Cell<'a> {
    pub fn has_statements(&self) -> bool {
        self.pieces.iter().any(|piece| piece.kind != PieceKind::Item && piece.kind != PieceKind::Attribute)
    }

    fn part(&self, piece: &Piece) -> Part {
        let list = &self.tokens.list;
        Part::of(self.tokens.source, list[piece.start].start, list[piece.end - 1].end, self.number)
    }

    /// The whole crate. `older` are the items of earlier cells; `runs_main`: the cell is a program.
    pub fn generate(&self, compiler: &Compiler, older: &[&Item], runs_main: bool) -> Source {
        let mut source = Source::new();
        for piece in self.pieces.iter().filter(|piece| piece.kind == PieceKind::Attribute) {
            source.add_part(&self.part(piece), None);
        }
        frame::add_prelude(&mut source, compiler, self.sets_hook);
        for is_macro in &[true, false] {
            for (index, item) in older.iter().enumerate().filter(|pair| pair.1.is_macro() == *is_macro) {
                frame::add_item(&mut source, &item.parts, item, Some(index));
            }
        }
        self.add_items(&mut source);
        self.add_boxes(&mut source, compiler);
        self.add_function(&mut source, compiler, runs_main);
        source
    }

    fn add_items(&self, source: &mut Source) {
        for piece in self.pieces.iter().filter(|piece| piece.kind == PieceKind::Item) {
            let parts = ::items::parts_of(self.tokens, piece.start, piece.end, self.number);
            frame::add_parts(source, &parts, self.number, None);
        }
    }

    /// Closures have types without a name: they are kept as `Box<dyn Fn(..) -> ..>`.
    fn add_boxes(&self, source: &mut Source, compiler: &Compiler) {
        for (place, way) in self.places.iter().zip(&self.ways) {
            if let Way::Boxed(kind) = *way {
                let letters: Vec<String> = (0..place.closure.unwrap_or(0)).map(|at| format!("A{}, ", at)).collect();
                let given = letters.concat();
                let kind = format!("{}({}) -> R", KINDS[kind], given);
                source.add(&format!("fn __box_{}<{}R, F: {} + 'static>(f: F) -> ::std::boxed::Box<{}{}> {{ ::std::boxed::Box::new(f) }}", place.number, given, kind, compiler.dyn_word(), kind));
            }
        }
    }

    fn add_function(&self, source: &mut Source, compiler: &Compiler, runs_main: bool) {
        source.add("#[no_mangle] pub extern \"C\" fn krunner_cell(__s: *mut *mut u8) -> i32 {");
        source.add(if self.sets_hook { "__show_panics();" } else { "" });
        source.add("let __status = &::std::cell::Cell::new(0);");
        for (index, place) in self.places.iter().enumerate() {
            if let Some(ref declared) = place.declared {
                source.add_for(Role::Take(index), &format!("let {}: {} = __take({}, __s);", written(&place.binding), declared, place.number));
            }
        }
        self.add_segments(source, compiler, runs_main);
        for index in (0..self.places.len()).rev().filter(|&index| self.places[index].declared.is_some()) {
            self.add_put(source, index);
        }
        for place in &self.places {
            if let (Some(newer), &Some(ref declared)) = (place.replaced_by, &place.declared) {
                source.add(&format!("__replace::<{}>({}, __s, {});", declared, place.number, newer));
            }
        }
        source.add("let _ = ::std::io::Write::flush(&mut ::std::io::stdout()); __status.get() }");
    }

    fn add_segments(&self, source: &mut Source, compiler: &Compiler, runs_main: bool) {
        let last = self.segments;
        let pieces = |segment: usize| self.pieces_of(segment);
        for segment in 0..last {
            let made = self.made_in(segment);
            let names: Vec<String> = made.iter().map(|&index| self.places[index].binding.name.clone() + ",").collect();
            let patterns: Vec<String> = made.iter().map(|&index| written(&self.places[index].binding) + ",").collect();
            let tries = self.tries(&pieces(segment));
            source.add(&format!("if let ::std::option::Option::Some(({})) = {}", patterns.concat(), opening(tries, compiler)));
            self.add_pieces(source, &pieces(segment));
            source.add(&closing(tries, &format!("({})", names.concat())));
            source.add("{");
        }
        let tries = self.tries(&pieces(last));
        source.add(&opening(tries, compiler));
        self.add_pieces(source, &pieces(last));
        if runs_main {
            source.add("if !__End::__end(main()) { __status.set(1); }");
        }
        for index in self.made_in(last).into_iter().rev() {
            self.add_put(source, index);
        }
        source.add(&(closing(tries, "()") + ";"));
        for segment in (0..last).rev() {
            for index in self.made_in(segment).into_iter().rev() {
                self.add_put(source, index);
            }
            source.add("}");
        }
    }

    fn pieces_of(&self, segment: usize) -> Vec<&Piece> {
        let mut pieces = Vec::new();
        let mut current = 0;
        for piece in &self.pieces {
            if piece.kind == PieceKind::Item || piece.kind == PieceKind::Attribute {
                continue;
            }
            if current == segment {
                pieces.push(piece);
            }
            if piece.kind == PieceKind::Let && current < self.segments {
                current += 1;
            }
        }
        pieces
    }

    /// Of those of one name only the last is the variable.
    fn made_in(&self, segment: usize) -> Vec<usize> {
        let segment = |place: &Place| ::std::cmp::min(place.segment, self.segments) == segment;
        (0..self.places.len())
            .filter(|&index| {
                let place = &self.places[index];
                let is_hidden = self.places[index + 1..].iter().any(|later| later.binding.name == place.binding.name && segment(later));
                place.declared.is_none() && segment(place) && !is_hidden
            })
            .collect()
    }

    fn tries(&self, pieces: &[&Piece]) -> bool {
        pieces.iter().any(|piece| (piece.start..piece.end).any(|at| self.tokens.text(at) == "?"))
    }

    fn add_pieces(&self, source: &mut Source, pieces: &[&Piece]) {
        for piece in pieces {
            let is_shown = piece.kind == PieceKind::Tail && !self.tail_is_statement;
            if is_shown {
                source.add("{ let __v = &");
                source.add_behind("(", &self.part(piece), None);
                source.add("); (&__Shown(__v)).__show(); }");
                continue;
            }
            source.add_part(&self.part(piece), None);
            if self.tokens.text(piece.end - 1) != "}" {
                source.add(";");
            }
        }
    }

    /// The variable that may borrow at this line and column: one that the statement there makes, or speaks of first.
    /// It is not the `lender`.
    pub fn borrower_at(&self, line: usize, column: usize, lender: &str) -> Option<usize> {
        let lines = self.tokens.source.split('\n').take(line - 1);
        let start: usize = lines.map(|line| line.len() + 1).sum();
        let at = start + self.tokens.source[start..].chars().take(column - 1).map(|letter| letter.len_utf8()).sum::<usize>();
        let list = &self.tokens.list;
        let piece = match self.pieces.iter().filter(|piece| list[piece.start].start <= at && at < list[piece.end - 1].end).next() {
            Some(piece) => piece,
            None => return None,
        };
        (piece.head..piece.end)
            .filter(|&token| self.tokens.text(token) != lender)
            .filter_map(|token| {
                let name = self.tokens.text(token);
                (0..self.places.len()).rev().filter(|&index| self.places[index].declared.is_none() && self.ways[index] != Way::Dropped && self.places[index].binding.name == name).next()
            })
            .next()
    }

    fn add_put(&self, source: &mut Source, index: usize) {
        let place = &self.places[index];
        let name = &place.binding.name;
        let value = match self.ways[index] {
            Way::Plain => name.clone(),
            Way::Boxed(_) => format!("__box_{}({})", place.number, name),
            Way::As(ref pointer) => format!("{} as {}", name, pointer),
            Way::Dropped => return,
        };
        source.add_for(Role::Put(index), &format!("let mut __k = __some({}); __put({}, __s, &mut __k);", value, place.number));
    }
}

/// The variables that the cell makes, and how many segments its statements have but for the last.
pub fn read_lets(tokens: &Tokens, pieces: &[Piece]) -> (Vec<Place>, usize) {
    let (mut places, mut segment, mut may_split) = (Vec::new(), 0, true);
    for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Let) {
        let read = pieces::read_let(tokens, piece);
        // What is declared without a value gets it in a later statement.
        may_split = may_split && read.has_value;
        for binding in read.bindings {
            places.push(Place { binding: binding, number: 0, declared: None, closure: read.closure, segment: segment, replaced_by: None });
        }
        if may_split {
            segment += 1;
        }
    }
    (places, segment)
}
