//! The query driver of Rust: `driver RUSTC SCRATCH`, made by the image's own rustc, 1.17 or newer.
//!
//! How the context persists: each cell becomes a crate of its own (cell.rs), compiled to a library and loaded into
//! a process that lives as long as the session, the worker (worker.rs), and is never unloaded. Items - functions,
//! types, impls, macros, imports - live on as text, compiled again with each cell, so that the newest definition
//! is the one that all of them see; statics are the first library's for all. Variables live in slots of the
//! worker: a cell takes those it names, and puts back what it has not moved. Their types are read from the MIR
//! that rustc writes beside the library.
//!
//! This process is the worker's parent: it speaks with the daemon, compiles, and goes on from a fork of the
//! worker where a cell falls.
mod cell;
mod channel;
mod compiler;
mod completion;
mod diagnostics;
mod forms;
mod frame;
mod items;
mod json;
mod known;
mod pieces;
mod run;
mod session;
mod source;
mod supervisor;
mod system;
mod tokens;
mod words;
mod worker;

use channel::Channel;
use compiler::Compiler;
use run::Driver;
use session::Session;
use supervisor::Supervisor;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() != 3 {
        println!("usage: driver RUSTC SCRATCH");
        std::process::exit(2);
    }
    let channel = Channel::open();
    let compiler = Compiler::meet(&arguments[1], &arguments[2]);
    let supervisor = Supervisor::start(&channel, compiler.version >= 63);
    channel.report("ready", &format!("Rust {}", compiler.banner));
    serve(Driver { channel: channel, supervisor: supervisor, compiler: compiler, session: Session::new(), builds: 0, hook_is_set: false });
}

fn serve(mut driver: Driver) {
    loop {
        driver.supervisor.wait_for_request(&driver.channel);
        let request = match driver.channel.next() {
            Some(request) => request,
            None => return,
        };
        let before: String = request.payload.chars().scan(0, |at, letter| {
            *at += letter.len_utf8();
            Some((*at, letter))
        }).take_while(|pair| pair.0 <= request.cursor).map(|pair| pair.1).collect();
        match &request.kind[..] {
            "run" => {
                let (code, error) = driver.run(&request.payload);
                driver.channel.report(&format!("done {} {}", request.id, code), &error);
            }
            "complete" => {
                let matches = completion::complete(&driver.session, &request.payload, &before);
                driver.channel.report(&format!("matches {}", request.id), &matches.join("\n"));
            }
            "inspect" => {
                let found = completion::inspect(&driver.session, &request.payload, before.len());
                driver.channel.report(&format!("doc {}", request.id), &found);
            }
            _ => (),
        }
    }
}
