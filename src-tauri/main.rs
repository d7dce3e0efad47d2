//! Deskbell with a window: reads the command line, prepares the process, hands over to the desktop.
//! Owns nothing of the product; it knows the core only through `desk`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod desk;
mod desktop;
mod joining;
mod links;
mod options;
mod toast;
mod tray;
mod trouble;
mod window;

use std::process::ExitCode;

use options::{Options, Wish};

fn main() -> ExitCode {
    // Two TLS providers could end up in one process; this makes ring the one that is used.
    // It fails only if one is installed already, which is then just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match options::parse(std::env::args_os().skip(1), std::env::var_os("DESKBELL_DATA_DIR")) {
        Ok(Wish::Run(options)) => run(options),
        Ok(Wish::Say(text)) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            complain(&sentence);
            ExitCode::from(2)
        }
    }
}

fn run(options: Options) -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(error) = restart_without_dmabuf() {
        complain(&error);
    }
    match desktop::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("Deskbell could not open its window: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// With NVIDIA's driver `WebKitGTK`'s DMA-BUF renderer shows an empty window. The variable must be
/// there before the first thread starts, and setting it in a running process is `unsafe`, so the
/// process replaces itself once, with the variable set. A value chosen by the user is kept.
#[cfg(target_os = "linux")]
fn restart_without_dmabuf() -> Option<String> {
    use std::os::unix::process::CommandExt as _;

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || std::env::var_os(VARIABLE).is_some() {
        return None;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return Some(format!("{VARIABLE} could not be set: {error}")),
    };
    // Comes back only if it fails.
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, "1")
        .exec();
    Some(format!("{VARIABLE} could not be set: {error}"))
}

#[expect(clippy::print_stdout, reason = "the answer to --help and --version")]
fn say(text: &str) {
    println!("{text}");
}

fn complain(sentence: &str) {
    eprintln!("{sentence}");
}
