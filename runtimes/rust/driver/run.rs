//! A cell from its text to how it ended.
use cell::{self, Cell, Way};
use channel::Channel;
use compiler::{Build, Compiler};
use diagnostics::{self, Diagnostic};
use forms::{another_form, culprit, leave_out, points_to_functions};
use items::Item;
use pieces;
use session::{Change, Reason, Session};
use source::{Part, Source};
use supervisor::{self, Ending, Supervisor};
use tokens::Tokens;
use words::{self, say};

pub struct Driver {
    pub channel: Channel,
    pub supervisor: Supervisor,
    pub compiler: Compiler,
    pub session: Session,
    pub builds: usize,
    pub hook_is_set: bool,
}

/// Exit code, and the error's name.
type End = (i32, String);

/// More attempts than that are no progress.
const MOST_ATTEMPTS: usize = 40;

enum Verdict {
    /// Compiled, or worth another attempt with what was learned.
    Built(Build),
    Again,
    Failed(Vec<Diagnostic>),
    Stopped,
}

impl Driver {
    pub fn run(&mut self, text: &str) -> End {
        supervisor::was_interrupted();
        if self.supervisor.was_lost(&self.channel) {
            say("the context was lost: its process has ended since the last cell\n");
            self.forget();
        }
        let number = self.session.cells.len();
        self.session.cells.push(text.to_string());
        match Tokens::of(text) {
            Some(tokens) => self.run_tokens(&tokens, number),
            None => self.explain_incomplete(text, number),
        }
    }

    /// The worker is a new one. Definitions live on, as they are text.
    fn forget(&mut self) {
        self.session.variables.clear();
        self.hook_is_set = false;
    }

    /// rustc says best what has no end, and where it began.
    fn explain_incomplete(&mut self, text: &str, number: usize) -> End {
        let mut source = Source::new();
        source.add_part(&Part::of(text, 0, text.len(), number), None);
        let build = self.compile(&source, true);
        let errors = diagnostics::read_errors(&build.messages, &source);
        if errors.is_empty() {
            say(&format!("error: <cell {}> is incomplete\n{}", number, build.rest));
        }
        self.explain(&errors);
        (1, "error".to_string())
    }

    fn compile(&mut self, source: &Source, is_check: bool) -> Build {
        self.builds += 1;
        let build = self.compiler.compile(self.builds, &source.text, &source.map(), is_check);
        if !build.succeeded {
            self.compiler.forget(self.builds);
        }
        build
    }

    fn run_tokens(&mut self, tokens: &Tokens, number: usize) -> End {
        let pieces = pieces::split(tokens);
        if pieces.is_empty() {
            return (0, String::new());
        }
        let mut change = self.session.read_change(tokens, &pieces, number);
        let (made, segments) = cell::read_lets(tokens, &pieces);
        let places = self.session.take_places(tokens, &pieces, made, &change);
        let ways = places.iter().map(|place| if place.closure.is_some() { Way::Boxed(0) } else { Way::Plain }).collect();
        let mut cell = Cell { number: number, tokens: tokens, pieces: pieces, places: places, ways: ways, segments: segments, tail_is_statement: false, sets_hook: !self.hook_is_set };
        let mut first_errors = None;
        for _ in 0..MOST_ATTEMPTS {
            match self.attempt(&mut cell, &mut change) {
                Verdict::Again => continue,
                Verdict::Built(build) => return self.execute(&cell, change, &build),
                Verdict::Stopped => {
                    say("interrupted\n");
                    return (1, "Interrupted".to_string());
                }
                Verdict::Failed(errors) => {
                    if cell.tail_is_statement {
                        break;
                    }
                    first_errors = Some(errors);
                    if !another_form(&mut cell) {
                        break;
                    }
                }
            }
        }
        self.explain(&first_errors.unwrap_or(Vec::new()));
        (1, "error".to_string())
    }

    fn attempt(&mut self, cell: &mut Cell, change: &mut Change) -> Verdict {
        let runs_main = !cell.has_statements() && change.new.iter().any(|item| item.defines_main());
        let is_check = !cell.has_statements() && !runs_main;
        let source = {
            let older: Vec<&Item> = change.older.iter().collect();
            cell.generate(&self.compiler, &older, runs_main)
        };
        let build = self.compile(&source, is_check);
        if supervisor::was_interrupted() {
            return Verdict::Stopped;
        }
        if build.succeeded {
            return if points_to_functions(cell, &build) { Verdict::Again } else { Verdict::Built(build) };
        }
        let errors = diagnostics::read_errors(&build.messages, &source);
        if errors.is_empty() {
            say(&format!("error: rustc failed{}\n{}", if build.was_killed { ", ended by a signal" } else { "" }, build.rest));
        }
        if self.learn(&errors, cell, change) {
            return Verdict::Again;
        }
        Verdict::Failed(errors.into_iter().filter(|error| error.puts().is_empty()).collect())
    }

    /// Whether the errors were about what we have generated, or about what earlier cells have left: they say what to leave out.
    fn learn(&mut self, errors: &[Diagnostic], cell: &mut Cell, change: &mut Change) -> bool {
        let mut unfit: Vec<(usize, String)> = errors.iter().filter_map(|error| error.older_item().map(|item| (item, error.message.clone()))).collect();
        unfit.sort();
        unfit.dedup_by_key(|pair| pair.0);
        for pair in unfit.iter().rev() {
            let item = change.older.remove(pair.0);
            change.unfit.push(format!("note: `{}` of <cell {}> no longer fits, and is gone: {}\n", item.title, item.cell, pair.1));
        }
        if !unfit.is_empty() {
            return true;
        }
        if let Some(index) = errors.iter().filter_map(|error| error.takes()).next() {
            let place = cell.places.remove(index);
            cell.ways.remove(index);
            self.session.variables.retain(|variable| variable.number != place.number);
            self.session.lose(&place.binding.name, Reason::Unnamed(place.declared.unwrap_or(String::new())), cell.number);
            return true;
        }
        let culprits: Vec<Option<usize>> = errors.iter().map(|error| culprit(error, cell)).collect();
        if culprits.is_empty() || culprits.iter().any(|culprit| culprit.is_none()) {
            return false;
        }
        for (error, culprit) in errors.iter().zip(culprits) {
            leave_out(culprit.unwrap(), error, cell, change);
        }
        true
    }

    fn explain(&self, errors: &[Diagnostic]) {
        for error in errors {
            say(&words::explain_gone(&self.session, error).unwrap_or_else(|| error.show(&self.session.cells)));
        }
    }

    fn execute(&mut self, cell: &Cell, mut change: Change, build: &Build) -> End {
        say(&change.unfit.concat());
        let lost = ::std::mem::replace(&mut change.lost, Vec::new());
        let runs = cell.has_statements() || change.new.iter().any(|item| item.defines_main());
        self.session.keep_items(change, cell.number);
        if !runs {
            self.compiler.forget(self.builds);
            return (0, String::new());
        }
        let numbers: Vec<usize> = cell.places.iter().map(|place| place.number).collect();
        let outcome = self.supervisor.run(&build.library, &numbers, &self.channel);
        self.compiler.forget_library(build);
        if let Ending::Finished(_) = outcome.ending {
            self.hook_is_set = self.compiler.shares_std;
            self.session.keep_variables(cell, build, &outcome.kept);
            for (name, reason) in lost {
                self.session.lose(&name, reason, cell.number);
            }
        }
        if outcome.lost {
            self.forget();
        }
        words::finish(&outcome, !cell.places.is_empty())
    }
}
