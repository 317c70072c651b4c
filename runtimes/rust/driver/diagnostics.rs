//! What rustc says, put in the user's places and without what we have generated.
use json::Json;
use source::{Role, Source};

pub struct Span {
    /// In letters, from 1; the second is behind the last.
    pub columns: (usize, usize),
    pub lines: usize,
    pub label: String,
    pub is_primary: bool,
    pub role: Option<Role>,
    /// The item of an earlier cell.
    pub item: Option<usize>,
    /// The cell and its line, of what is the user's.
    pub place: Option<(usize, usize)>,
}

pub struct Diagnostic {
    pub code: String,
    pub message: String,
    pub spans: Vec<Span>,
    /// Their level, text and spans.
    pub children: Vec<(String, String, Vec<Span>)>,
}

/// Errors only, without the one that counts them.
pub fn read_errors(messages: &[Json], source: &Source) -> Vec<Diagnostic> {
    messages.iter()
        .filter(|json| json.get("level").text().starts_with("error") && !json.get("message").text().starts_with("aborting due to"))
        .map(|json| Diagnostic {
            code: json.get("code").get("code").text().to_string(),
            message: in_users_places(json.get("message").text(), source),
            spans: read_spans(json, source),
            children: json.get("children").list().iter().map(|child| read_child(child, source)).collect(),
        })
        .collect()
}

fn read_child(child: &Json, source: &Source) -> (String, String, Vec<Span>) {
    let mut text = in_users_places(child.get("message").text(), source);
    for span in child.get("spans").list() {
        let replacement = span.get("suggested_replacement").text().trim();
        if !replacement.is_empty() && !replacement.contains('\n') {
            text += &format!(": `{}`", replacement);
        }
    }
    (child.get("level").text().to_string(), text, read_spans(child, source))
}

fn read_spans(json: &Json, source: &Source) -> Vec<Span> {
    json.get("spans").list().iter().filter_map(|span| read_span(span, source)).collect()
}

/// Of what a macro has made, the place where it was called.
fn read_span(json: &Json, source: &Source) -> Option<Span> {
    let mut at = json;
    loop {
        let called = at.get("expansion").get("span");
        if is_in_session(at) && !is_in_session(called) {
            if let Some(span) = place_span(json, at, source) {
                return Some(span);
            }
        }
        if let Json::Null = *called {
            return None;
        }
        at = called;
    }
}

fn is_in_session(span: &Json) -> bool {
    span.get("file_name").text().ends_with("/session.rs")
}

/// None where it is all ours. One that begins in our lines and goes on in the user's is shown from there.
fn place_span(json: &Json, at: &Json, source: &Source) -> Option<Span> {
    let (first, last) = (at.get("line_start").number(), at.get("line_end").number());
    let role = source.role_at(first);
    let line = if role.is_some() { first } else { (first..last + 1).find(|&line| source.stretch_at(line).is_some()).unwrap_or(0) };
    let stretch = source.stretch_at(line);
    if role.is_none() && stretch.is_none() {
        return None;
    }
    let start = if line == first { at.get("column_start").number() } else { source.indent_of(line) + 1 };
    let column = |line: usize, column: usize| stretch.map_or(column, |stretch| stretch.column_of(line, column));
    Some(Span {
        columns: (column(line, start), column(last, at.get("column_end").number())),
        lines: last - line + 1,
        label: in_users_places(json.get("label").text(), source),
        is_primary: json.get("is_primary").is_true(),
        role: role,
        item: stretch.and_then(|stretch| stretch.item),
        place: stretch.map(|stretch| (stretch.cell, stretch.line + line - stretch.first)),
    })
}

/// Types of closures name the generated file: `[closure@/tmp/cell-3/session.rs:40:9: 40:12]`.
fn in_users_places(text: &str, source: &Source) -> String {
    const NAME: &'static str = "/session.rs:";
    let mut result = text.to_string();
    while let Some(at) = result.find(NAME) {
        let start = result[..at].rfind(|letter| letter == '@' || letter == ' ').map_or(0, |at| at + 1);
        let digits: String = result[at + NAME.len()..].chars().take_while(|letter| letter.is_digit(10)).collect();
        let line = digits.parse().unwrap_or(0);
        let place = source.stretch_at(line).map_or("..".to_string(), |stretch| format!("<cell {}>:{}", stretch.cell, stretch.line + line - stretch.first));
        result = format!("{}{}{}", &result[..start], place, &result[at + NAME.len() + digits.len()..]);
    }
    result
}

