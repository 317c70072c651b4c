//! The image's rustc: what it is, and one run of it.
use json::Json;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

pub struct Compiler {
    path: String,
    scratch: String,
    /// Of 1.63: 63.
    pub version: u32,
    pub banner: String,
    /// All cells have one std, the driver's: else each has its own, with its own buffers and panics.
    pub shares_std: bool,
}

pub struct Build {
    pub succeeded: bool,
    /// It was ended by a signal.
    pub was_killed: bool,
    pub library: String,
    /// What rustc says, as JSON, and what it says beside that.
    pub messages: Vec<Json>,
    pub rest: String,
    /// Types of the values that are put in slots.
    pub types: Vec<(usize, String)>,
}

impl Compiler {
    pub fn meet(path: &str, scratch: &str) -> Compiler {
        let output = Command::new(path).arg("--version").output();
        let banner = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string()).unwrap_or(String::new());
        let number = banner.split(' ').nth(1).unwrap_or("").to_string();
        Compiler {
            path: path.to_string(),
            scratch: scratch.to_string(),
            version: number.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(17),
            banner: number,
            shares_std: read_file("/proc/self/maps").contains("/libstd-"),
        }
    }

    pub fn dyn_word(&self) -> &'static str {
        if self.version >= 27 { "dyn " } else { "" }
    }

    fn folder(&self, build: usize) -> String {
        format!("{}/cell-{}", self.scratch, build)
    }

    pub fn forget(&self, build: usize) {
        let _ = fs::remove_dir_all(self.folder(build));
    }

    /// Once it is loaded, its file is no longer needed; the map of its lines is.
    pub fn forget_library(&self, build: &Build) {
        let _ = fs::remove_file(&build.library);
    }

    /// `build` is never used twice. `map` is laid beside the file, for the hook of panics.
    pub fn compile(&self, build: usize, text: &str, map: &str, is_check: bool) -> Build {
        let folder = self.folder(build);
        let _ = fs::create_dir_all(&folder);
        let source = format!("{}/session.rs", folder);
        write_file(&source, text);
        write_file(&format!("{}.map", source), map);
        let mut command = Command::new(&self.path);
        command.args(&["--crate-name", "session", "--error-format", "json", "--cap-lints", "allow"]);
        command.args(&["-C", "debuginfo=0", "-C", "opt-level=0", "-C", "debug-assertions=on", "-C", "codegen-units=1"]);
        if is_check {
            command.args(&["--crate-type", "lib", "--emit", "metadata"]);
        } else {
            command.args(&["--crate-type", if self.version >= 43 { "cdylib" } else { "dylib" }, "--emit", "link,mir"]);
            command.args(&["-C", "prefer-dynamic", "-C", "link-arg=-Wl,-Bsymbolic-functions"]);
        }
        if self.version >= 31 {
            command.args(&["--edition", if self.version >= 56 { "2021" } else { "2018" }]);
        }
        command.args(&["--out-dir", &folder, &source]).stdin(Stdio::null()).stdout(Stdio::null());
        let mut built = Build { succeeded: false, was_killed: false, library: format!("{}/libsession.so", folder), messages: Vec::new(), rest: String::new(), types: Vec::new() };
        match command.output() {
            Ok(output) => {
                built.succeeded = output.status.success();
                built.was_killed = output.status.code().is_none();
                read_messages(&String::from_utf8_lossy(&output.stderr), &mut built);
            }
            Err(error) => built.rest = format!("{}: {}\n", self.path, error),
        }
        if built.succeeded && !is_check {
            built.types = read_types(&read_file(&format!("{}/session.mir", folder)));
            let _ = fs::remove_file(format!("{}/session.mir", folder));
        }
        built
    }
}

fn read_messages(text: &str, build: &mut Build) {
    for line in text.lines() {
        match Json::parse(line) {
            Some(ref json @ Json::Map(_)) => build.messages.push(json.clone()),
            _ => build.rest += &format!("{}\n", line),
        }
    }
}

/// In MIR each local variable's type stands in full: `let mut _7: &mut std::option::Option<i32>;`, and then
/// `__put::<i32>(const 3_isize, move _6, move _7)`.
fn read_types(mir: &str) -> Vec<(usize, String)> {
    let mut types = Vec::new();
    let mut locals: Vec<(String, String)> = Vec::new();
    for line in mir.lines() {
        if line.starts_with("fn ") {
            locals.clear();
        }
        let words = line.trim_left();
        if words.starts_with("let ") {
            let words = words[4..].trim_left_matches("mut ");
            let declaration: Vec<&str> = words.splitn(2, ": ").collect();
            if declaration.len() == 2 {
                let end = declaration[1].find(';').map_or(declaration[1].len(), |_| end_of_type(declaration[1]));
                locals.push((declaration[0].to_string(), declaration[1][..end].to_string()));
            }
        } else if let Some(start) = line.find("__put::<") {
            types.extend(read_put(&line[start..], &locals));
        }
    }
    types
}

/// A type may hold semicolons, in arrays.
fn end_of_type(text: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            ';' if depth == 0 => return at,
            _ => (),
        }
    }
    text.len()
}

fn read_put(call: &str, locals: &[(String, String)]) -> Option<(usize, String)> {
    let arguments = match call.find(">(const ") {
        Some(at) => &call[at + 8..],
        None => return None,
    };
    let number: String = arguments.chars().take_while(|letter| letter.is_digit(10)).collect();
    let local = arguments.split(')').next().unwrap_or("").split(|letter: char| letter == ' ' || letter == ',').last().unwrap_or("");
    let found = locals.iter().rev().filter(|pair| pair.0 == local).next();
    let (number, declared) = match (number.parse(), found) {
        (Ok(number), Some(pair)) => (number, &pair.1),
        _ => return None,
    };
    match (declared.find("Option<"), declared.rfind('>')) {
        (Some(start), Some(end)) => Some((number, declared[start + 7..end].to_string())),
        _ => None,
    }
}

fn write_file(path: &str, text: &str) {
    let _ = File::create(path).and_then(|mut file| file.write_all(text.as_bytes()));
}

fn read_file(path: &str) -> String {
    let mut text = String::new();
    let _ = File::open(path).and_then(|mut file| file.read_to_string(&mut text));
    text
}
