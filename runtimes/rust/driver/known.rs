//! Names of the language and of std, for completion: rustc tells none.

pub const WORDS: &'static [&'static str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128",
    "isize", "str", "u8", "u16", "u32", "u64", "u128", "usize", "Box", "Clone", "Copy", "Debug", "Default", "Drop", "Eq", "Err", "Fn", "FnMut", "FnOnce", "From", "Hash", "Into", "IntoIterator",
    "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Send", "Some", "String", "Sync", "ToOwned", "ToString", "Vec", "assert!", "assert_eq!", "assert_ne!", "dbg!",
    "drop", "eprint!", "eprintln!", "format!", "macro_rules!", "panic!", "print!", "println!", "std", "thread_local!", "todo!", "unimplemented!", "unreachable!", "vec!", "write!", "writeln!",
];

const STD: &'static str = "any boxed cell char cmp collections convert env error f64 ffi fmt fs hash i32 io iter marker mem net ops option os path process ptr rc result slice str string sync thread time u8 vec";

const PATHS: &'static [(&'static str, &'static str)] = &[
    ("collections", "BTreeMap BTreeSet BinaryHeap HashMap HashSet VecDeque"),
    ("io", "BufRead BufReader BufWriter Error ErrorKind Read Result Write stderr stdin stdout"),
    ("rc", "Rc Weak"),
    ("cell", "Cell RefCell"),
    ("sync", "Arc Condvar Mutex Once RwLock atomic mpsc"),
    ("thread", "current park sleep spawn yield_now"),
    ("time", "Duration Instant SystemTime"),
    ("process", "Command Stdio abort exit id"),
    ("fs", "File OpenOptions create_dir create_dir_all read_dir remove_file rename"),
    ("env", "args current_dir set_var var vars"),
    ("fmt", "Debug Display Formatter Result Write"),
    ("mem", "drop forget replace size_of size_of_val swap take"),
    ("iter", "empty once repeat successors"),
    ("String", "from from_utf8 from_utf8_lossy new with_capacity"),
    ("Vec", "from new with_capacity"),
    ("HashMap", "new with_capacity"),
    ("HashSet", "new with_capacity"),
    ("BTreeMap", "new"),
    ("Box", "from new"),
    ("Rc", "clone new ptr_eq strong_count weak_count"),
    ("Arc", "clone new ptr_eq strong_count"),
    ("Duration", "from_millis from_nanos from_secs new"),
    ("Instant", "now"),
];

const SLICE: &'static str = "binary_search chunks clone concat contains ends_with first get get_mut is_empty iter iter_mut join last len reverse sort sort_by sort_by_key split_at starts_with swap to_vec windows";
const TEXT: &'static str = "as_bytes as_str bytes char_indices chars clone contains ends_with find is_empty len lines parse replace rfind split split_whitespace starts_with to_lowercase to_owned to_string to_uppercase trim trim_end trim_start";
const MAP: &'static str = "clear clone contains_key entry extend get get_mut insert is_empty iter iter_mut keys len remove retain values values_mut";
const SET: &'static str = "clear contains difference extend get insert intersection is_empty is_subset iter len remove union";
const NUMBER: &'static str = "abs checked_add checked_div checked_mul checked_sub max min pow saturating_add saturating_sub to_string wrapping_add wrapping_mul wrapping_sub";
const REAL: &'static str = "abs ceil cos exp floor is_nan ln log10 max min powf powi round sin sqrt tan to_string trunc";

const METHODS: &'static [(&'static str, &'static str)] = &[
    ("Vec", "append as_slice capacity clear dedup drain extend insert into_iter pop push remove resize retain swap_remove truncate"),
    ("Vec", SLICE),
    ("[", SLICE),
    ("String", "clear insert insert_str into_bytes pop push push_str remove truncate"),
    ("String", TEXT),
    ("str", TEXT),
    ("Option", "and_then as_mut as_ref cloned expect filter is_none is_some map map_or ok_or or_else take unwrap unwrap_or unwrap_or_default unwrap_or_else"),
    ("Result", "and_then as_ref err expect expect_err is_err is_ok map map_err ok unwrap unwrap_err unwrap_or unwrap_or_else"),
    ("HashMap", MAP),
    ("BTreeMap", MAP),
    ("HashSet", SET),
    ("BTreeSet", SET),
    ("VecDeque", "back clear front get is_empty iter len pop_back pop_front push_back push_front"),
    ("Rc", "as_ref clone"),
    ("RefCell", "borrow borrow_mut into_inner replace"),
    ("Cell", "get replace set"),
    ("Mutex", "into_inner lock try_lock"),
    ("Instant", "duration_since elapsed"),
    ("i32", NUMBER),
    ("i64", NUMBER),
    ("u32", NUMBER),
    ("u64", NUMBER),
    ("u8", NUMBER),
    ("usize", NUMBER),
    ("f64", REAL),
    ("f32", REAL),
];

fn look_up(table: &[(&'static str, &'static str)], name: &str, found: &mut Vec<String>) {
    for pair in table {
        if pair.0 == name {
            for word in pair.1.split(' ') {
                found.push(word.to_string());
            }
        }
    }
}

/// Behind `std::`, `collections::` or `Vec::`.
pub fn members_of_path(name: &str, found: &mut Vec<String>) {
    look_up(&[("std", STD)], name, found);
    look_up(PATHS, name, found);
}

pub fn methods_of_type(name: &str, found: &mut Vec<String>) {
    look_up(METHODS, name, found);
}
