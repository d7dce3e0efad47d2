//! Whose request it is: the address at the other end of the connection, or the one that a tunnel
//! or proxy tells. Pure.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::gate::Sender;
use crate::model::ProxyHeader;

/// Who sent a request that came from `peer`.
///
/// A header is believed only where a proxy can be: on this computer or in a private network.
pub(super) fn sender(peer: Option<IpAddr>, headers: &HeaderMap, told_in: ProxyHeader) -> Sender {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return Sender::Hidden };
    if !is_near(peer) {
        return Sender::At(peer);
    }
    let told = match told_in {
        ProxyHeader::None => None,
        ProxyHeader::XForwardedFor => last_entry(headers, "x-forwarded-for"),
        ProxyHeader::CfConnectingIp => last_entry(headers, "cf-connecting-ip"),
    };
    match told {
        Some(told) => Sender::At(told),
        // What comes from this computer came through a tunnel that does not tell.
        None if peer.is_loopback() => Sender::Hidden,
        None => Sender::At(peer),
    }
}

/// The last address in a list header: the one that the nearest proxy added. Those before it were
/// written by whoever is farther away.
pub(super) fn last_entry(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    address(last.rsplit(',').next()?.trim())
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let found = bare.unwrap_or(text).parse::<IpAddr>().ok();
    let found = found.or_else(|| text.rsplit_once(':')?.0.parse().ok());
    found.map(|address| address.to_canonical())
}

fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(told: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in told {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    /// Peer, headers, setting, and who it is; empty: nobody knows.
    fn check(peer: &str, told: &[(&'static str, &'static str)], told_in: ProxyHeader, who: &str) {
        let expected = who.parse().map_or(Sender::Hidden, Sender::At);
        let found = sender(peer.parse().ok(), &headers(told), told_in);
        assert_eq!(found, expected, "{peer} {told:?} {told_in:?}");
    }

    #[test]
    fn an_address_is_told_by_the_nearest_proxy_only() {
        let (none, xff, cf) =
            (ProxyHeader::None, ProxyHeader::XForwardedFor, ProxyHeader::CfConnectingIp);
        let chain = [("x-forwarded-for", "192.0.2.1, 203.0.113.9")];
        check("127.0.0.1", &chain, xff, "203.0.113.9");
        check("127.0.0.1", &chain, none, "");
        check("127.0.0.1", &chain, cf, "");
        check("127.0.0.1", &[("cf-connecting-ip", "203.0.113.9")], cf, "203.0.113.9");
        check("127.0.0.1", &[("cf-connecting-ip", "203.0.113.9")], xff, "");
        check("192.168.1.5", &chain, xff, "203.0.113.9");
        check("192.168.1.5", &[], xff, "192.168.1.5");
        check("fd00::5", &chain, xff, "203.0.113.9");
        check("198.51.100.4", &chain, xff, "198.51.100.4");
        check("198.51.100.4", &chain, none, "198.51.100.4");
        check("::ffff:198.51.100.4", &[], none, "198.51.100.4");
        check("nobody", &chain, xff, "");
        let twice = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "203.0.113.9")];
        check("::1", &twice, xff, "203.0.113.9");
    }

    #[test]
    fn an_entry_may_have_a_port_and_must_be_an_address() {
        for (entry, who) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("unknown", ""),
            ("203.0.113.9, ", ""),
            ("", ""),
        ] {
            check("127.0.0.1", &[("x-forwarded-for", entry)], ProxyHeader::XForwardedFor, who);
        }
    }
}
