//! What the driver itself says of a cell, on stderr.
use diagnostics::Diagnostic;
use session::{Reason, Session};
use supervisor::{Ending, Outcome};
use system;

pub fn say(text: &str) {
    system::write_all(2, text.as_bytes());
}

/// A name that is not found, as it was moved, or could not be kept.
pub fn explain_gone(session: &Session, error: &Diagnostic) -> Option<String> {
    let gone = match session.gone.iter().filter(|gone| error.code == "E0425" && gone.name == error.subject()).next() {
        Some(gone) => gone,
        None => return None,
    };
    let shown = error.show(&session.cells);
    let shown = shown.trim_right();
    Some(match gone.reason {
        Reason::Moved => {
            let first = shown.find('\n').unwrap_or(shown.len());
            let moved = shown[first..].replace("not found in this scope", "value used here after move");
            let moved: Vec<&str> = moved.split("\n  = ").take(1).collect();
            format!("error[E0382]: use of moved value: `{}`{}\n  = note: `{}` was moved in <cell {}>\n\n", gone.name, moved.concat(), gone.name, gone.cell)
        }
        Reason::Borrows => format!("{}\n  = note: `{}` of <cell {}> ended with its cell: it borrows, and only what owns its data is kept\n\n", shown, gone.name, gone.cell),
        Reason::Unnamed(ref declared) => format!("{}\n  = note: `{}` of <cell {}> ended with its cell: its type has no name that another cell could use: {}\n\n", shown, gone.name, gone.cell, declared),
        Reason::Retyped => format!("{}\n  = note: `{}` is gone since <cell {}>, which defines its type anew\n\n", shown, gone.name, gone.cell),
    })
}

/// Says how the cell ended: its exit code, and the error's name.
pub fn finish(outcome: &Outcome, has_changed: bool) -> (i32, String) {
    let fate = if outcome.lost {
        "the context was lost: there was no checkpoint"
    } else {
        "what it did to variables is undone, all before it is kept"
    };
    match outcome.ending {
        Ending::Finished(0) => (0, String::new()),
        Ending::Finished(_) => (1, "panic".to_string()),
        Ending::NotLoaded(ref why) => {
            say(&format!("error: {}\n", why));
            (1, "error".to_string())
        }
        Ending::Interrupted => {
            say(&format!("interrupted: the cell was ended, {}\n", fate));
            (1, "Interrupted".to_string())
        }
        Ending::Exited(code) => {
            if has_changed || outcome.lost {
                say(&format!("the cell ended its process with exit code {}: {}\n", code, fate));
            }
            (code, String::new())
        }
        Ending::Killed(signal) => {
            let (name, words) = name_of_signal(signal);
            say(&format!("the cell was ended by {} ({}): {}\n", name, words, fate));
            (128 + signal, name.to_string())
        }
    }
}

fn name_of_signal(signal: i32) -> (&'static str, &'static str) {
    match signal {
        4 => ("SIGILL", "illegal instruction"),
        6 => ("SIGABRT", "abort"),
        7 => ("SIGBUS", "bus error"),
        8 => ("SIGFPE", "arithmetic error"),
        9 => ("SIGKILL", "killed, or out of memory"),
        11 => ("SIGSEGV", "segmentation fault"),
        13 => ("SIGPIPE", "a write that nobody reads"),
        15 => ("SIGTERM", "terminated"),
        _ => ("signal", "see signal(7)"),
    }
}
