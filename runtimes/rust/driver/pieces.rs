//! A cell's pieces: items, `let`s, statements, and the expression at its end whose value is shown.
use tokens::{Kind, Tokens};

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum PieceKind {
    /// `#![...]`
    Attribute,
    Item,
    Let,
    Statement,
    /// The last expression, without a semicolon.
    Tail,
}

#[derive(Clone, Debug)]
pub struct Piece {
    pub kind: PieceKind,
    /// Tokens, with attributes and doc comments; `end` is behind the last.
    pub start: usize,
    /// The first behind attributes and visibility.
    pub head: usize,
    pub end: usize,
}

const ENDS_WITH_BLOCK: &'static [&'static str] = &["if", "match", "loop", "while", "for", "unsafe"];

pub fn split(tokens: &Tokens) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        if tokens.text(at) == ";" {
            at += 1;
            continue;
        }
        let piece = next_piece(tokens, at);
        at = piece.end;
        pieces.push(piece);
    }
    pieces
}

fn next_piece(tokens: &Tokens, start: usize) -> Piece {
    if tokens.text(start) == "#" && tokens.text(start + 1) == "!" {
        return Piece { kind: PieceKind::Attribute, start: start, head: start, end: tokens.after(start + 2) };
    }
    let head = after_attributes(tokens, start);
    let (kind, end) = if tokens.text(head) == "let" {
        (PieceKind::Let, behind_semicolon(tokens, head))
    } else if let Some(end) = end_of_item(tokens, head) {
        (PieceKind::Item, end)
    } else {
        end_of_statement(tokens, head)
    };
    Piece { kind: kind, start: start, head: head, end: ::std::cmp::min(::std::cmp::max(end, start + 1), tokens.list.len()) }
}

/// Behind attributes, doc comments and visibility.
pub fn after_attributes(tokens: &Tokens, start: usize) -> usize {
    let mut at = start;
    loop {
        if tokens.list.get(at).map_or(false, |token| token.kind == Kind::Doc) {
            at += 1;
        } else if tokens.text(at) == "#" && tokens.text(at + 1) == "[" {
            at = tokens.after(at + 1);
        } else {
            break;
        }
    }
    if tokens.text(at) != "pub" {
        return at;
    }
    if tokens.text(at + 1) == "(" {
        tokens.after(at + 1)
    } else {
        at + 1
    }
}

fn behind_semicolon(tokens: &Tokens, start: usize) -> usize {
    let mut at = start;
    while at < tokens.list.len() && tokens.text(at) != ";" {
        at = tokens.after(at);
    }
    at + 1
}

/// Behind the first block, or the semicolon before it.
fn behind_block(tokens: &Tokens, start: usize) -> usize {
    let mut at = start;
    while at < tokens.list.len() && tokens.text(at) != ";" && tokens.text(at) != "{" {
        at = tokens.after(at);
    }
    tokens.after(at)
}

/// None where no item begins at `head`.
fn end_of_item(tokens: &Tokens, head: usize) -> Option<usize> {
    let next = tokens.text(head + 1);
    match tokens.text(head) {
        "fn" | "struct" | "enum" | "trait" | "mod" | "impl" => Some(behind_block(tokens, head)),
        "use" | "static" if next != "|" && next != "move" => Some(behind_semicolon(tokens, head)),
        "type" => Some(behind_semicolon(tokens, head)),
        "union" if tokens.is_word(head + 1) => Some(behind_block(tokens, head)),
        "extern" if next == "crate" => Some(behind_semicolon(tokens, head)),
        "extern" => Some(behind_block(tokens, head)),
        "const" if next == "fn" || next == "unsafe" || next == "extern" || next == "async" => Some(behind_block(tokens, head)),
        "const" if next != "{" => Some(behind_semicolon(tokens, head)),
        "async" if next == "fn" || next == "unsafe" => Some(behind_block(tokens, head)),
        "unsafe" if next != "{" => Some(behind_block(tokens, head)),
        "macro_rules" if next == "!" => Some(behind_macro(tokens, head + 3)),
        "thread_local" if next == "!" => Some(behind_macro(tokens, head + 2)),
        _ => None,
    }
}

fn behind_macro(tokens: &Tokens, group: usize) -> usize {
    let end = tokens.after(group);
    if tokens.text(end) == ";" {
        end + 1
    } else {
        end
    }
}

fn end_of_statement(tokens: &Tokens, head: usize) -> (PieceKind, usize) {
    if let Some(end) = end_of_block_like(tokens, head) {
        let goes_on = tokens.text(end) == "?" || (tokens.text(end) == "." && tokens.text(end + 1) != ".");
        if tokens.text(end) == ";" {
            return (PieceKind::Statement, end + 1);
        }
        if !goes_on && end < tokens.list.len() {
            return (PieceKind::Statement, end);
        }
    }
    let end = behind_semicolon(tokens, head);
    if end > tokens.list.len() {
        (PieceKind::Tail, tokens.list.len())
    } else {
        (PieceKind::Statement, end)
    }
}

