//! Keyed hashes and comparisons that take the same time whatever they find.
//!
//! Owns HMAC with SHA-1, SHA-256 and SHA-512, SHA-256, and Ed25519 over raw bytes. Knows no header
//! and no provider.

use hmac::{Hmac, KeyInit, Mac};
use ring::signature::{ED25519, UnparsedPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

/// HMAC-SHA256 of `message`.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    tag::<Hmac<Sha256>>(key, message)
}

/// HMAC-SHA1 of `message`, for the providers that still sign so.
pub fn hmac_sha1(key: &[u8], message: &[u8]) -> Vec<u8> {
    tag::<Hmac<Sha1>>(key, message)
}

/// HMAC-SHA512 of `message`.
pub fn hmac_sha512(key: &[u8], message: &[u8]) -> Vec<u8> {
    tag::<Hmac<Sha512>>(key, message)
}

/// SHA-256 of `message` in lower-case hex.
pub fn sha256_hex(message: &[u8]) -> String {
    hex::encode(Sha256::digest(message))
}

/// Whether `signature` is the Ed25519 signature of `message` by the owner of `public_key`.
pub fn is_ed25519(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(message, signature).is_ok()
}

/// Whether two byte strings are equal, in constant time for equal lengths.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// Whether `header` is `sha256=` and the HMAC-SHA256 of `body` in lower-case hex.
pub fn is_sha256_header(header: &str, key: &[u8], body: &[u8]) -> bool {
    header.strip_prefix("sha256=").is_some_and(|given| {
        equal(given.as_bytes(), hex::encode(hmac_sha256(key, body)).as_bytes())
    })
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length, RFC 2104")]
fn tag<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors_hold() {
        let fox = b"The quick brown fox jumps over the lazy dog";
        assert_eq!(
            hex::encode(hmac_sha256(b"key", fox)),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
        );
        assert_eq!(hex::encode(hmac_sha1(b"key", fox)), "de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9");
        assert_eq!(
            sha256_hex(b"hello"),
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        );
    }

    #[test]
    fn the_second_vector_of_rfc_8032_holds() {
        let key = hex::decode("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = hex::decode(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        );
        let (key, signature) = (key.unwrap(), signature.unwrap());
        assert!(is_ed25519(&key, &[0x72], &signature));
        assert!(!is_ed25519(&key, &[0x73], &signature));
        assert!(!is_ed25519(&key, &[0x72], &signature[..63]));
        assert!(!is_ed25519(&key[..31], &[0x72], &signature));
    }

    #[test]
    fn a_header_counts_only_with_prefix_and_lower_case() {
        let (key, body) = (b"It's a Secret to Everybody".as_slice(), b"Hello, World!".as_slice());
        let hex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert!(is_sha256_header(&format!("sha256={hex}"), key, body));
        assert!(!is_sha256_header(hex, key, body));
        assert!(!is_sha256_header(&format!("sha256={}", hex.to_uppercase()), key, body));
        assert!(!is_sha256_header("sha256=", key, body));
        assert!(!is_sha256_header(&format!("sha256={hex}"), b"another", body));
    }
}
