//! System packages: which are needed, which are missing, how they are installed on Debian and its
//! kin, and what to say elsewhere.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::programs::{exists, must, program};

const COMPILER: &[&str] = &["build-essential", "pkg-config"];
const WINDOW: &[&str] =
    &["libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev", "librsvg2-dev", "libxdo-dev"];
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "x11-utils",
    "webkit2gtk-driver",
    "dbus-x11",
    "dunst",
    "chromium",
    "imagemagick",
    "python3-venv",
    "python3-gi",
];

/// What a task needs of the system.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// The host without a window.
    Host,
    /// The window.
    Window,
    /// The window and every test.
    Tests,
}

impl Needs {
    fn packages(self) -> Vec<&'static str> {
        let lists: &[&[&str]] = match self {
            Self::Host => &[COMPILER],
            Self::Window => &[COMPILER, WINDOW],
            Self::Tests => &[COMPILER, WINDOW, TESTS],
        };
        lists.concat()
    }
}

/// Installs what is missing, or says what is needed where it cannot.
pub(crate) fn install(needs: Needs) -> Result<()> {
    if cfg!(target_os = "linux") && exists("dpkg-query") {
        return with_apt(needs);
    }
    if cfg!(target_os = "linux") {
        println!(
            "This is not Debian or Ubuntu: your system's packages for {} are needed.",
            needs.packages().join(", ")
        );
    } else if cfg!(target_os = "macos") {
        println!("macOS needs the command line tools: xcode-select --install");
    } else {
        println!(
            "Windows needs the Visual Studio C++ build tools and, before Windows 11, WebView2."
        );
    }
    Ok(())
}

fn with_apt(needs: Needs) -> Result<()> {
    let missing: Vec<&str> =
        needs.packages().into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let as_root: &[&str] = if is_root() {
        &[]
    } else if exists("sudo") {
        &["sudo"]
    } else {
        bail!("some system packages are missing; as root, run:\n\n  apt-get update && {line}\n");
    };
    println!("Installing {}", missing.join(", "));
    let apt = |arguments: &[&str]| {
        let mut words = as_root.to_vec();
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
        words.extend(arguments);
        let (first, rest) = words.split_first().unwrap_or((&"apt-get", &[]));
        let mut command = program(first);
        command.args(rest);
        command
    };
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    // The lists may be absent or too old to find the packages in: then, and only then, anew.
    if must(&mut apt(&install)).is_err() {
        must(&mut apt(&["update"]))?;
        must(&mut apt(&install))?;
    }
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query")
        .args(["-W", "-f", "${db:Status-Status}", package])
        .stderr(Stdio::null())
        .output();
    asked.is_ok_and(|answer| answer.stdout == b"installed")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}
