//! Names that may stand at the cursor: of earlier cells, of the cell itself, and of the language.
use items::Item;
use known;
use session::Session;
use tokens::{self, Kind, Tokens};

pub fn complete(session: &Session, source: &str, before: &str) -> Vec<String> {
    let word = last_word(before);
    let head = &before[..before.len() - word.len()];
    let chain = &head[start_of_chain(head)..];
    let mut names = Vec::new();
    if head.ends_with("::") {
        let path = chain.trim_right_matches(':');
        members_of_path(session, last_word(path), &mut names);
    } else if head.ends_with('.') && !head.ends_with("..") {
        if let Some(declared) = type_of_chain(session, chain.trim_right_matches('.')) {
            members_of_value(session, &declared, &mut names);
        }
    } else {
        all_names(session, source, word, &mut names);
    }
    let prefix = if head.ends_with("::") || head.ends_with('.') { chain } else { "" };
    let mut matches: Vec<String> = Vec::new();
    for name in names {
        if name.starts_with(word) {
            matches.push(format!("{}{}", prefix, name));
        }
    }
    matches.sort();
    matches.dedup();
    matches
}

/// What is known of the name at this place.
pub fn inspect(session: &Session, source: &str, at: usize) -> String {
    let rest = &source[at..];
    let end = at + rest.find(|letter| !tokens::is_word_char(letter)).unwrap_or(rest.len());
    let name = last_word(&source[..end]);
    for variable in &session.variables {
        if variable.binding.name == name {
            return format!("let {}{}: {}", if variable.binding.mutable { "mut " } else { "" }, name, variable.declared);
        }
    }
    let mut found = String::new();
    for item in &session.items {
        if item.names.iter().any(|theirs| &theirs[2..] == name) || item.key.ends_with(&format!("::{}", name)) {
            found += &text_of(item);
            found += "\n";
        }
    }
    found.trim_right().to_string()
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|letter| !tokens::is_word_char(letter)).map_or(0, |at| at + text[at..].chars().next().map_or(1, |letter| letter.len_utf8()));
    &text[start..]
}

/// Where `a.b::c.` begins.
fn start_of_chain(head: &str) -> usize {
    let mut start = head.len();
    for (at, letter) in head.char_indices().rev() {
        if !tokens::is_word_char(letter) && letter != '.' && letter != ':' {
            break;
        }
        start = at;
    }
    start
}

fn all_names(session: &Session, source: &str, word: &str, names: &mut Vec<String>) {
    for variable in &session.variables {
        names.push(variable.binding.name.clone());
    }
    for item in &session.items {
        for name in &item.names {
            names.push(if item.is_macro() { format!("{}!", &name[2..]) } else { name[2..].to_string() });
        }
    }
    for known in known::WORDS {
        names.push(known.to_string());
    }
    for name in source.split(|letter| !tokens::is_word_char(letter)) {
        if name != word && !name.starts_with(|letter: char| letter.is_digit(10)) {
            names.push(name.to_string());
        }
    }
}

fn text_of(item: &Item) -> String {
    let mut text = String::new();
    for part in &item.parts {
        text += &part.text;
        text += "\n";
    }
    text.trim_right().to_string()
}

/// The type that a declared one leads to: behind references and smart pointers, without its path and parameters.
fn base_of(declared: &str) -> String {
    let mut name = declared.trim_left_matches(|letter| letter == '&' || letter == ' ');
    if name.starts_with("mut ") || name.starts_with("dyn ") {
        name = &name[4..];
    }
    if name.starts_with('[') {
        return "[".to_string();
    }
    let end = name.find('<').unwrap_or(name.len());
    let base = last_word(&name[..end]);
    let is_pointer = base == "Box" || base == "Rc" || base == "Arc";
    match name.rfind('>') {
        Some(close) if is_pointer && end < close => base_of(&name[end + 1..close]),
        _ => base.to_string(),
    }
}

/// Of `oak.left`: the type of the field.
fn type_of_chain(session: &Session, chain: &str) -> Option<String> {
    let mut names = chain.split('.');
    let first = names.next().unwrap_or("");
    let mut declared = None;
    for variable in &session.variables {
        if variable.binding.name == first {
            declared = Some(variable.declared.clone());
        }
    }
    for name in names {
        declared = declared.and_then(|declared| field_type(session, &base_of(&declared), name));
    }
    declared
}

