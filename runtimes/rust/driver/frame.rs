//! What stands around a cell's pieces in its crate.
use compiler::Compiler;
use items::Item;
use pieces::Binding;
use source::{Part, Source};

pub fn opening(tries: bool, compiler: &Compiler) -> String {
    if tries {
        format!("__try(__status, || -> ::std::result::Result<_, ::std::boxed::Box<{}::std::error::Error>> {{", compiler.dyn_word())
    } else {
        "__run(__status, || {".to_string()
    }
}

pub fn closing(tries: bool, value: &str) -> String {
    if tries {
        format!("__ok({}) }})", value)
    } else {
        format!("{} }})", value)
    }
}

pub fn written(binding: &Binding) -> String {
    if binding.mutable {
        format!("mut {}", binding.name)
    } else {
        binding.name.clone()
    }
}

pub fn add_item(source: &mut Source, parts: &[Part], item: &Item, index: Option<usize>) {
    add_parts(source, parts, item.generation, index);
}

/// A static has a name of its own for the loader: the first library that defines it defines it for all.
pub fn add_parts(source: &mut Source, parts: &[Part], generation: usize, item: Option<usize>) {
    for part in parts {
        if part.is_static {
            source.add(&format!("#[export_name = \"krunner_{}_{}_{}_{}\"]", generation, part.cell, part.line, part.column));
        }
        source.add_part(part, item);
    }
}

fn hook(compiler: &Compiler) -> String {
    let column = if compiler.version >= 25 { "place.column()" } else { "1" };
    // A std of its own does not know that its first thread is the process's.
    let (first, unnamed) = if compiler.shares_std {
        ("", "\"<unnamed>\"")
    } else {
        ("let first = ::std::thread::current().id();", "if thread.id() == first { \"main\" } else { \"<unnamed>\" }")
    };
    include_str!("hook.rs").replace("COLUMN", column).replace("FIRST", first).replace("UNNAMED", unnamed)
}

/// In a module of its own, so that its names and the user's do not meet.
pub fn add_prelude(source: &mut Source, compiler: &Compiler, sets_hook: bool) {
    source.add(include_str!("macros.rs"));
    source.add("mod __krunner {");
    source.add(include_str!("prelude.rs"));
    source.add(include_str!("panics.rs"));
    if sets_hook {
        source.add(&hook(compiler));
    }
    if compiler.version >= 38 {
        source.add("pub fn __type_of<T: ?Sized>(_: &T) -> String { format!(\"a value of type {}\", ::std::any::type_name::<T>().replace(\"session::\", \"\")) }");
    } else {
        source.add("pub fn __type_of<T: ?Sized>(_: &T) -> String { \"a value of a type without Debug\".to_string() }");
    }
    source.add("}\nuse self::__krunner::*;");
    if compiler.version >= 30 {
        source.add(include_str!("locals.rs"));
    }
}
