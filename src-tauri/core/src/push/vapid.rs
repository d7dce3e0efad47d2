//! How the desk proves to a push service that a message is its own (RFC 8292): a P-256 key made
//! once, and a token signed with it for each service. Pure but for chance.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use crate::error::{Error, Result};
use crate::model::Time;

/// How long a token is good for; services take 24 hours at most.
const TOKEN_TIME: Time = 12 * 3_600_000;

/// The desk's key.
pub(super) struct Key {
    pair: EcdsaKeyPair,
    /// The public part, base64url.
    pub(super) public: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// A new key as it is kept: PKCS #8 in base64.
pub(super) fn generate() -> Result<SecretString> {
    let document =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| Error::Internal("the key for push could not be made".into()))?;
    Ok(BASE64_STANDARD_NO_PAD.encode(document.as_ref()).into())
}

impl Key {
    /// The key as it was kept.
    pub(super) fn open(kept: &SecretString) -> Result<Self> {
        let damaged = || Error::Internal("the key for push is damaged".into());
        let document =
            BASE64_STANDARD_NO_PAD.decode(kept.expose_secret()).map_err(|_| damaged())?;
        let pair = EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &document,
            &SystemRandom::new(),
        )
        .map_err(|_| damaged())?;
        let public = BASE64_URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Ok(Self { pair, public })
    }

    /// The public part as it is.
    pub(super) fn point(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// `Authorization` for a message to the service at this address. `contact` is where its people
    /// may turn to when something is wrong.
    pub(super) fn authorization(
        &self,
        endpoint: &Url,
        contact: &str,
        now: Time,
    ) -> Result<SecretString> {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": (now + TOKEN_TIME) / 1_000,
            "sub": contact,
        });
        let head = BASE64_URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
        let signed = format!("{head}.{claims}");
        let signature = self
            .pair
            .sign(&SystemRandom::new(), signed.as_bytes())
            .map_err(|_| Error::Internal("a push token could not be signed".into()))?;
        let signature = BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public).into())
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_token_names_the_service_and_ends_and_is_signed_by_the_key_that_was_kept() {
        let kept = generate().unwrap();
        let (key, again) = (Key::open(&kept).unwrap(), Key::open(&kept).unwrap());
        assert_eq!(key.public, again.public);
        let endpoint = Url::parse("https://push.example:8443/send/abc?x=1").unwrap();
        let header = again.authorization(&endpoint, "https://desk.example.com", 1_000).unwrap();
        let header = header.expose_secret();
        let token = header.strip_prefix("vapid t=").unwrap().split(',').next().unwrap();
        assert!(header.ends_with(&format!(", k={}", key.public)));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.point())
            .verify(signed.as_bytes(), &signature)
            .unwrap();
        let claims = BASE64_URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        let expected = json!({
            "aud": "https://push.example:8443", "exp": 43_201, "sub": "https://desk.example.com",
        });
        assert_eq!(claims, expected);
        assert!(Key::open(&"bm9uc2Vuc2U".into()).is_err());
        assert_eq!(format!("{key:?}"), "Key(***)");
    }
}
