//! What of the C library std does not offer. Numbers are Linux's, the same on x86-64 and arm64, glibc and musl.
use std::ffi::CString;
use std::os::raw::{c_char, c_int, c_long, c_void};

pub const SIGINT: c_int = 2;
pub const SIGKILL: c_int = 9;
pub const SIGCHLD: c_int = 17;
pub const WNOHANG: c_int = 1;
pub const EVERY_SIGNAL: SignalSet = [!0; 16];

pub type SignalSet = [u64; 16];

#[repr(C)]
struct SignalAction {
    handler: usize,
    mask: SignalSet,
    flags: c_int,
    restorer: usize,
}

#[repr(C)]
pub struct Poll {
    pub fd: c_int,
    pub events: i16,
    pub revents: i16,
}

extern "C" {
    pub fn fork() -> c_int;
    pub fn getpid() -> c_int;
    pub fn kill(pid: c_int, signal: c_int) -> c_int;
    pub fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    pub fn _exit(code: c_int) -> !;
    pub fn close(fd: c_int) -> c_int;
    fn pipe2(ends: *mut c_int, flags: c_int) -> c_int;
    fn dup2(from: c_int, to: c_int) -> c_int;
    fn fcntl(fd: c_int, command: c_int, ...) -> c_int;
    fn read(fd: c_int, to: *mut c_void, length: usize) -> isize;
    fn write(fd: c_int, from: *const c_void, length: usize) -> isize;
    fn poll(polls: *mut Poll, count: usize, timeout: c_int) -> c_int;
    fn prctl(option: c_int, ...) -> c_int;
    fn setrlimit(resource: c_int, limit: *const [u64; 2]) -> c_int;
    fn sigaction(signal: c_int, new: *const SignalAction, old: *mut SignalAction) -> c_int;
    pub fn sigprocmask(how: c_int, new: *const SignalSet, old: *mut SignalSet) -> c_int;
    fn sigpending(set: *mut SignalSet) -> c_int;
    fn mmap(at: *mut c_void, length: usize, protection: c_int, flags: c_int, fd: c_int, offset: c_long) -> *mut c_void;
}

#[link(name = "dl")]
extern "C" {
    pub fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    pub fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    pub fn dlerror() -> *const c_char;
}

pub fn set_handler(signal: c_int, handler: usize, flags: c_int) {
    let action = SignalAction { handler: handler, mask: [0; 16], flags: flags, restorer: 0 };
    unsafe { sigaction(signal, &action, ::std::ptr::null_mut()) };
}

/// What was sent meanwhile to a process that blocks all signals was not meant for it.
pub fn discard_pending_signals() {
    let mut pending: SignalSet = [0; 16];
    unsafe { sigpending(&mut pending) };
    for number in 1..65 {
        if pending[0] & (1 << (number - 1)) == 0 {
            continue;
        }
        let ignore = SignalAction { handler: 1, mask: [0; 16], flags: 0, restorer: 0 };
        let mut before = SignalAction { handler: 0, mask: [0; 16], flags: 0, restorer: 0 };
        unsafe {
            sigaction(number, &ignore, &mut before);
            sigaction(number, &before, ::std::ptr::null_mut());
        }
    }
}

/// A pipe that no program the user starts will inherit: its end to read, and the one to write.
pub fn pipe() -> (c_int, c_int) {
    let mut ends = [0; 2];
    assert_eq!(unsafe { pipe2(ends.as_mut_ptr(), 0o2000000) }, 0);
    (ends[0], ends[1])
}

/// Out of the way of user code's descriptors, and closed in what it starts.
pub fn move_away(fd: c_int) -> c_int {
    unsafe {
        let moved = fcntl(fd, 1030, 200);
        close(fd);
        moved
    }
}

/// Copies of stdin, stdout and stderr, closed in what this process starts.
pub fn save_standard_streams() -> [c_int; 3] {
    let save = |fd| unsafe { fcntl(fd, 1030, 200) };
    [save(0), save(1), save(2)]
}

/// Those that user code has closed are opened again.
pub fn mend_standard_streams(saved: &[c_int; 3]) {
    for fd in 0..3 {
        unsafe {
            if fcntl(fd, 1) < 0 {
                dup2(saved[fd as usize], fd);
            }
        }
    }
}

/// How much was read; 0 at the end.
pub fn read_some(fd: c_int, to: &mut [u8]) -> usize {
    loop {
        let count = unsafe { read(fd, to.as_mut_ptr() as *mut c_void, to.len()) };
        if count >= 0 {
            return count as usize;
        }
        if !was_cut_short() {
            return 0;
        }
    }
}

pub fn write_all(fd: c_int, bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = unsafe { write(fd, rest.as_ptr() as *const c_void, rest.len()) };
        if count > 0 {
            rest = &rest[count as usize..];
        } else if !was_cut_short() {
            return false;
        }
    }
    true
}

pub fn was_cut_short() -> bool {
    ::std::io::Error::last_os_error().kind() == ::std::io::ErrorKind::Interrupted
}

/// Waits until one of the two can be read, or a signal came: whether each can.
pub fn wait_for(first: c_int, second: c_int) -> (bool, bool) {
    let mut polls = [Poll { fd: first, events: 1, revents: 0 }, Poll { fd: second, events: 1, revents: 0 }];
    let count = unsafe { poll(polls.as_mut_ptr(), 2, -1) };
    (count > 0 && polls[0].revents != 0, count > 0 && polls[1].revents != 0)
}

/// Orphans of user code, and checkpoints, become children of this process.
pub fn adopt_orphans() {
    unsafe { prctl(36, 1) };
}

pub fn die_with_parent() {
    unsafe { prctl(1, SIGKILL) };
}

pub fn leave_no_core_files() {
    unsafe { setrlimit(4, &[0, 0]) };
}

/// Zeroed memory; `shared` with the processes that are forked from this one.
pub fn map_memory(length: usize, shared: bool) -> *mut u8 {
    let flags = 0x20 | if shared { 1 } else { 2 };
    unsafe { mmap(::std::ptr::null_mut(), length, 3, flags, -1, 0) as *mut u8 }
}

pub fn c_string(text: &str) -> CString {
    CString::new(text).unwrap()
}
