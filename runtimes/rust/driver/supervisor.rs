//! The worker as the driver sees it.
use channel::Channel;
use std::os::raw::c_int;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, ATOMIC_BOOL_INIT, ATOMIC_USIZE_INIT};
use system;
use worker::{self, Lines, Shared};

static INTERRUPTED: AtomicBool = ATOMIC_BOOL_INIT;
/// Where the signal handlers write, so that a wait ends.
static WAKE: AtomicUsize = ATOMIC_USIZE_INIT;

extern "C" fn on_signal(signal: c_int) {
    if signal == system::SIGINT {
        INTERRUPTED.store(true, Ordering::SeqCst);
    }
    system::write_all(WAKE.load(Ordering::SeqCst) as c_int, &[0]);
}

/// Whether an interrupt came since this was last asked.
pub fn was_interrupted() -> bool {
    INTERRUPTED.swap(false, Ordering::SeqCst)
}

pub enum Ending {
    /// With this status: 0, or 1 for what was raised.
    Finished(c_int),
    NotLoaded(String),
    Interrupted,
    Exited(c_int),
    /// By this signal.
    Killed(c_int),
}

pub struct Outcome {
    pub ending: Ending,
    /// The variables, of those asked for, that have a value.
    pub kept: Vec<usize>,
    /// All that was before the cell is gone too.
    pub lost: bool,
}

pub struct Supervisor {
    worker: c_int,
    /// How it ended, where it has.
    status: Option<c_int>,
    shared: Shared,
    tasks: c_int,
    reports: c_int,
    gate: c_int,
    wake: c_int,
    holds_locks: bool,
}

impl Supervisor {
    pub fn start(channel: &Channel, holds_locks: bool) -> Supervisor {
        let (wake, waker) = system::pipe();
        WAKE.store(waker as usize, Ordering::SeqCst);
        system::set_handler(system::SIGINT, on_signal as *const () as usize, 0x10000000);
        system::set_handler(system::SIGCHLD, on_signal as *const () as usize, 0x10000000);
        system::adopt_orphans();
        let shared = unsafe { &*(system::map_memory(4096, true) as *const AtomicUsize) };
        let mut supervisor = Supervisor { worker: 0, status: None, shared: shared, tasks: -1, reports: -1, gate: -1, wake: wake, holds_locks: holds_locks };
        supervisor.start_worker(channel);
        supervisor
    }

    fn start_worker(&mut self, channel: &Channel) {
        for &fd in &[self.tasks, self.reports, self.gate] {
            unsafe { system::close(fd) };
        }
        let (tasks, reports, gate) = (system::pipe(), system::pipe(), system::pipe());
        self.shared.store(0, Ordering::SeqCst);
        self.status = None;
        self.worker = unsafe { system::fork() };
        if self.worker == 0 {
            channel.close();
            for &fd in &[tasks.1, reports.0, gate.1, self.wake, WAKE.load(Ordering::SeqCst) as c_int] {
                unsafe { system::close(fd) };
            }
            worker::work(Lines { tasks: tasks.0, reports: reports.1, gate: gate.0, holds_locks: self.holds_locks }, self.shared);
        }
        for &fd in &[tasks.0, reports.1, gate.0] {
            unsafe { system::close(fd) };
        }
        self.tasks = tasks.1;
        self.reports = reports.0;
        self.gate = gate.1;
    }

    /// Waits until the daemon says something, and buries what has died meanwhile.
    pub fn wait_for_request(&mut self, channel: &Channel) {
        while !channel.has_received() {
            let (request, woken) = system::wait_for(channel.input, self.wake);
            if woken {
                self.bury_dead();
            }
            if request {
                return;
            }
        }
    }

    /// Whether the worker has died since the last cell; a new one is there then.
    pub fn was_lost(&mut self, channel: &Channel) -> bool {
        self.reap();
        if self.status.is_some() {
            self.start_worker(channel);
            return true;
        }
        false
    }

    fn bury_dead(&mut self) {
        system::read_some(self.wake, &mut [0; 1]);
        self.reap();
    }

    fn reap(&mut self) {
        let mut status = 0;
        loop {
            let pid = unsafe { system::waitpid(-1, &mut status, system::WNOHANG) };
            if pid <= 0 {
                return;
            }
            if pid == self.worker {
                self.status = Some(status);
            }
        }
    }

    /// Runs a cell's library to its end, whatever that is.
    pub fn run(&mut self, library: &str, variables: &[usize], channel: &Channel) -> Outcome {
        let mut task = library.to_string();
        for number in variables {
            task += &format!("\t{}", number);
        }
        system::write_all(self.tasks, (task + "\n").as_bytes());
        let mut interrupted = false;
        loop {
            let (told, woken) = system::wait_for(self.reports, self.wake);
            if told {
                if let Some(report) = worker::read_line(self.reports) {
                    self.drop_checkpoint();
                    return read_report(&report);
                }
            }
            if woken {
                self.bury_dead();
            }
            if was_interrupted() {
                interrupted = true;
                unsafe { system::kill(self.worker, system::SIGKILL) };
            }
            if let Some(status) = self.status {
                return self.after_death(status, interrupted, channel);
            }
        }
    }

    fn after_death(&mut self, status: c_int, interrupted: bool, channel: &Channel) -> Outcome {
        let ending = if interrupted {
            Ending::Interrupted
        } else if status & 0x7f != 0 {
            Ending::Killed(status & 0x7f)
        } else {
            Ending::Exited(status >> 8 & 0xff)
        };
        let lost = !self.go_on_from_checkpoint();
        if lost {
            self.start_worker(channel);
        }
        Outcome { ending: ending, kept: Vec::new(), lost: lost }
    }

    fn go_on_from_checkpoint(&mut self) -> bool {
        let checkpoint = self.shared.swap(0, Ordering::SeqCst) as c_int;
        if checkpoint == 0 || unsafe { system::kill(checkpoint, 0) } != 0 || !system::write_all(self.gate, &[0]) {
            return false;
        }
        self.worker = checkpoint;
        self.status = None;
        true
    }

    fn drop_checkpoint(&mut self) {
        let checkpoint = self.shared.swap(0, Ordering::SeqCst) as c_int;
        if checkpoint == 0 {
            return;
        }
        let mut status = 0;
        unsafe {
            system::kill(checkpoint, system::SIGKILL);
            system::waitpid(checkpoint, &mut status, 0);
        }
    }
}

fn read_report(report: &str) -> Outcome {
    let mut words = report.split('\t');
    let status = words.next().unwrap_or("");
    let ending = if status.starts_with('!') {
        Ending::NotLoaded(status[1..].to_string())
    } else {
        Ending::Finished(status.parse().unwrap_or(1))
    };
    Outcome { ending: ending, kept: words.filter_map(|word| word.parse().ok()).collect(), lost: false }
}
