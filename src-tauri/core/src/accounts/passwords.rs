//! Hashing and checking passwords with Argon2. Each takes a good part of a second of a core and
//! 19 MiB on purpose, so only a few run at once and nobody waits for ever.

use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::app::blocking;
use crate::error::{Error, Result};
use crate::fields::Fields;

/// Characters of a password.
pub(super) const SHORTEST: usize = 8;
const LONGEST: usize = 256;
/// How long a try waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// Memory and cores belong to the whole process, whatever runs in it.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What is checked for a sign-in name that nobody has, so that it takes the same time. No password
/// has this hash.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$ZGVza2JlbGxkZXNrYmVsbA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A turn to hash or check.
pub(super) struct Turn {
    _permit: SemaphorePermit<'static>,
}

/// Waits for a turn. Whoever floods the desk with tries makes tries slow, and nothing else.
pub(super) async fn turn() -> Result<Turn> {
    match tokio::time::timeout(PATIENCE, TURNS.acquire()).await {
        Ok(Ok(permit)) => Ok(Turn { _permit: permit }),
        Ok(Err(_)) | Err(_) => Err(Error::TooManyRequests(5)),
    }
}

impl Turn {
    /// Hashes a password.
    pub(super) async fn hash(self, password: SecretString) -> Result<String> {
        blocking(move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            drop(self);
            hash.map(|hash: argon2::password_hash::phc::PasswordHash| hash.to_string())
                .map_err(|error| Error::Internal(format!("a password was not hashed: {error}")))
        })
        .await
    }

    /// Whether a password has this hash; without one it is checked against nobody's.
    pub(super) async fn matches(
        self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool> {
        blocking(move || {
            let right = verify(&password, hash.as_deref().unwrap_or(NOBODY));
            drop(self);
            Ok(right? && hash.is_some())
        })
        .await
    }
}

fn verify(password: &SecretString, hash: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash)
        .map_err(|error| Error::Internal(format!("a stored password is unreadable: {error}")))?;
    let password = password.expose_secret().as_bytes();
    Ok(Argon2::default().verify_password(password, &hash).is_ok())
}

/// Refuses passwords that are too short to keep anyone out, or too long to be one.
pub(super) fn check(fields: &mut Fields, field: &str, password: &SecretString) {
    let length = password.expose_secret().chars().count();
    if length < SHORTEST {
        fields.refuse(field, format!("At least {SHORTEST} characters, please."));
    } else if length > LONGEST {
        fields.refuse(field, format!("At most {LONGEST} characters, please."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_hash_and_nothing_else() {
        let hash = turn().await.unwrap().hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let again = turn().await.unwrap().hash("correct horse".into()).await.unwrap();
        assert_ne!(hash, again, "each has a salt of its own");
        let check = async |password: &str, hash: Option<&str>| {
            let turn = turn().await.unwrap();
            turn.matches(password.into(), hash.map(str::to_owned)).await.unwrap()
        };
        assert!(check("correct horse", Some(&hash)).await);
        assert!(!check("correct horse ", Some(&hash)).await);
        assert!(!check("correct horse", None).await);
        assert!(!check("", None).await);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        for (password, fits) in [
            ("1234567", false),
            ("12345678", true),
            ("ßßßß", false),
            ("пароль12", true),
            ("x".repeat(257).as_str(), false),
        ] {
            let mut fields = Fields::new();
            check(&mut fields, "password", &password.into());
            assert_eq!(fields.finish().is_ok(), fits, "{password}");
        }
    }
}
