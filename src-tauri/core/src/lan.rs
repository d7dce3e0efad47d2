//! The door for colleagues: a second workspace listener that the whole office network reaches,
//! opened and closed by a setting while the desk runs. It serves the same API with the same rights.
//!
//! What goes through it is not encrypted, and the UI says so. Knows nothing of who comes in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::error::{Error, Result};
use crate::{api, store};

/// Ports that are tried, beginning with the usual one.
const PORTS: u16 = 20;

/// The door as it is now.
#[derive(Debug, Default)]
pub struct Lan {
    door: Mutex<Door>,
    /// Settings that change at the same moment are followed one after another.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
enum Door {
    #[default]
    Closed,
    Open {
        address: SocketAddr,
        closing: CancellationToken,
    },
    /// Wanted, but it did not open: why.
    Stuck(String),
}

impl Lan {
    /// Where the door is, if it is open.
    pub fn address(&self) -> Option<SocketAddr> {
        match &*self.door() {
            Door::Open { address, .. } => Some(*address),
            Door::Closed | Door::Stuck(_) => None,
        }
    }

    /// Why the door did not open, if it should have.
    pub fn problem(&self) -> Option<String> {
        match &*self.door() {
            Door::Stuck(why) => Some(why.clone()),
            Door::Closed | Door::Open { .. } => None,
        }
    }

    fn door(&self) -> std::sync::MutexGuard<'_, Door> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens or closes the door as the settings say. A port that is taken is told in the settings; the
/// desk works without the door.
pub(crate) async fn follow(app: &App) -> Result<()> {
    let _turn = app.lan().turn.lock().await;
    let wanted = app.db().read(store::settings::lan).await?;
    let mut door = app.lan().door();
    match (&*door, wanted) {
        (Door::Open { .. }, true) | (Door::Closed, false) => {}
        (Door::Open { closing, .. }, false) => {
            closing.cancel();
            *door = Door::Closed;
            tracing::info!("the office network is shut out");
        }
        (Door::Stuck(_), false) => *door = Door::Closed,
        (Door::Closed | Door::Stuck(_), true) => *door = open(app),
    }
    Ok(())
}

fn open(app: &App) -> Door {
    let closing = app.stopping().child_token();
    let opened = bind(app.config().lan_listen).and_then(|listener| {
        let address = listener.local_addr()?;
        app.tasks().spawn(api::serve(app.clone(), listener, closing.clone())?);
        Ok(address)
    });
    match opened {
        Ok(address) => {
            tracing::info!(%address, "open to the office network");
            Door::Open { address, closing }
        }
        Err(error) => {
            tracing::warn!(%error, "the door to the office network did not open");
            Door::Stuck(error.to_string())
        }
    }
}

/// The wished port, or the next free one of a few.
fn bind(wished: SocketAddr) -> Result<TcpListener> {
    let last = wished.port().saturating_add(if wished.port() == 0 { 0 } else { PORTS });
    let found = (wished.port()..=last)
        .find_map(|port| TcpListener::bind(SocketAddr::new(wished.ip(), port)).ok());
    let listener = found.ok_or_else(|| {
        Error::Conflict(format!(
            "no port from {} to {last} is free: close the program that has them",
            wished.port()
        ))
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Where colleagues find an address that listens everywhere: this computer in its network.
/// Nothing is sent to learn it.
pub fn reachable(listening: SocketAddr) -> SocketAddr {
    if !listening.ip().is_unspecified() {
        return listening;
    }
    let own = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        // A documentation address: only the way to it is looked up.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    let ip = own.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());
    SocketAddr::new(ip, listening.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let wished = taken.local_addr().unwrap();
        let found = bind(wished).unwrap().local_addr().unwrap();
        assert_ne!(found.port(), wished.port());
        assert!(found.port() <= wished.port() + PORTS);
    }

    #[test]
    fn an_address_for_one_place_is_told_as_it_is() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8788));
        assert_eq!(reachable(address), address);
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 8788));
        let told = reachable(everywhere);
        assert!(!told.ip().is_unspecified() && told.port() == 8788, "{told}");
    }
}
