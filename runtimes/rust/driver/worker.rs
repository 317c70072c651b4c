//! The worker is the process that user code runs in, a child of the driver. It loads each cell's library and
//! calls it. Before each it forks a checkpoint, a copy of itself that waits: where the cell falls (a fault, an
//! abort, exit, an interrupt) the checkpoint goes on in its place.
//!
//! The checkpoint is a child of the driver, not of the worker, as user code may wait for "any child": it is forked
//! twice, and the driver, a subreaper, inherits it.
use std::ffi::CStr;
use std::io;
use std::os::raw::{c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use system;

/// As many variables as a session can have at a time.
pub const MOST_VARIABLES: usize = 1 << 16;

/// The worker's ends of the pipes, and the one a checkpoint waits at.
pub struct Lines {
    pub tasks: c_int,
    pub reports: c_int,
    pub gate: c_int,
    /// Of stdout and stderr while it forks: a thread of an earlier cell must not have them in the copy, where it is
    /// not. Before Rust 1.63 a lock belonged to a thread by its id, which is another after a fork.
    pub holds_locks: bool,
}

/// What driver, worker and checkpoint all see: the process that holds what was before the running cell, or 0.
pub type Shared = &'static AtomicUsize;

extern "C" fn ignore_signal(_: c_int) {}

/// Runs tasks until there are no more. A task is a line: a library, and variables to tell of afterwards.
pub fn work(lines: Lines, shared: Shared) -> ! {
    let slots = system::map_memory(MOST_VARIABLES * 8, false) as *mut *mut u8;
    system::die_with_parent();
    system::leave_no_core_files();
    // The driver ends a cell that is interrupted. Restarted calls, so that nothing in user code sees the signal.
    system::set_handler(system::SIGINT, ignore_signal as *const () as usize, 0x10000000);
    system::set_handler(system::SIGCHLD, 0, 0);
    let streams = system::save_standard_streams();
    while let Some(task) = read_line(lines.tasks) {
        system::mend_standard_streams(&streams);
        if !make_checkpoint(lines.gate, shared, lines.holds_locks) {
            let report = run(&task, slots);
            system::write_all(lines.reports, report.as_bytes());
        }
    }
    unsafe { system::_exit(0) }
}

pub fn read_line(fd: c_int) -> Option<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while system::read_some(fd, &mut byte) == 1 {
        if byte[0] == b'\n' {
            return String::from_utf8(line).ok();
        }
        line.push(byte[0]);
    }
    None
}

/// True in the checkpoint, when it goes on.
fn make_checkpoint(gate: c_int, shared: Shared, holds_locks: bool) -> bool {
    let mut mask: system::SignalSet = [0; 16];
    unsafe { system::sigprocmask(0, &system::EVERY_SIGNAL, &mut mask) };
    let (stdout, stderr) = (io::stdout(), io::stderr());
    let locks = if holds_locks { Some((stdout.lock(), stderr.lock())) } else { None };
    shared.store(0, Ordering::SeqCst);
    let between = unsafe { system::fork() };
    if between == 0 {
        let frozen = unsafe { system::fork() };
        if frozen != 0 {
            shared.store(if frozen > 0 { frozen as usize } else { 0 }, Ordering::SeqCst);
            unsafe { system::_exit(0) };
        }
        wait_at(gate);
        system::discard_pending_signals();
        system::die_with_parent();
    } else if between > 0 {
        let mut status = 0;
        while unsafe { system::waitpid(between, &mut status, 0) } < 0 && system::was_cut_short() {}
    }
    drop(locks);
    unsafe { system::sigprocmask(2, &mask, ::std::ptr::null_mut()) };
    between == 0
}

/// The gate opens by one byte; where the driver has gone, it reads as closed.
fn wait_at(gate: c_int) {
    let mut byte = [0];
    if system::read_some(gate, &mut byte) == 0 {
        unsafe { system::_exit(0) };
    }
}

/// The report is a line: the status, then which of the variables have a value now; or `!` and why it does not load.
fn run(task: &str, slots: *mut *mut u8) -> String {
    let mut words = task.split('\t');
    let library = load(words.next().unwrap_or(""));
    if library.is_null() {
        let error = unsafe { CStr::from_ptr(system::dlerror()) };
        return format!("!{}\n", error.to_string_lossy().replace('\n', " "));
    }
    let mut report = call(library, slots).to_string();
    for word in words {
        let number: usize = word.parse().unwrap_or(0);
        if unsafe { !(*slots.offset(number as isize)).is_null() } {
            report += &format!("\t{}", number);
        }
    }
    report + "\n"
}

/// Its exported names are for all that come after it: a static that was there first is everybody's.
fn load(path: &str) -> *mut c_void {
    unsafe { system::dlopen(system::c_string(path).as_ptr(), 0x102) }
}

fn call(library: *mut c_void, slots: *mut *mut u8) -> c_int {
    unsafe {
        let symbol = system::dlsym(library, system::c_string("krunner_cell").as_ptr());
        let cell: extern "C" fn(*mut *mut u8) -> c_int = ::std::mem::transmute(symbol);
        let worker = system::getpid();
        let status = cell(slots);
        // A child that user code has forked must not go on as if it were the worker.
        if system::getpid() != worker {
            system::_exit(status);
        }
        status
    }
}
