//! Reads JSON, in which rustc tells its diagnostics.

#[derive(Debug, Clone)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

static NULL: Json = Json::Null;

impl Json {
    pub fn parse(text: &str) -> Option<Json> {
        let letters: Vec<char> = text.chars().collect();
        Parser { letters: &letters, at: 0 }.value()
    }

    /// Null where it is not there.
    pub fn get(&self, key: &str) -> &Json {
        if let Json::Map(ref pairs) = *self {
            for pair in pairs {
                if pair.0 == key {
                    return &pair.1;
                }
            }
        }
        &NULL
    }

    pub fn list(&self) -> &[Json] {
        match *self {
            Json::List(ref values) => values,
            _ => &[],
        }
    }

    pub fn text(&self) -> &str {
        match *self {
            Json::Text(ref text) => text,
            _ => "",
        }
    }

    pub fn number(&self) -> usize {
        match *self {
            Json::Number(number) => number as usize,
            _ => 0,
        }
    }

    pub fn is_true(&self) -> bool {
        match *self {
            Json::Bool(value) => value,
            _ => false,
        }
    }
}

struct Parser<'a> {
    letters: &'a [char],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&mut self) -> char {
        while self.at < self.letters.len() && self.letters[self.at].is_whitespace() {
            self.at += 1;
        }
        self.letters.get(self.at).cloned().unwrap_or('\0')
    }

    fn take(&mut self, letter: char) -> bool {
        let found = self.peek() == letter;
        if found {
            self.at += 1;
        }
        found
    }

    fn value(&mut self) -> Option<Json> {
        match self.peek() {
            '{' => self.map(),
            '[' => self.list(),
            '"' => self.string().map(Json::Text),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Json> {
        let start = self.at;
        while self.at < self.letters.len() && !",]} \n".contains(self.letters[self.at]) {
            self.at += 1;
        }
        let word: String = self.letters[start..self.at].iter().cloned().collect();
        match &word[..] {
            "null" => Some(Json::Null),
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            _ => word.parse().ok().map(Json::Number),
        }
    }

    fn list(&mut self) -> Option<Json> {
        let mut values = Vec::new();
        self.at += 1;
        while !self.take(']') {
            match self.value() {
                Some(value) => values.push(value),
                None => return None,
            }
            self.take(',');
        }
        Some(Json::List(values))
    }

    fn map(&mut self) -> Option<Json> {
        let mut pairs = Vec::new();
        self.at += 1;
        while !self.take('}') {
            self.peek();
            let key = match self.string() {
                Some(key) => key,
                None => return None,
            };
            self.take(':');
            match self.value() {
                Some(value) => pairs.push((key, value)),
                None => return None,
            }
            self.take(',');
        }
        Some(Json::Map(pairs))
    }

    fn string(&mut self) -> Option<String> {
        if !self.take('"') {
            return None;
        }
        let mut text = String::new();
        while self.at < self.letters.len() {
            let letter = self.letters[self.at];
            self.at += 1;
            match letter {
                '"' => return Some(text),
                '\\' => {
                    let escaped = self.escaped();
                    text.push(escaped);
                }
                _ => text.push(letter),
            }
        }
        None
    }

    fn escaped(&mut self) -> char {
        let letter = self.letters.get(self.at).cloned().unwrap_or('\0');
        self.at += 1;
        match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => self.code_unit(),
            _ => letter,
        }
    }

    /// rustc escapes no letters outside of the basic plane, so there are no pairs.
    fn code_unit(&mut self) -> char {
        let end = ::std::cmp::min(self.at + 4, self.letters.len());
        let digits: String = self.letters[self.at..end].iter().cloned().collect();
        self.at = end;
        u32::from_str_radix(&digits, 16).ok().and_then(::std::char::from_u32).unwrap_or('\u{fffd}')
    }
}
