use session::Session;
pub fn complete(_s: &Session, _c: &str, _b: &str) -> Vec<String> { Vec::new() }
pub fn inspect(_s: &Session, _c: &str, _at: usize) -> String { String::new() }
