//! The driver protocol, docs/adding-a-language.md: requests on fd 3, reports on fd 4.
use std::os::raw::c_int;
use system;

pub struct Channel {
    pub input: c_int,
    output: c_int,
    received: Vec<u8>,
}

pub struct Request {
    pub kind: String,
    pub id: String,
    /// For `complete` and `inspect`: an offset in bytes.
    pub cursor: usize,
    pub payload: String,
}

impl Channel {
    /// Moves both descriptors out of the way of user code.
    pub fn open() -> Channel {
        Channel { input: system::move_away(3), output: system::move_away(4), received: Vec::new() }
    }

    /// For a child that must not speak.
    pub fn close(&self) {
        unsafe {
            system::close(self.input);
            system::close(self.output);
        }
    }

    /// The next request; none at the end of input, or where it is garbage.
    pub fn next(&mut self) -> Option<Request> {
        let header = match self.header() {
            Some(header) => header,
            None => return None,
        };
        let words: Vec<&str> = header.split(' ').collect();
        let length = words[words.len() - 1].parse().unwrap_or(0);
        while self.received.len() < length {
            if !self.receive() {
                return None;
            }
        }
        let payload: Vec<u8> = self.received.drain(..length).collect();
        Some(Request {
            kind: words[0].to_string(),
            id: words.get(1).unwrap_or(&"").to_string(),
            cursor: words.get(2).and_then(|word| word.parse().ok()).unwrap_or(0),
            payload: String::from_utf8_lossy(&payload).into_owned(),
        })
    }

    fn header(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.received.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.received.drain(..end + 1).collect();
                return Some(String::from_utf8_lossy(&line[..end]).into_owned());
            }
            if !self.receive() {
                return None;
            }
        }
    }

    fn receive(&mut self) -> bool {
        let mut chunk = vec![0; 65536];
        let count = system::read_some(self.input, &mut chunk);
        self.received.extend_from_slice(&chunk[..count]);
        count > 0
    }

    /// Whether a request has been read already, in part at least.
    pub fn has_received(&self) -> bool {
        !self.received.is_empty()
    }

    /// One report: a header line's fields, then the payload.
    pub fn report(&self, fields: &str, payload: &str) {
        let message = format!("{} {}\n{}", fields, payload.len(), payload);
        system::write_all(self.output, message.as_bytes());
    }
}
