//! On which websites a chat loads: domains as administrators write them, and the origins that
//! browsers tell. Pure.

use url::{Host, Url};

/// Characters of all domains of a site together.
pub const ALL_CHARS: usize = 1_023;
/// Domains of a site at most.
pub const MOST: usize = 50;

/// A domain as it is kept, from what somebody typed or copied: `shop.example`, `*.shop.example`,
/// `https://www.shop.example/start`. What is wrong with it, in a sentence, otherwise.
pub fn read(typed: &str) -> Result<String, &'static str> {
    const WRONG: &str =
        "Enter a domain such as www.shop.example, or *.shop.example for all below it.";
    let typed = typed.trim();
    let bare = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let (below, bare) = match bare.strip_prefix("*.") {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    if bare.is_empty() || bare.contains(['*', '@', ' ']) {
        return Err(WRONG);
    }
    let url = Url::parse(&format!("http://{bare}/")).map_err(|_| WRONG)?;
    let host = url.host().ok_or(WRONG)?;
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let fits = name == "localhost" || (name.contains('.') && name.split('.').all(is_label));
            match (fits, below) {
                (false, _) => Err(WRONG),
                (true, false) => Ok(name.to_owned()),
                (true, true) => Ok(format!("*.{name}")),
            }
        }
        Host::Ipv4(_) | Host::Ipv6(_) if below => Err(WRONG),
        Host::Ipv4(address) => Ok(address.to_string()),
        Host::Ipv6(address) => Ok(format!("[{address}]")),
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether a page of this origin, as a browser tells it, belongs to one of the domains.
pub fn admit(domains: &[String], origin: &str) -> bool {
    let Some(host) = host_of(origin) else { return false };
    domains.iter().any(|domain| covers(domain, &host))
}

/// The host of an origin; `None` for what is none (`null`, another scheme).
pub fn host_of(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    let web = matches!(url.scheme(), "http" | "https");
    let bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
    let host = url.host_str().filter(|_| web && bare)?;
    Some(host.trim_end_matches('.').to_ascii_lowercase())
}

/// Whether a domain of the list covers a host.
pub fn covers(domain: &str, host: &str) -> bool {
    match domain.strip_prefix("*.") {
        Some(above) => {
            host.strip_suffix(above).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
        }
        None => domain == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_however_it_is_typed() {
        for (typed, expected) in [
            ("www.shop.example", Some("www.shop.example")),
            (" Shop.Example. ", Some("shop.example")),
            ("https://www.shop.example/start?x=1", Some("www.shop.example")),
            ("www.shop.example:8443", Some("www.shop.example")),
            ("*.shop.example", Some("*.shop.example")),
            ("https://*.shop.example/", Some("*.shop.example")),
            ("müller.example", Some("xn--mller-kva.example")),
            ("localhost", Some("localhost")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("http://[::1]:8000", Some("[::1]")),
            ("", None),
            ("shop", None),
            ("*", None),
            ("*.*.example", None),
            ("a b.example", None),
            ("user@shop.example", None),
            ("*.127.0.0.1", None),
            ("-", None),
        ] {
            assert_eq!(read(typed).ok().as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn only_pages_of_its_domains_load_it() {
        let domains: Vec<String> =
            ["www.shop.example", "*.other.example", "localhost"].map(str::to_owned).to_vec();
        for (origin, expected) in [
            ("https://www.shop.example", true),
            ("http://www.shop.example:8080", true),
            ("https://WWW.shop.example", true),
            ("https://shop.example", false),
            ("https://x.www.shop.example", false),
            ("https://www.shop.example.evil.example", false),
            ("https://evilwww.shop.example", false),
            ("https://a.other.example", true),
            ("https://a.b.other.example", true),
            ("https://other.example", false),
            ("https://notother.example", false),
            ("http://localhost:5173", true),
            ("null", false),
            ("", false),
            ("file:///x", false),
            ("https://www.shop.example/path", false),
            ("https://www.shop.example@evil.example", false),
        ] {
            assert_eq!(admit(&domains, origin), expected, "{origin}");
        }
    }
}
