//! Who may take how much: connections of one address, and floods of requests that were refused.
//!
//! What is accepted is never slowed down, so a provider with a burst is not punished; loopback is
//! where a tunnel or proxy comes from, so its connections are not counted.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_server::accept::Accept;
use governor::{DefaultKeyedRateLimiter, Quota};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::sender::last_entry;

/// Connections of one address at a time.
const PER_ADDRESS: usize = 64;
/// Connections of all addresses at a time, loopback excepted: visitors of a live chat have one each.
const ALTOGETHER: usize = 16_384;
/// Refused requests of one address before it has to wait, and how many it may make a second then.
const REFUSALS: (u32, u32) = (200, 2);
/// After so many refusals, addresses that have been quiet are forgotten.
const FORGET_EVERY: u32 = 1_000;

/// Counts refused requests by address.
pub(super) struct Refusals {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    since_cleaning: AtomicU32,
}

impl Refusals {
    /// Nobody was refused yet.
    pub(super) fn new() -> Self {
        let (burst, each_second) = REFUSALS;
        let one = NonZeroU32::MIN;
        let quota = Quota::per_second(NonZeroU32::new(each_second).unwrap_or(one))
            .allow_burst(NonZeroU32::new(burst).unwrap_or(one));
        Self { limiter: DefaultKeyedRateLimiter::keyed(quota), since_cleaning: AtomicU32::new(0) }
    }

    /// Counts a refusal; whether it is one too many.
    fn is_flood(&self, from: IpAddr) -> bool {
        if self.since_cleaning.fetch_add(1, Ordering::Relaxed) >= FORGET_EVERY {
            self.since_cleaning.store(0, Ordering::Relaxed);
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network(from)).is_err()
    }
}

/// Marks an answer that refuses nobody: a provider that is asked for its password has come rightly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uncounted;

/// Answers a flood of refused requests with 429 and ends its connection.
pub(super) async fn slow_down(
    State(refusals): State<Arc<Refusals>>,
    request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let from = client(peer, request.headers());
    let response = next.run(request).await;
    let counts =
        response.status().is_client_error() && response.extensions().get::<Uncounted>().is_none();
    if !counts || !refusals.is_flood(from) {
        return response;
    }
    let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Who asks. A tunnel or proxy on this computer says for whom, as the last entry of its header;
/// nobody else is believed.
fn client(peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.to_canonical());
    if !peer.is_loopback() {
        return peer;
    }
    last_entry(headers, "x-forwarded-for").unwrap_or(peer)
}

/// One customer of an IPv6 provider has a whole /64.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
    }
}

/// Connections by address.
type Seats = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Lets connections in, as long as there is room for their address.
#[derive(Clone)]
pub(super) struct Doorkeeper {
    seats: Seats,
}

impl Doorkeeper {
    /// Nobody is in.
    pub(super) fn new() -> Self {
        Self { seats: Seats::default() }
    }

    /// A seat for a connection; `Err` when its address, or everybody, has too many.
    fn seat(&self, address: IpAddr) -> Result<Option<Seat>, ()> {
        let address = address.to_canonical();
        if address.is_loopback() {
            return Ok(None);
        }
        let address = network(address);
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let taken: usize = seats.values().sum();
        let own = seats.get(&address).copied().unwrap_or_default();
        if own >= PER_ADDRESS || taken >= ALTOGETHER {
            return Err(());
        }
        seats.insert(address, own + 1);
        Ok(Some(Seat { address, seats: Arc::clone(&self.seats) }))
    }
}

/// A counted connection; its end makes room for another.
struct Seat {
    address: IpAddr,
    seats: Seats,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = seats.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                seats.remove(&self.address);
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Doorkeeper {
    type Stream = Seated;
    type Service = S;
    type Future = Ready<io::Result<(Seated, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let admitted = stream.peer_addr().and_then(|peer| {
            stream.set_nodelay(true)?;
            self.seat(peer.ip()).map_err(|()| io::Error::other("too many connections"))
        });
        ready(admitted.map(|seat| (Seated { stream, _seat: seat }, service)))
    }
}

/// A connection with its seat.
pub(super) struct Seated {
    stream: TcpStream,
    _seat: Option<Seat>,
}

impl AsyncRead for Seated {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Seated {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_flood_from_one_address_stops_that_address_only() {
        let refusals = Refusals::new();
        let floods = (0..300).filter(|_| refusals.is_flood(address("203.0.113.9"))).count();
        assert!((80..=100).contains(&floods), "{floods}");
        assert!(!refusals.is_flood(address("203.0.113.10")));
    }

    #[test]
    fn an_ipv6_customer_is_one_network() {
        assert_eq!(network(address("2001:db8:1:2:3:4:5:6")), address("2001:db8:1:2::"));
        assert_eq!(network(address("192.0.2.7")), address("192.0.2.7"));
    }

    #[test]
    fn only_a_proxy_on_this_computer_says_who_asks() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("10.9.9.9, 203.0.113.9"));
        assert_eq!(client(Some(address("127.0.0.1")), &headers), address("203.0.113.9"));
        assert_eq!(client(Some(address("198.51.100.4")), &headers), address("198.51.100.4"));
        assert_eq!(client(Some(address("::1")), &HeaderMap::new()), address("::1"));
        headers.insert("x-forwarded-for", HeaderValue::from_static("nonsense"));
        assert_eq!(client(Some(address("127.0.0.1")), &headers), address("127.0.0.1"));
    }

    #[test]
    fn an_address_has_so_many_seats_and_gets_them_back() {
        let door = Doorkeeper::new();
        let one = address("203.0.113.9");
        let mut seats: Vec<_> = (0..PER_ADDRESS).map(|_| door.seat(one).unwrap()).collect();
        assert!(door.seat(one).is_err());
        assert!(door.seat(address("203.0.113.10")).is_ok());
        assert!(door.seat(address("127.0.0.1")).unwrap().is_none());
        seats.pop();
        assert!(door.seat(one).is_ok());
        seats.clear();
        assert!(door.seats.lock().unwrap().is_empty());
    }
}
