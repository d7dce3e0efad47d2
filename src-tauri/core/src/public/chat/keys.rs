//! Keys of files in a visitor's chat: part of an address that only this visitor was told, for a
//! while. Made from what the desk keeps of their browser, so that nothing else has to be kept.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use deskbell_channels::signature;
use subtle::ConstantTimeEq;

use crate::model::{FileId, IdentityId, Time};
use crate::store::visitors::TokenHash;

/// Hour in milliseconds.
const HOUR: Time = 3_600_000;
/// Hours for which a key is good.
const GOOD_FOR: Time = 72;

/// A key as it came: whose, until which hour, and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// Whose chat it is said to be.
    pub(super) visitor: IdentityId,
    /// The hour after which it is no good, since 1970.
    until: Time,
    proof: String,
}

/// A key for a file, good for 72 hours.
pub(super) fn make(
    hash: &TokenHash,
    site: &str,
    visitor: IdentityId,
    file: FileId,
    now: Time,
) -> String {
    let until = now.div_euclid(HOUR) + GOOD_FOR;
    format!("{visitor}.{until}.{}", proof(hash, site, visitor, file, until))
}

/// Takes a key apart.
pub(super) fn read(text: &str) -> Option<Key> {
    let mut parts = text.split('.');
    let (visitor, until, proof) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some(Key {
        visitor: visitor.parse().ok()?,
        until: until.parse().ok()?,
        proof: proof.to_owned(),
    })
}

/// Whether a key is one of ours for this file, and still good.
pub(super) fn is_good(key: &Key, hash: &TokenHash, site: &str, file: FileId, now: Time) -> bool {
    let expected = proof(hash, site, key.visitor, file, key.until);
    let same: bool = expected.as_bytes().ct_eq(key.proof.as_bytes()).into();
    same && now.div_euclid(HOUR) <= key.until
}

fn proof(hash: &TokenHash, site: &str, visitor: IdentityId, file: FileId, until: Time) -> String {
    let told = format!("file {site} {visitor} {file} {until}");
    BASE64_URL_SAFE_NO_PAD.encode(signature::hmac_sha256(hash, told.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_for_one_file_of_one_visitor_and_for_three_days() {
        let (hash, visitor, file) = ([7; 32], IdentityId::new(), FileId::new());
        let now = 1_700_000_000_000;
        let text = make(&hash, "site", visitor, file, now);
        let key = read(&text).unwrap();
        assert_eq!(key.visitor, visitor);
        assert!(is_good(&key, &hash, "site", file, now));
        assert!(is_good(&key, &hash, "site", file, now + 71 * HOUR));
        assert!(!is_good(&key, &hash, "site", file, now + 74 * HOUR));
        assert!(!is_good(&key, &hash, "other", file, now));
        assert!(!is_good(&key, &[8; 32], "site", file, now));
        assert!(!is_good(&key, &hash, "site", FileId::new(), now));
        let longer = Key { until: key.until + 1_000, ..key.clone() };
        assert!(!is_good(&longer, &hash, "site", file, now));
        let other = Key { visitor: IdentityId::new(), ..key };
        assert!(!is_good(&other, &hash, "site", file, now));
        for wrong in ["", "a.b.c", ".", "x.1.y", &format!("{text}.more")] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }
}