impl Diagnostic {
    /// The variables that it says cannot be put back, and whether that is what it is about.
    pub fn puts(&self) -> Vec<(usize, bool)> {
        let notes = self.children.iter().flat_map(|child| child.2.iter());
        self.spans.iter()
            .chain(notes)
            .filter_map(|span| match span.role {
                Some(Role::Put(index)) => Some((index, span.is_primary)),
                _ => None,
            })
            .collect()
    }

    /// Whether it is about a value that is to be kept but borrows.
    pub fn wants_static(&self) -> bool {
        let speaks = |text: &str| text.contains("'static");
        self.spans.iter().any(|span| speaks(&span.label)) || self.children.iter().any(|child| speaks(&child.1))
    }

    /// Lines and columns in the cell that it is about, what it is not mainly about first: there stands the borrow.
    pub fn places(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for is_primary in &[false, true] {
            for span in self.spans.iter().filter(|span| span.is_primary == *is_primary && span.item.is_none()) {
                places.extend(span.place.map(|place| (place.1, span.columns.0)));
            }
        }
        places
    }

    pub fn takes(&self) -> Option<usize> {
        self.spans.iter()
            .filter_map(|span| match span.role {
                Some(Role::Take(index)) if span.is_primary => Some(index),
                _ => None,
            })
            .next()
    }

    /// The item of an earlier cell that no longer fits.
    pub fn older_item(&self) -> Option<usize> {
        let clashes = ["E0119", "E0592", "E0201", "E0428", "E0252", "E0255", "E0034"].contains(&&self.code[..]);
        self.spans.iter().filter(|span| span.is_primary || clashes).filter_map(|span| span.item).next()
    }

    /// The text between the first two backquotes of the message.
    pub fn subject(&self) -> &str {
        self.message.split('`').nth(1).unwrap_or("")
    }

    /// As rustc shows it. `cells` are the texts of all cells.
    pub fn show(&self, cells: &[String]) -> String {
        let code = if self.code.is_empty() { String::new() } else { format!("[{}]", self.code) };
        let mut text = format!("error{}: {}\n", code, self.message);
        let width = self.spans.iter().filter_map(|span| span.place).map(|place| place.1.to_string().len()).max().unwrap_or(1);
        let margin = " ".repeat(width);
        text += &show_spans(&self.spans, cells, &margin);
        for child in &self.children {
            // What it points to in our own lines says nothing to the user.
            if child.1.is_empty() || child.1.contains("__") || child.1.starts_with("for more information") {
                continue;
            }
            text += &format!("{} = {}: {}\n", margin, child.0, child.1.trim_right().replace('\n', &format!("\n{}   {}", margin, " ".repeat(child.0.len() + 2))));
        }
        text + "\n"
    }
}

fn show_spans(spans: &[Span], cells: &[String], margin: &str) -> String {
    let mut placed: Vec<&Span> = spans.iter().filter(|span| span.place.is_some()).collect();
    let first = match placed.iter().filter(|span| span.is_primary).chain(placed.iter()).next() {
        Some(span) => (span.place.unwrap(), span.columns.0),
        None => return String::new(),
    };
    let mut text = format!("{}--> <cell {}>:{}:{}\n{} |\n", margin, (first.0).0, (first.0).1, first.1, margin);
    placed.sort_by_key(|span| (span.place.map_or(0, |place| place.0) != (first.0).0, span.place, !span.is_primary));
    let mut shown = None;
    for span in placed {
        let (cell, line) = span.place.unwrap();
        let code = cells.get(cell).and_then(|cell| cell.lines().nth(line - 1)).unwrap_or("");
        if shown != span.place {
            if cell != (first.0).0 {
                text += &format!("{}::: <cell {}>:{}\n", margin, cell, line);
            }
            text += &format!("{:>width$} | {}\n", line, code, width = margin.len());
        }
        shown = span.place;
        text += &format!("{} | {}\n", margin, underline(span, code));
    }
    text
}

fn underline(span: &Span, code: &str) -> String {
    let end = if span.lines > 1 { code.chars().count() + 1 } else { span.columns.1 };
    let length = ::std::cmp::max(end, span.columns.0 + 1) - span.columns.0;
    // Tabs stay tabs, so that the line stands under what it means.
    let indent: String = code.chars().chain(" ".repeat(span.columns.0).chars()).take(span.columns.0 - 1).map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
    let mark = if span.is_primary { "^" } else { "-" };
    format!("{}{} {}", indent, mark.repeat(length), span.label).trim_right().to_string()
}
