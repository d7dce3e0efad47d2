//! Whether a webhook is Vonage's: the signed token of the Messages API, or the parameter `sig` of
//! the SMS API.
//!
//! Owns both signatures. Knows nothing of what a webhook says. The token is checked here and not
//! by a library: one algorithm, five claims, and the HMAC is in the product already.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::exchange::Millis;
use crate::signature;

/// Vonage repeats a webhook for 24 hours, and whether it signs the repeats anew is not known.
const OLDEST: Millis = 25 * 3_600_000;
/// How far Vonage's clock may be ahead of ours.
const AHEAD: Millis = 5 * 60_000;

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    iat: i64,
    iss: String,
    api_key: String,
    payload_hash: String,
}

/// Whether `token` is signed with `secret` and vouches for this body of this account.
pub(super) fn is_token(
    token: &str,
    secret: &[u8],
    api_key: &str,
    body: &[u8],
    received_at: Millis,
) -> bool {
    let Some((signed, given)) = token.rsplit_once('.') else { return false };
    let Some((header, claims)) = signed.split_once('.') else { return false };
    if read::<Header>(header).is_none_or(|header| header.alg != "HS256") {
        return false;
    }
    let mac = BASE64_URL_SAFE_NO_PAD.encode(signature::hmac_sha256(secret, signed.as_bytes()));
    if !signature::equal(mac.as_bytes(), given.as_bytes()) {
        return false;
    }
    read::<Claims>(claims).is_some_and(|claims| {
        claims.iss == "Vonage"
            && claims.api_key == api_key
            && signature::equal(
                claims.payload_hash.as_bytes(),
                signature::sha256_hex(body).as_bytes(),
            )
            && is_recent(claims.iat, received_at)
    })
}

fn read<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn is_recent(seconds: i64, received_at: Millis) -> bool {
    let age = received_at.saturating_sub(seconds.saturating_mul(1_000));
    (-AHEAD..=OLDEST).contains(&age)
}

/// Whether `sig` signs all the other parameters with `secret`.
///
/// Its length tells which of the three HMACs the account is set to. The two MD5 methods are
/// refused: a message can be made to fit them.
pub(super) fn is_sig(
    parameters: &BTreeMap<String, String>,
    secret: &[u8],
    received_at: Millis,
) -> bool {
    let Some(given) = parameters.get("sig") else { return false };
    let mut signed = String::new();
    for (name, value) in parameters.iter().filter(|(name, _)| *name != "sig") {
        signed.extend(["&", name, "=", &value.replace(['&', '='], "_")]);
    }
    let mac = match given.len() {
        40 => signature::hmac_sha1(secret, signed.as_bytes()),
        64 => signature::hmac_sha256(secret, signed.as_bytes()),
        128 => signature::hmac_sha512(secret, signed.as_bytes()),
        _ => return false,
    };
    let told = parameters.get("timestamp").and_then(|seconds| seconds.parse().ok());
    signature::equal(hex::encode(mac).as_bytes(), given.to_ascii_lowercase().as_bytes())
        && told.is_none_or(|seconds| is_recent(seconds, received_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_767_225_605_000;

    fn token(header: &str, claims: &str) -> String {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(header), part(claims));
        let mac = BASE64_URL_SAFE_NO_PAD.encode(signature::hmac_sha256(b"s", signed.as_bytes()));
        format!("{signed}.{mac}")
    }

    fn claims(iat: i64) -> String {
        let hash = signature::sha256_hex(b"{}");
        format!(r#"{{"iat":{iat},"iss":"Vonage","api_key":"k","payload_hash":"{hash}"}}"#)
    }

    #[test]
    fn a_token_counts_for_a_day_and_one_algorithm() {
        let header = r#"{"alg":"HS256"}"#;
        let seconds = NOW / 1_000;
        for (iat, accepted) in [
            (seconds, true),
            (seconds - 25 * 3_600, true),
            (seconds - 25 * 3_600 - 1, false),
            (seconds + 300, true),
            (seconds + 301, false),
            (i64::MIN, false),
        ] {
            let token = token(header, &claims(iat));
            assert_eq!(is_token(&token, b"s", "k", b"{}", NOW), accepted, "{iat}");
        }
        let good = claims(seconds);
        for header in [r#"{"alg":"none"}"#, r#"{"alg":"HS512"}"#, "{}", "x"] {
            assert!(!is_token(&token(header, &good), b"s", "k", b"{}", NOW), "{header}");
        }
        for broken in ["", ".", "a.b", "a.b.c.d"] {
            assert!(!is_token(broken, b"s", "k", b"{}", NOW), "{broken}");
        }
        assert!(!is_token(&token(header, &good), b"", "k", b"{}", NOW));
        let foreign = good.replace("Vonage", "Somebody");
        assert!(!is_token(&token(header, &foreign), b"s", "k", b"{}", NOW));
    }
}
