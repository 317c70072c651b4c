//! Items outlive their cell as text: each later cell is compiled behind all that are alive, so the last
//! definition of a name is the one that every function there sees.
use pieces::{self, Piece};
use source::Part;
use tokens::{Kind, Tokens};

/// One definition, or a method of an `impl`.
#[derive(Clone, Debug)]
pub struct Item {
    /// What another of the same key takes the place of.
    pub key: String,
    /// Names that it defines: `v:` values, `t:` types, `m:` macros, `u:` imports.
    pub names: Vec<String>,
    pub words: Vec<String>,
    /// Its text, cut before each static.
    pub parts: Vec<Part>,
    /// Its tokens, without what tells nothing of its meaning.
    pub meaning: String,
    /// For people: `fn area`.
    pub title: String,
    pub cell: usize,
    /// Statics keep their place in memory as long as this stays: the cell of the newest definition they rest on.
    pub generation: usize,
}

impl Item {
    pub fn is_macro(&self) -> bool {
        self.key.starts_with("m:")
    }

    pub fn defines_main(&self) -> bool {
        self.key == "v:main"
    }

    pub fn type_names(&self) -> Vec<String> {
        self.names.iter().filter(|name| name.starts_with("t:")).map(|name| name[2..].to_string()).collect()
    }

    /// Whether this definition leaves no room for the other.
    pub fn replaces(&self, other: &Item) -> bool {
        if self.key == other.key {
            return true;
        }
        let is_import = |name: &str| name.starts_with("u:");
        self.names.iter().any(|name| other.names.iter().any(|theirs| name == theirs || (is_import(name) != is_import(theirs) && name[2..] == theirs[2..] && !name.starts_with("m:") && !theirs.starts_with("m:"))))
    }
}

/// The items of a piece, as later cells see them.
pub fn read_items(tokens: &Tokens, piece: &Piece, cell: usize) -> Vec<Item> {
    let head = tokens.text(piece.head);
    let unsafe_impl = head == "unsafe" && tokens.text(piece.head + 1) == "impl";
    if head == "use" {
        read_imports(tokens, piece, cell)
    } else if head == "impl" || unsafe_impl {
        read_impl(tokens, piece, cell)
    } else {
        vec![read_definition(tokens, piece, cell)]
    }
}

fn read_definition(tokens: &Tokens, piece: &Piece, cell: usize) -> Item {
    let (space, name) = name_of(tokens, piece);
    let mut item = make_item(tokens, piece.start, piece.end, cell);
    item.title = title(tokens, piece.head, &name);
    if name.is_empty() {
        item.key = format!("x:{}", item.meaning);
    } else {
        item.key = format!("{}:{}", space, name);
        item.names = vec![item.key.clone()];
    }
    item
}

fn title(tokens: &Tokens, head: usize, name: &str) -> String {
    let keywords: Vec<&str> = (head..head + 4).map(|at| tokens.text(at)).take_while(|&text| text != name && text != "{").collect();
    format!("{} {}", keywords.join(" "), name).replace(" !", "!")
}

fn name_of(tokens: &Tokens, piece: &Piece) -> (&'static str, String) {
    let mut at = piece.head;
    while at < piece.end {
        let next = || tokens.text(at + 1).to_string();
        match tokens.text(at) {
            "fn" => return ("v", next()),
            "static" | "const" if tokens.text(at + 1) == "mut" => return ("v", tokens.text(at + 2).to_string()),
            "static" | "const" if next() != "fn" && next() != "unsafe" && next() != "extern" && next() != "async" => return ("v", next()),
            "struct" | "enum" | "union" | "trait" | "type" | "mod" => return ("t", next()),
            "thread_local" => at += 3,
            "macro_rules" => return ("m", tokens.text(at + 2).to_string()),
            "{" | "(" => return ("x", String::new()),
            _ => at += 1,
        }
    }
    ("x", String::new())
}