fn field_type(session: &Session, base: &str, field: &str) -> Option<String> {
    let mut fields = Vec::new();
    for item in &session.items {
        if item.key == format!("t:{}", base) {
            read_fields(&text_of(item), &mut fields);
        }
    }
    for pair in fields {
        if pair.0 == field {
            return Some(pair.1);
        }
    }
    None
}

fn members_of_value(session: &Session, declared: &str, names: &mut Vec<String>) {
    let base = base_of(declared);
    for item in &session.items {
        if item.key == format!("t:{}", base) {
            let mut fields = Vec::new();
            read_fields(&text_of(item), &mut fields);
            for pair in fields {
                names.push(pair.0);
            }
        }
    }
    methods(session, &base, true, names);
    known::methods_of_type(&base, names);
}

fn members_of_path(session: &Session, name: &str, names: &mut Vec<String>) {
    for item in &session.items {
        if item.key == format!("t:{}", name) {
            read_inner_names(&text_of(item), names);
        }
    }
    methods(session, name, false, names);
    known::members_of_path(name, names);
}

/// Functions of every `impl` that names the type, and of the trait that it is of.
fn methods(session: &Session, base: &str, of_value: bool, names: &mut Vec<String>) {
    for item in &session.items {
        let header = &item.title;
        if !item.key.starts_with("i:") || !header.split(|letter| !tokens::is_word_char(letter)).any(|word| word == base) {
            continue;
        }
        read_functions(&text_of(item), of_value, names);
        for other in &session.items {
            let is_its_trait = header.contains(" for ") && other.key.starts_with("t:") && header.split(" for ").next().unwrap_or("").ends_with(&other.key[2..]);
            if is_its_trait {
                read_functions(&text_of(other), of_value, names);
            }
        }
    }
}

fn read_functions(text: &str, of_value: bool, names: &mut Vec<String>) {
    if let Some(tokens) = Tokens::of(text) {
        for at in 0..tokens.list.len() {
            if tokens.text(at) == "fn" && tokens.is_word(at + 1) {
                let open = (at..tokens.list.len()).find(|&at| tokens.text(at) == "(").unwrap_or(at);
                let takes_self = (open..tokens.after(open)).any(|at| tokens.text(at) == "self");
                if takes_self || !of_value {
                    names.push(tokens.text(at + 1).to_string());
                }
            }
        }
    }
}

/// Names and types of a struct's fields.
fn read_fields(text: &str, fields: &mut Vec<(String, String)>) {
    if let Some(tokens) = Tokens::of(text) {
        let open = (0..tokens.list.len()).find(|&at| tokens.text(at) == "{").unwrap_or(tokens.list.len());
        let mut at = open + 1;
        while at + 1 < tokens.after(open) {
            if tokens.is_word(at) && tokens.text(at + 1) == ":" {
                let start = at + 2;
                let mut depth = 0;
                at = start;
                while at + 1 < tokens.after(open) && (depth > 0 || tokens.text(at) != ",") {
                    depth += if tokens.text(at) == "<" { 1 } else if tokens.text(at) == ">" { -1 } else { 0 };
                    at = tokens.after(at);
                }
                let end = tokens.list[at - 1].end;
                let name = tokens.text(start - 2).to_string();
                fields.push((name, tokens.source[tokens.list[start].start..end].to_string()));
            }
            at = tokens.after(at);
        }
    }
}

/// Variants of an enum, or what a module defines.
fn read_inner_names(text: &str, names: &mut Vec<String>) {
    if let Some(tokens) = Tokens::of(text) {
        let is_module = tokens.list.iter().any(|token| token.kind == Kind::Word && &text[token.start..token.end] == "mod");
        let open = (0..tokens.list.len()).find(|&at| tokens.text(at) == "{").unwrap_or(tokens.list.len());
        let mut at = open + 1;
        while at + 1 < tokens.after(open) {
            let before = tokens.text(at - 1);
            let defines = ["fn", "struct", "enum", "trait", "mod", "const", "static", "type"].contains(&before);
            if tokens.is_word(at) && if is_module { defines } else { before == "{" || before == "," || before == "]" } {
                names.push(tokens.text(at).to_string());
            }
            at = tokens.after(at);
        }
    }
}
