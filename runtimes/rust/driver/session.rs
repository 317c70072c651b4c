//! What lives from cell to cell: items as text, variables in the worker's slots, and why a name is gone.
use cell::{Cell, Place, Way};
use compiler::Build;
use items::{self, Item};
use pieces::{Binding, Piece, PieceKind};
use std::collections::BTreeSet;
use tokens::{self, Tokens};
use worker::MOST_VARIABLES;

#[derive(Clone, Debug)]
pub struct Variable {
    pub binding: Binding,
    pub number: usize,
    pub declared: String,
}

#[derive(Clone, Debug)]
pub enum Reason {
    Moved,
    Borrows,
    /// Its type, which no later cell could name.
    Unnamed(String),
    /// Its type was defined anew.
    Retyped,
}

pub struct Gone {
    pub name: String,
    pub reason: Reason,
    pub cell: usize,
}

pub struct Session {
    pub items: Vec<Item>,
    pub variables: Vec<Variable>,
    pub gone: Vec<Gone>,
    /// All cells' texts; a cell's number is its place.
    pub cells: Vec<String>,
    next_number: usize,
}

/// What a cell's definitions change.
pub struct Change {
    pub new: Vec<Item>,
    /// Those of earlier cells that stay.
    pub older: Vec<Item>,
    /// Types that are no longer what they were.
    pub retyped: BTreeSet<String>,
    /// Notes about items of earlier cells that no longer compile.
    pub unfit: Vec<String>,
    /// Variables that the cell does not leave behind, and why.
    pub lost: Vec<(String, Reason)>,
}

impl Session {
    pub fn new() -> Session {
        Session { items: Vec::new(), variables: Vec::new(), gone: Vec::new(), cells: vec![String::new()], next_number: 0 }
    }

