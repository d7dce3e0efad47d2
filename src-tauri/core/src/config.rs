//! How a desk is started: where it keeps everything and where it listens.
//! Decided once by the program that starts it; knows nothing of what runs then.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;

use directories::ProjectDirs;

/// The usual port of the public listener: what a tunnel is pointed at.
pub const PUBLIC_PORT: u16 = 8790;
/// The usual port of the workspace listener of a host without a window.
pub const WORKSPACE_PORT: u16 = 8788;

/// How a desk is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Folder that holds everything.
    pub data_dir: PathBuf,
    /// Where UI and API listen; port 0: any free one.
    pub workspace_listen: SocketAddr,
    /// Names under which the workspace may be asked besides those of this computer: what a
    /// reverse proxy is called.
    pub workspace_names: Vec<String>,
    /// Where colleagues in the office network come in once they may; a taken port leads to one of
    /// the next.
    pub lan_listen: SocketAddr,
    /// Where webhooks and media links are served; port 0: any free one.
    pub public_listen: SocketAddr,
    /// Whether a new desk comes with the demo channel.
    pub demo: bool,
    /// Whether the key of the credentials is kept in the system's keychain where there is one;
    /// otherwise in a file.
    pub keychain: bool,
    /// Whether files may be fetched from private addresses, and push services be at them. For tests
    /// only: a provider that answers on loopback stands for one on the internet there.
    pub media_private_hosts: bool,
}

impl Config {
    /// The usual desk in this folder: reachable from this computer only, the workspace on any free
    /// port, the public listener on the usual port or the next free one.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            workspace_listen: loopback(0),
            workspace_names: Vec::new(),
            lan_listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, WORKSPACE_PORT)),
            public_listen: next_free(PUBLIC_PORT),
            demo: true,
            keychain: true,
            media_private_hosts: false,
        }
    }

    /// Where this platform keeps such folders; `None` where no home directory is known.
    pub fn platform_data_dir() -> Option<PathBuf> {
        let dirs = ProjectDirs::from("app", "", "Deskbell")?;
        Some(dirs.data_local_dir().to_owned())
    }
}

/// An address that only this computer reaches.
pub fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// The first free loopback port from `first` on; any free one when the next few are taken.
fn next_free(first: u16) -> SocketAddr {
    (first..first.saturating_add(20))
        .map(loopback)
        .find(|address| TcpListener::bind(address).is_ok())
        .unwrap_or(loopback(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind(loopback(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let found = next_free(port);
        assert_ne!(found.port(), port);
        assert!(found.ip().is_loopback());
    }

    #[test]
    fn a_new_desk_is_reachable_from_this_computer_only() {
        let config = Config::new("/somewhere");
        assert!(config.workspace_listen.ip().is_loopback());
        assert!(config.public_listen.ip().is_loopback());
        assert!(!config.media_private_hosts);
    }
}