fn make_item(tokens: &Tokens, start: usize, end: usize, cell: usize) -> Item {
    Item {
        key: String::new(),
        names: Vec::new(),
        words: (start..end).filter(|&at| tokens.is_word(at)).map(|at| tokens.text(at).to_string()).collect(),
        parts: parts_of(tokens, start, end, cell),
        meaning: meaning_of(tokens, start, end),
        title: String::new(),
        cell: cell,
        generation: cell,
    }
}

fn meaning_of(tokens: &Tokens, start: usize, end: usize) -> String {
    let mut words = Vec::new();
    let mut at = start;
    while at < end {
        if tokens.text(at) == "#" && tokens.text(at + 2) == "derive" {
            at = tokens.after(at + 1);
            continue;
        }
        if tokens.list[at].kind != Kind::Doc {
            words.push(tokens.text(at));
        }
        at += 1;
    }
    words.join(" ")
}

/// The text of these tokens, cut before each static.
pub fn parts_of(tokens: &Tokens, start: usize, end: usize, cell: usize) -> Vec<Part> {
    let mut cuts: Vec<usize> = Vec::new();
    find_statics(tokens, start, end, &mut cuts);
    let mut parts = Vec::new();
    let mut from = tokens.list[start].start;
    let mut is_static = false;
    for cut in cuts {
        let to = tokens.list[cut].start;
        if to > from {
            parts.push(Part { is_static: is_static, ..Part::of(tokens.source, from, to, cell) });
        }
        is_static = true;
        from = to;
    }
    parts.push(Part { is_static: is_static, ..Part::of(tokens.source, from, tokens.list[end - 1].end, cell) });
    parts
}

fn find_statics(tokens: &Tokens, start: usize, end: usize, cuts: &mut Vec<usize>) {
    let mut at = start;
    while at < end {
        let text = tokens.text(at);
        let is_static = text == "static" && tokens.is_word(at + 1) && (tokens.text(at + 2) == ":" || tokens.text(at + 1) == "mut");
        if is_static {
            cuts.push(before_visibility(tokens, at, start));
        }
        let is_macro = text == "!" && tokens.text(at.wrapping_sub(1)) != "thread_local";
        if is_macro && at > start && tokens.is_word(at - 1) {
            let group = if tokens.is_word(at + 1) { at + 2 } else { at + 1 };
            at = tokens.after(group);
        } else if text == "extern" && tokens.text(at + 1) != "crate" && tokens.text(at + 1) != "fn" && tokens.text(at + 2) != "fn" {
            at = tokens.after(if tokens.text(at + 1) == "{" { at + 1 } else { at + 2 });
        } else {
            at += 1;
        }
    }
}

fn before_visibility(tokens: &Tokens, at: usize, start: usize) -> usize {
    if at > start && tokens.text(at - 1) == "pub" {
        return at - 1;
    }
    if at > start && tokens.text(at - 1) == ")" {
        let open = tokens.list[at - 1].partner;
        if open > start && tokens.text(open - 1) == "pub" {
            return open - 1;
        }
    }
    at
}

/// `use a::{b, c as d};` becomes `use a::b;` and `use a::c as d;`, which another import can replace one by one.
fn read_imports(tokens: &Tokens, piece: &Piece, cell: usize) -> Vec<Item> {
    let mut paths = Vec::new();
    flatten(tokens, piece.head + 1, piece.end, "", &mut paths);
    let attributes = &tokens.source[tokens.list[piece.start].start..tokens.list[piece.head].start];
    paths.into_iter()
        .map(|(path, name)| {
            let mut item = make_item(tokens, piece.start, piece.end, cell);
            let text = if name.is_empty() || path.ends_with(&format!("::{}", name)) || path == name { path.clone() } else { format!("{} as {}", path, name) };
            item.parts = vec![Part { text: format!("{} use {};", attributes, text).replace('\n', " "), ..Part::of(tokens.source, tokens.list[piece.start].start, tokens.list[piece.start].start, cell) }];
            item.words = path.split("::").map(|word| word.to_string()).collect();
            item.title = format!("use {}", text);
            item.meaning = item.title.clone();
            let is_named = !name.is_empty() && name != "_";
            item.key = if is_named { format!("u:{}", name) } else { format!("g:{}", text) };
            item.names = if is_named { vec![item.key.clone()] } else { Vec::new() };
            item
        })
        .collect()
}

