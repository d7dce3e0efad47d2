//! Whether a webhook is Plivo's: signature V2 over the address, V3 over address and parameters.
//!
//! Owns both signatures. Knows nothing of what a webhook says. V2 leaves the parameters unsigned:
//! there, the unguessable address is the better half of the proof. Where V3 is given, it
//! must be right.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::exchange::Request;
use crate::{signature, wire};

/// A signature may stand in either: of the account or subaccount that owns the number, and of the
/// main account.
const V2: [&str; 2] = ["x-plivo-signature-v2", "x-plivo-signature-ma-v2"];
const V2_NONCE: &str = "x-plivo-signature-v2-nonce";
const V3: [&str; 2] = ["x-plivo-signature-v3", "x-plivo-signature-ma-v3"];
const V3_NONCE: &str = "x-plivo-signature-v3-nonce";

/// Whether one of the tokens signed the request for one of our addresses.
pub(super) fn is_signed(request: &Request, tokens: &[&[u8]]) -> bool {
    let has_v3 = V3.iter().any(|name| request.header(name).is_some());
    // Every candidate is tried, so that the time taken does not tell which one matched.
    request.public_origins.iter().fold(false, |matched, origin| {
        let origin = origin.trim_end_matches('/');
        let by_v2 = given(request, &V2, V2_NONCE)
            .is_some_and(|(given, nonce)| fits(&given, tokens, &v2(request, origin, nonce)));
        let by_v3 = given(request, &V3, V3_NONCE)
            .is_some_and(|(given, nonce)| fits(&given, tokens, &v3(request, origin, nonce)));
        matched | if has_v3 { by_v3 } else { by_v2 }
    })
}

/// The signatures in these headers (V3 writes several in one), and the nonce.
fn given<'a>(request: &'a Request, names: &[&str], nonce: &str) -> Option<(Vec<&'a str>, &'a str)> {
    let headers = names.iter().filter_map(|name| request.header(name));
    let each = headers.flat_map(|header| header.split(',')).map(str::trim);
    let given: Vec<_> = each.filter(|signature| !signature.is_empty()).collect();
    Some((given, request.header(nonce).filter(|nonce| !nonce.is_empty())?))
}

fn fits(given: &[&str], tokens: &[&[u8]], message: &str) -> bool {
    tokens.iter().fold(false, |matched, token| {
        let mac = BASE64_STANDARD.encode(signature::hmac_sha256(token, message.as_bytes()));
        given
            .iter()
            .fold(matched, |matched, it| matched | signature::equal(it.as_bytes(), mac.as_bytes()))
    })
}

fn path(request: &Request) -> &str {
    request.path_and_query.split('?').next().unwrap_or_default()
}

fn v2(request: &Request, origin: &str, nonce: &str) -> String {
    format!("{origin}{}{nonce}", path(request))
}

/// Address, sorted query, sorted parameters of the body, nonce.
fn v3(request: &Request, origin: &str, nonce: &str) -> String {
    let query: Vec<_> = sorted(wire::query(&request.path_and_query).as_bytes());
    let body = if request.method == "GET" { Vec::new() } else { sorted(&request.body) };
    let mut signed = format!("{origin}{}", path(request));
    if !query.is_empty() || !body.is_empty() {
        signed.push('?');
    }
    let pairs: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    signed.push_str(&pairs.join("&"));
    if !query.is_empty() && !body.is_empty() {
        signed.push('.');
    }
    for (name, value) in &body {
        signed.extend([name.as_str(), value]);
    }
    signed.extend([".", nonce]);
    signed
}

fn sorted(encoded: &[u8]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = form_urlencoded::parse(encoded).into_owned().collect();
    pairs.sort();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, path_and_query: &str, body: &str) -> Request {
        Request {
            method: method.to_owned(),
            path_and_query: path_and_query.to_owned(),
            public_origins: vec!["https://x.example".to_owned()],
            headers: Vec::new(),
            body: body.to_owned().into(),
            received_at: 0,
            kept: false,
        }
    }

    #[test]
    fn the_vendors_published_vector_holds() {
        let mut published = request("POST", "", "");
        published.public_origins = vec!["https://answer.url".to_owned()];
        published.headers = vec![
            (V2[0].to_owned(), "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=".to_owned()),
            (V2_NONCE.to_owned(), "12345".to_owned()),
        ];
        assert!(is_signed(&published, &[b"my_auth_token"]));
        assert!(!is_signed(&published, &[b"another"]));
        assert!(!is_signed(&published, &[]));
        published.headers.truncate(1);
        assert!(!is_signed(&published, &[b"my_auth_token"]));
    }

    #[test]
    fn v3_joins_query_and_body_as_the_vendors_library_does() {
        for (method, path, body, signed) in [
            ("GET", "/a", "", "https://x.example/a.n"),
            ("GET", "/a?c=2&b=x+y", "", "https://x.example/a?b=x y&c=2.n"),
            ("POST", "/a", "", "https://x.example/a.n"),
            ("POST", "/a", "c=2&b=x+y", "https://x.example/a?bx yc2.n"),
            ("POST", "/a?z=1", "c=2&b=", "https://x.example/a?z=1.bc2.n"),
            ("POST", "/a?z=2&z=1", "", "https://x.example/a?z=1&z=2.n"),
        ] {
            let request = request(method, path, body);
            assert_eq!(v3(&request, "https://x.example", "n"), signed, "{method} {path} {body}");
        }
    }
}