/// Behind a statement that ends with its block, such as `if` or `for`.
fn end_of_block_like(tokens: &Tokens, head: usize) -> Option<usize> {
    let mut at = head;
    if tokens.list.get(at).map_or(false, |token| token.kind == Kind::Lifetime) && tokens.text(at + 1) == ":" {
        at += 2;
    }
    if tokens.text(at) == "{" {
        return Some(tokens.after(at));
    }
    if tokens.is_word(at) && tokens.text(at + 1) == "!" && tokens.text(at + 2) == "{" {
        return Some(tokens.after(at + 2));
    }
    if !ENDS_WITH_BLOCK.contains(&tokens.text(at)) {
        return None;
    }
    let mut end = behind_block(tokens, at);
    while tokens.text(end) == "else" {
        end = behind_block(tokens, end);
    }
    Some(end)
}

/// A name that a `let` binds, and whether it is `mut`.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    pub name: String,
    pub mutable: bool,
}

pub struct Let {
    pub bindings: Vec<Binding>,
    pub has_value: bool,
    /// How many parameters, where the value is a closure.
    pub closure: Option<usize>,
}

pub fn read_let(tokens: &Tokens, piece: &Piece) -> Let {
    let end = end_of_pattern(tokens, piece);
    let equals = (end..piece.end).find(|&at| tokens.text(at) == "=");
    let bindings = (piece.head + 1..end).filter_map(|at| binding_at(tokens, at)).collect();
    Let { bindings: bindings, has_value: equals.is_some(), closure: equals.and_then(|at| parameters_of_closure(tokens, at + 1)) }
}

fn end_of_pattern(tokens: &Tokens, piece: &Piece) -> usize {
    let mut at = piece.head + 1;
    while at < piece.end {
        let is_path = tokens.text(at) == ":" && (tokens.text(at + 1) == ":" || tokens.text(at - 1) == ":");
        let text = tokens.text(at);
        // `..=` is part of a pattern.
        if text == ";" || (text == ":" && !is_path) || (text == "=" && tokens.text(at - 1) != ".") {
            return at;
        }
        at = tokens.after(at);
    }
    piece.end
}

fn binding_at(tokens: &Tokens, at: usize) -> Option<Binding> {
    let name = tokens.text(at);
    let next = tokens.text(at + 1);
    let is_plain = tokens.is_word(at) && name != "_" && name != "ref" && name != "mut" && name != "box";
    let is_path = (next == ":" && tokens.text(at + 2) == ":") || (at > 0 && tokens.text(at - 1) == ":" && tokens.text(at - 2) == ":");
    let is_field = next == ":" && tokens.list[..at].iter().any(|token| token.kind == Kind::Open && token.partner > at && tokens.source.as_bytes()[token.start] == b'{');
    let is_constant = name.chars().next().map_or(true, |letter| letter.is_uppercase());
    if !is_plain || is_path || is_field || is_constant || next == "(" || next == "{" || next == "!" {
        return None;
    }
    Some(Binding { name: name.to_string(), mutable: tokens.text(at - 1) == "mut" })
}

fn parameters_of_closure(tokens: &Tokens, start: usize) -> Option<usize> {
    let bar = if tokens.text(start) == "move" { start + 1 } else { start };
    if tokens.text(bar) != "|" {
        return None;
    }
    let (mut count, mut angles, mut at) = (0, 0, bar + 1);
    let mut is_empty = true;
    while at < tokens.list.len() && tokens.text(at) != "|" {
        match tokens.text(at) {
            "<" => angles += 1,
            ">" => angles -= 1,
            "," if angles == 0 => {
                count += 1;
                is_empty = true;
            }
            _ => is_empty = false,
        }
        if tokens.text(at) == ">" || tokens.text(at) == "<" {
            is_empty = false;
        }
        at = tokens.after(at);
    }
    Some(if is_empty { count } else { count + 1 })
}

/// Names in the tokens and in their string literals, which may name variables in braces; without those of fields.
pub fn names_used(tokens: &Tokens, start: usize, end: usize) -> Vec<String> {
    let mut names = Vec::new();
    for at in start..end {
        let text = tokens.text(at);
        if tokens.list[at].kind == Kind::Literal && text.ends_with(|last| last == '"' || last == '#') {
            for part in text.split('{').skip(1) {
                let name: String = part.chars().take_while(|&letter| ::tokens::is_word_char(letter)).collect();
                names.push(name);
            }
            for part in text.split('$').skip(0) {
                // A width or precision: `{:width$}`.
                let name: String = part.chars().rev().take_while(|&letter| ::tokens::is_word_char(letter)).collect();
                names.push(name.chars().rev().collect());
            }
        } else if tokens.is_word(at) {
            let is_field = at > start && tokens.text(at - 1) == "." && (at < 2 || tokens.text(at - 2) != ".");
            if !is_field {
                names.push(text.to_string());
            }
        }
    }
    names
}