/// Each path of a tree of imports, and the name it binds: empty for `*`.
fn flatten(tokens: &Tokens, start: usize, end: usize, prefix: &str, paths: &mut Vec<(String, String)>) {
    let (mut path, mut last, mut alias) = (prefix.to_string(), String::new(), String::new());
    let mut at = start;
    let mut is_group = false;
    while at < end {
        match tokens.text(at) {
            "," | ";" | "}" => {
                if !is_group && path.len() > prefix.len() {
                    push_import(&path, &last, &alias, prefix, paths);
                }
                path = prefix.to_string();
                alias.clear();
                is_group = false;
                at += 1;
            }
            "{" => {
                flatten(tokens, at + 1, tokens.after(at), &path, paths);
                is_group = true;
                at = tokens.after(at);
            }
            "as" => {
                alias = tokens.text(at + 1).to_string();
                at += 2;
            }
            text => {
                if text != ":" {
                    last = text.to_string();
                }
                path.push_str(text);
                at += 1;
            }
        }
    }
}

fn push_import(path: &str, last: &str, alias: &str, prefix: &str, paths: &mut Vec<(String, String)>) {
    let is_self = last == "self" && !prefix.is_empty() && path == format!("{}self", prefix);
    let path = if is_self { prefix[..prefix.len() - 2].to_string() } else { path.to_string() };
    let own = if is_self { path.split("::").last().unwrap_or("") } else { last };
    let name = if !alias.is_empty() { alias } else if last == "*" { "" } else { own };
    paths.push((path.clone(), name.to_string()));
}

/// An `impl` of a trait is one item; of one without, each member is its own, so that a later one can replace it.
fn read_impl(tokens: &Tokens, piece: &Piece, cell: usize) -> Vec<Item> {
    let open = (piece.head..piece.end).find(|&at| tokens.text(at) == "{").unwrap_or(piece.end - 1);
    let header = meaning_of(tokens, piece.head, open);
    let is_trait = (piece.head..open).any(|at| tokens.text(at) == "for" && tokens.text(at + 1) != "<");
    let members = members(tokens, open + 1, piece.end - 1);
    if is_trait || members.is_empty() {
        let mut item = make_item(tokens, piece.start, piece.end, cell);
        item.key = format!("i:{}", header);
        item.title = header;
        return vec![item];
    }
    members.into_iter()
        .map(|member| {
            let mut item = make_item(tokens, member.start, member.end, cell);
            let mut parts = vec![Part::of(tokens.source, tokens.list[piece.start].start, tokens.list[open].end, cell)];
            parts.append(&mut item.parts);
            let last = tokens.list[piece.end - 1].clone();
            parts.push(Part::of(tokens.source, last.start, last.end, cell));
            let (_, name) = name_of(tokens, &member);
            item.parts = parts;
            item.words.extend((piece.head..open).map(|at| tokens.text(at).to_string()));
            item.title = format!("{}::{}", header, name);
            item.key = format!("i:{}", item.title);
            item
        })
        .collect()
}

fn members(tokens: &Tokens, start: usize, end: usize) -> Vec<Piece> {
    let mut members = Vec::new();
    let mut at = start;
    while at < end {
        let head = pieces::after_attributes(tokens, at);
        let mut stop = head;
        while stop < end && tokens.text(stop) != "{" && tokens.text(stop) != ";" {
            stop = tokens.after(stop);
        }
        let stop = ::std::cmp::min(tokens.after(stop), end);
        members.push(Piece { kind: pieces::PieceKind::Item, start: at, head: head, end: stop });
        at = stop;
    }
    members
}
