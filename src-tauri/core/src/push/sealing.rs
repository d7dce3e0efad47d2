//! A message for one browser, sealed so that its push service cannot read it (RFC 8291, in the
//! `aes128gcm` coding of RFC 8188). Pure but for chance.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{self, ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::SystemRandom;

use crate::error::{Error, Result};
use crate::secrets;

/// Bytes of a P-256 point that is not compressed.
pub(super) const POINT: usize = 65;
/// Bytes of the secret that browser and desk share.
pub(super) const AUTH: usize = 16;
/// Bytes of text that fit: push services take bodies of 4096 bytes.
pub(super) const TEXT: usize = 4_096 - HEAD - 17;
/// Salt, record size, length of the key, key.
const HEAD: usize = 16 + 4 + 1 + POINT;
/// Bytes of the one record.
const RECORD: u32 = 4_096;
/// Marks the end of the last record.
const END: u8 = 2;

/// Seals `text` for the browser with these keys.
pub(super) fn seal(text: &[u8], p256dh: &[u8], auth: &[u8]) -> Result<Vec<u8>> {
    if text.len() > TEXT {
        return Err(Error::Internal("a push message is too long".into()));
    }
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(|_| failed())?;
    let own_public = own.compute_public_key().map_err(|_| failed())?;
    let salt: [u8; 16] = secrets::random()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, p256dh);
    let (key, nonce) = agreement::agree_ephemeral(own, &theirs, |shared| {
        let info = [b"WebPush: info\0", p256dh, own_public.as_ref()].concat();
        derive(shared, auth, &info, &salt)
    })
    .map_err(|_| failed())??;
    let mut body = Vec::with_capacity(HEAD + text.len() + 17);
    body.extend_from_slice(&salt);
    body.extend_from_slice(&RECORD.to_be_bytes());
    body.push(u8::try_from(POINT).unwrap_or_default());
    body.extend_from_slice(own_public.as_ref());
    let mut record = [text, &[END]].concat();
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(|_| failed())?);
    cipher
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .map_err(|_| failed())?;
    body.append(&mut record);
    Ok(body)
}

/// Key and nonce of the record.
fn derive(shared: &[u8], auth: &[u8], info: &[u8], salt: &[u8]) -> Result<([u8; 16], [u8; 12])> {
    let input: [u8; 32] = expand(auth, shared, info)?;
    let key = expand(salt, &input, b"Content-Encoding: aes128gcm\0")?;
    let nonce = expand(salt, &input, b"Content-Encoding: nonce\0")?;
    Ok((key, nonce))
}

/// HKDF with SHA-256: extract, then expand to `N` bytes.
fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    Salt::new(HKDF_SHA256, salt)
        .extract(input)
        .expand(&[info], Length(N))
        .and_then(|okm| okm.fill(&mut bytes))
        .map_err(|_| failed())?;
    Ok(bytes)
}

/// So many bytes.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// A browser's key that is no point of the curve, or a system without random numbers.
fn failed() -> Error {
    Error::Internal("a push message could not be sealed".into())
}

/// Whether this can be a browser's public key.
pub(super) fn is_point(bytes: &[u8]) -> bool {
    bytes.len() == POINT && seal(b"", bytes, &[0; AUTH]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_of_the_standards_example() {
        use base64::Engine as _;
        use base64::prelude::BASE64_URL_SAFE_NO_PAD;
        // RFC 8291, appendix A.
        let of = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
        let shared = of("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let auth = of("BTBZMqHH6r4Tts7J_aSIgg");
        let browser = of(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        );
        let desk = of(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        );
        let info = [b"WebPush: info\0", browser.as_slice(), &desk].concat();
        let (key, nonce) = derive(&shared, &auth, &info, &of("DGv6ra1nlYgDCS1FRnbzlw")).unwrap();
        assert_eq!(key.to_vec(), of("oIhVW04MRdy2XN9CiKLxTg"));
        assert_eq!(nonce.to_vec(), of("4h_95klXJ5E_qnoN"));
    }

    #[test]
    fn what_is_no_key_is_refused_and_what_is_too_long_too() {
        assert!(!is_point(&[4; POINT]));
        assert!(!is_point(&[]));
        assert!(seal(&vec![0; TEXT + 1], &[4; POINT], &[0; AUTH]).is_err());
    }
}