    pub fn read_change(&self, tokens: &Tokens, pieces: &[Piece], cell: usize) -> Change {
        let mut new: Vec<Item> = Vec::new();
        for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Item) {
            new.extend(items::read_items(tokens, piece, cell));
        }
        let is_replaced = |old: &Item| new.iter().any(|item| item.replaces(old));
        let mut older: Vec<Item> = self.items.iter().filter(|old| !is_replaced(old)).cloned().collect();
        let mut retyped = BTreeSet::new();
        for old in self.items.iter().filter(|old| is_replaced(old)) {
            if !new.iter().any(|item| item.meaning == old.meaning) {
                retyped.extend(old.type_names());
            }
        }
        spread(&mut older, &mut retyped, cell);
        Change { new: new, older: older, retyped: retyped, unfit: Vec::new(), lost: Vec::new() }
    }

    /// The variables that the cell takes, before those that it makes.
    pub fn take_places(&mut self, tokens: &Tokens, pieces: &[Piece], made: Vec<Place>, change: &Change) -> Vec<Place> {
        let mut names: BTreeSet<String> = made.iter().map(|place| place.binding.name.clone()).collect();
        for piece in pieces.iter().filter(|piece| piece.kind != PieceKind::Item) {
            names.extend(::pieces::names_used(tokens, piece.start, piece.end));
        }
        let made: Vec<Place> = made.into_iter().map(|place| Place { number: self.new_number(), ..place }).collect();
        let mut places: Vec<Place> = Vec::new();
        for variable in self.variables.iter().filter(|variable| names.contains(&variable.binding.name) && !rests_on(&variable.declared, &change.retyped)) {
            let newer = made.iter().rev().filter(|place| place.binding.name == variable.binding.name).next();
            places.push(Place {
                binding: variable.binding.clone(),
                number: variable.number,
                declared: Some(variable.declared.clone()),
                closure: None,
                segment: 0,
                replaced_by: newer.map(|place| place.number),
            });
        }
        places.extend(made);
        places
    }

    fn new_number(&mut self) -> usize {
        self.next_number = (self.next_number + 1) % MOST_VARIABLES;
        self.next_number
    }

    pub fn keep_items(&mut self, change: Change, cell: usize) {
        for variable in self.variables.iter().filter(|variable| rests_on(&variable.declared, &change.retyped)) {
            self.gone.push(Gone { name: variable.binding.name.clone(), reason: Reason::Retyped, cell: cell });
        }
        self.variables.retain(|variable| !rests_on(&variable.declared, &change.retyped));
        self.items = change.older;
        self.items.extend(change.new);
    }

    /// The cell has run, to its end or a panic: `kept` are the slots with a value, of those it has taken or made.
    pub fn keep_variables(&mut self, cell: &Cell, build: &Build, kept: &[usize]) {
        for (place, way) in cell.places.iter().zip(&cell.ways) {
            let name = &place.binding.name;
            let is_kept = kept.contains(&place.number);
            if place.declared.is_some() {
                if !is_kept {
                    self.variables.retain(|variable| variable.number != place.number);
                    self.lose(name, Reason::Moved, cell.number);
                }
                continue;
            }
            if is_kept {
                self.make(place, build, cell.number);
            } else if *way == Way::Dropped {
                self.variables.retain(|variable| variable.binding.name != *name);
            }
        }
    }

    fn make(&mut self, place: &Place, build: &Build, cell: usize) {
        let name = &place.binding.name;
        let declared = build.types.iter().filter(|pair| pair.0 == place.number).map(|pair| pair.1.clone()).next().unwrap_or(String::new());
        self.variables.retain(|variable| variable.binding.name != *name);
        if declared.is_empty() || has_no_name(&declared) {
            self.lose(name, Reason::Unnamed(without_places(&declared)), cell);
            return;
        }
        self.gone.retain(|gone| gone.name != *name);
        self.variables.push(Variable { binding: place.binding.clone(), number: place.number, declared: declared });
    }

    pub fn lose(&mut self, name: &str, reason: Reason, cell: usize) {
        self.gone.retain(|gone| gone.name != name);
        if !self.variables.iter().any(|variable| variable.binding.name == name) {
            self.gone.push(Gone { name: name.to_string(), reason: reason, cell: cell });
        }
    }
}

/// What mentions a changed type is changed too.
fn spread(older: &mut Vec<Item>, retyped: &mut BTreeSet<String>, cell: usize) {
    loop {
        let before = retyped.len();
        for item in older.iter_mut() {
            if item.words.iter().any(|word| retyped.contains(word)) {
                item.generation = cell;
                retyped.extend(item.type_names());
            }
        }
        if retyped.len() == before {
            return;
        }
    }
}

fn rests_on(declared: &str, names: &BTreeSet<String>) -> bool {
    declared.split(|letter| !tokens::is_word_char(letter)).any(|word| names.contains(word))
}

/// Closures, and what a function hides behind `impl`.
pub fn has_no_name(declared: &str) -> bool {
    declared.contains('{') || declared.contains("closure@") || declared.split(|letter| !tokens::is_word_char(letter)).any(|word| word == "impl")
}

/// Types of closures name the generated file, up to a bracket.
fn without_places(declared: &str) -> String {
    let mut result = String::new();
    for (index, part) in declared.split("closure@").enumerate() {
        let end = if index == 0 { 0 } else { part.find(|letter| letter == ']' || letter == '}').unwrap_or(0) };
        result += if index == 0 { "" } else { "closure" };
        result += &part[end..];
    }
    result
}

/// `fn(i32) -> i32 {double}` is the type of `double` alone: as a pointer it is `fn(i32) -> i32`.
pub fn function_pointer(declared: &str) -> Option<String> {
    let is_function = ["fn(", "for<", "unsafe fn(", "extern "].iter().any(|start| declared.starts_with(start));
    match declared.find(" {") {
        Some(end) if is_function && declared.ends_with('}') => Some(declared[..end].to_string()),
        _ => None,
    }
}
