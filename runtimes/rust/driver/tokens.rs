//! The words of a cell: enough of Rust's grammar to see where its pieces begin and end.

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    Word,
    Lifetime,
    Literal,
    Doc,
    Mark,
    Open,
    Close,
}

#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    /// Offsets in bytes.
    pub start: usize,
    pub end: usize,
    /// Of a bracket: the token that is its other half.
    pub partner: usize,
}

pub struct Tokens<'a> {
    pub source: &'a str,
    pub list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// None where a string, a comment or a bracket has no end.
    pub fn of(source: &'a str) -> Option<Tokens<'a>> {
        let mut reader = Reader { source: source, bytes: source.as_bytes(), at: 0 };
        let mut list: Vec<Token> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        loop {
            reader.skip_blanks();
            let start = reader.at;
            if start >= source.len() {
                break;
            }
            let kind = match reader.next() {
                Some(Some(kind)) => kind,
                Some(None) => continue,
                None => return None,
            };
            let mut token = Token { kind: kind, start: start, end: reader.at, partner: 0 };
            if kind == Kind::Open {
                open.push(list.len());
            } else if kind == Kind::Close {
                let partner = match open.pop() {
                    Some(partner) => partner,
                    None => return None,
                };
                if !is_pair(source.as_bytes()[list[partner].start], source.as_bytes()[start]) {
                    return None;
                }
                list[partner].partner = list.len();
                token.partner = partner;
            }
            list.push(token);
        }
        if open.is_empty() {
            Some(Tokens { source: source, list: list })
        } else {
            None
        }
    }

    /// Empty behind the last.
    pub fn text(&self, index: usize) -> &'a str {
        match self.list.get(index) {
            Some(token) => &self.source[token.start..token.end],
            None => "",
        }
    }

    pub fn is_word(&self, index: usize) -> bool {
        self.list.get(index).map_or(false, |token| token.kind == Kind::Word)
    }

    /// Behind this token, and behind the bracket's other half if it is one that opens.
    pub fn after(&self, index: usize) -> usize {
        match self.list.get(index) {
            Some(token) if token.kind == Kind::Open => token.partner + 1,
            _ => index + 1,
        }
    }
}

fn is_pair(open: u8, close: u8) -> bool {
    match open {
        b'(' => close == b')',
        b'[' => close == b']',
        _ => close == b'}',
    }
}

pub fn is_word_char(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric()
}

struct Reader<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).cloned().unwrap_or(0)
    }

    fn skip_blanks(&mut self) {
        while let Some(letter) = self.rest().chars().next() {
            if !letter.is_whitespace() {
                return;
            }
            self.at += letter.len_utf8();
        }
    }

    /// Its kind; Some(None) for a comment; None where it has no end.
    fn next(&mut self) -> Option<Option<Kind>> {
        let rest = self.rest();
        if rest.starts_with("//") {
            let is_doc = rest.starts_with("///") && !rest.starts_with("////");
            self.at += rest.find('\n').unwrap_or(rest.len());
            return Some(if is_doc { Some(Kind::Doc) } else { None });
        }
        if rest.starts_with("/*") {
            let is_doc = rest.starts_with("/**") && !rest.starts_with("/***") && !rest.starts_with("/**/");
            return self.comment().map(|_| if is_doc { Some(Kind::Doc) } else { None });
        }
        if let Some(hashes) = self.raw_string() {
            return self.end_raw_string(hashes).map(Some);
        }
        let first = rest.chars().next().unwrap();
        match first {
            '"' => self.quoted(b'"').map(Some),
            '\'' => self.quote_or_lifetime().map(Some),
            'b' | 'c' if self.byte(1) == b'"' => {
                self.at += 1;
                self.quoted(b'"').map(Some)
            }
            'b' if self.byte(1) == b'\'' => {
                self.at += 1;
                self.quoted(b'\'').map(Some)
            }
            '(' | '[' | '{' => self.one(first, Kind::Open),
            ')' | ']' | '}' => self.one(first, Kind::Close),
            _ if first.is_digit(10) => self.number(),
            _ if is_word_char(first) => self.word(),
            _ => self.one(first, Kind::Mark),
        }
    }

    fn one(&mut self, letter: char, kind: Kind) -> Option<Option<Kind>> {
        self.at += letter.len_utf8();
        Some(Some(kind))
    }

    fn word_length(&self) -> usize {
        let rest = self.rest();
        rest.find(|letter| !is_word_char(letter)).unwrap_or(rest.len())
    }

    fn word(&mut self) -> Option<Option<Kind>> {
        if self.rest().starts_with("r#") {
            self.at += 2;
        }
        self.at += self.word_length();
        Some(Some(Kind::Word))
    }

    fn number(&mut self) -> Option<Option<Kind>> {
        self.at += self.word_length();
        if self.byte(0) == b'.' && (self.byte(1) as char).is_digit(10) {
            self.at += 1;
            self.at += self.word_length();
        }
        let is_power = self.bytes[self.at - 1] == b'e' || self.bytes[self.at - 1] == b'E';
        if is_power && (self.byte(0) == b'-' || self.byte(0) == b'+') && (self.byte(1) as char).is_digit(10) {
            self.at += 1;
            self.at += self.word_length();
        }
        Some(Some(Kind::Literal))
    }

    fn comment(&mut self) -> Option<()> {
        let mut depth = 0;
        while self.at < self.bytes.len() {
            if self.byte(0) == b'/' && self.byte(1) == b'*' {
                depth += 1;
                self.at += 2;
            } else if self.byte(0) == b'*' && self.byte(1) == b'/' {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return Some(());
                }
            } else {
                self.at += 1;
            }
        }
        None
    }

    /// The number of hashes, where a raw string begins here.
    fn raw_string(&self) -> Option<usize> {
        let rest = self.rest();
        let prefix = if rest.starts_with('r') {
            1
        } else if rest.starts_with("br") || rest.starts_with("cr") {
            2
        } else {
            return None;
        };
        let hashes = rest[prefix..].bytes().take_while(|&byte| byte == b'#').count();
        if self.byte(prefix + hashes) == b'"' {
            Some(hashes)
        } else {
            None
        }
    }

    fn end_raw_string(&mut self, hashes: usize) -> Option<Kind> {
        let open = self.rest().find('"').unwrap() + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        self.rest()[open..].find(&close).map(|length| {
            self.at += open + length + close.len();
            Kind::Literal
        })
    }

    fn quoted(&mut self, quote: u8) -> Option<Kind> {
        self.at += 1;
        while self.at < self.bytes.len() {
            let byte = self.byte(0);
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == quote {
                self.at += self.word_length();
                return Some(Kind::Literal);
            }
        }
        None
    }

    fn quote_or_lifetime(&mut self) -> Option<Kind> {
        let mut letters = self.rest()[1..].chars();
        let first = letters.next().unwrap_or('\'');
        if first == '\\' || letters.next() == Some('\'') {
            return self.quoted(b'\'');
        }
        self.at += 1;
        self.at += self.word_length();
        Some(Kind::Lifetime)
    }
}
