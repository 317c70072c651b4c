//! A cell that rustc does not accept as it was generated may be in another form: with values left out, or as a whole.
use cell::{Cell, Way};
use compiler::Build;
use diagnostics::Diagnostic;
use pieces::PieceKind;
use session::{self, Change, Reason};

const MOVED: &'static [&'static str] = &["E0382", "E0381"];
/// Mainly about what something else has borrowed.
const LENT: &'static [&'static str] = &["E0499", "E0502", "E0503", "E0505", "E0506"];

/// The variable that cannot be put back; none where the error is the user's.
pub fn culprit(error: &Diagnostic, cell: &Cell) -> Option<usize> {
    let puts = error.puts();
    let is_moved = MOVED.contains(&&error.code[..]) || error.code == "E0525";
    if puts.is_empty() && !error.wants_static() {
        return None;
    }
    if is_moved {
        return puts.first().map(|put| put.0);
    }
    // What is mainly about one that is moved into its slot is about another, which borrows from it.
    let is_lender = |put: &(usize, bool)| put.1 && LENT.contains(&&error.code[..]);
    let borrower = puts.iter().filter(|put| !is_lender(put) && cell.places[put.0].declared.is_none()).map(|put| put.0).next();
    borrower.or_else(|| error.places().into_iter().filter_map(|place| cell.borrower_at(place.0, place.1, error.subject())).next())
        .or_else(|| (0..cell.places.len()).rev().filter(|&index| !puts.is_empty() && cell.places[index].declared.is_none() && cell.ways[index] != Way::Dropped).next())
}

/// A value that cannot be put as it was tried: as another kind of closure, or not at all.
pub fn leave_out(culprit: usize, error: &Diagnostic, cell: &mut Cell, change: &mut Change) {
    cell.ways[culprit] = match cell.ways[culprit] {
        Way::Boxed(kind) if kind < 2 && error.code == "E0525" => Way::Boxed(kind + 1),
        _ => {
            let reason = if MOVED.contains(&&error.code[..]) { Reason::Moved } else { Reason::Borrows };
            change.lost.push((cell.places[culprit].binding.name.clone(), reason));
            Way::Dropped
        }
    };
}

/// Another form of the cell that rustc may accept: without segments, or with a macro at its end that is a statement.
pub fn another_form(cell: &mut Cell) -> bool {
    let ends_with_macro = cell.pieces.last().map_or(false, |piece| {
        piece.kind == PieceKind::Tail && cell.tokens.text(piece.head + 1) == "!" && cell.tokens.after(piece.head + 2) == piece.end
    });
    if cell.segments > 0 {
        cell.segments = 0;
    } else if ends_with_macro {
        cell.tail_is_statement = true;
    } else {
        return false;
    }
    for (way, place) in cell.ways.iter_mut().zip(&cell.places) {
        *way = if place.closure.is_some() { Way::Boxed(0) } else { Way::Plain };
    }
    true
}

/// Whether a value is a function: it is to be put as a pointer then.
pub fn points_to_functions(cell: &mut Cell, build: &Build) -> bool {
    let mut found = false;
    for (place, way) in cell.places.iter().zip(cell.ways.iter_mut()) {
        let declared = build.types.iter().filter(|pair| pair.0 == place.number).next();
        if let Some(pointer) = declared.and_then(|pair| session::function_pointer(&pair.1)) {
            *way = Way::As(pointer);
            found = true;
        }
    }
    found
}
