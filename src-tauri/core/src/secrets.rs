//! Secrets at rest: sealed with a key that lives in the system's keychain, or in a private file
//! where there is none. A secret is bound to its place: sealed bytes that are moved to another
//! row do not open there. Knows neither channels nor the store.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use keyring_core::CredentialStore;
use rand::TryRng;
use rand::rngs::SysRng;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Bytes of the key.
const KEY: usize = 32;
/// Bytes of a nonce; random, and long enough never to meet again.
const NONCE: usize = 24;
/// How long the keychain may take: it may be locked and ask a person who is not there.
const PATIENCE: Duration = Duration::from_secs(3);
/// Name under which the keychain knows us.
const SERVICE: &str = "Deskbell";
/// Remembers where the key of this folder is.
const PLACE_FILE: &str = "key.place";
/// The key, where there is no keychain.
const KEY_FILE: &str = "key";

/// Seals and opens secrets.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)")
    }
}

/// Where the key of a data folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// In the keychain, under this name.
    Keychain(String),
    /// In the key file.
    File,
}

impl Vault {
    /// Opens the vault of a data folder; the first time it makes the key. A key that should be
    /// there and is not is an error: a new one would not open what the old one sealed. Blocks.
    pub fn open(data_dir: &Path, keychain: bool) -> Result<Self> {
        Self::open_with(data_dir, || {
            if keychain { patiently(system_keychain) } else { Err(no_keychain_wanted()) }
        })
    }

    /// Asks for the keychain only where it is needed: waiting for one would delay every start.
    fn open_with(
        data_dir: &Path,
        keychain: impl FnOnce() -> Result<Arc<CredentialStore>>,
    ) -> Result<Self> {
        let key = match remembered(data_dir)? {
            Some(Place::Keychain(name)) => {
                let store = keychain().map_err(|error| locked_out(&error))?;
                from_keychain(store, name)?
            }
            Some(Place::File) => from_file(data_dir)?,
            None => make_key(data_dir, keychain())?,
        };
        Ok(Self::with_key(&key))
    }

    fn with_key(key: &[u8; KEY]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&(*key).into()) }
    }

    /// Seals a secret for one place (`channel_secrets/<channel>/<name>`).
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Internal("a secret could not be sealed".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same place.
    pub fn open_sealed(&self, place: &str, sealed: &[u8]) -> Result<SecretString> {
        let wrong = || {
            Error::Internal(format!(
                "the secret {place} cannot be opened: it was sealed with another key or changed"
            ))
        };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(wrong)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        let opened = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| wrong())?;
        let opened = Zeroizing::new(opened);
        std::str::from_utf8(&opened).map(SecretString::from).map_err(|_| wrong())
    }
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Internal(format!("the system has no random numbers: {error}")))?;
    Ok(bytes)
}

/// Where the key is, if there is one already.
fn remembered(data_dir: &Path) -> Result<Option<Place>> {
    match std::fs::read_to_string(data_dir.join(PLACE_FILE)) {
        Ok(text) => match text.trim().split_once(' ') {
            Some(("keychain", name)) => Ok(Some(Place::Keychain(name.to_owned()))),
            None if text.trim() == "file" => Ok(Some(Place::File)),
            _ => Err(Error::Conflict(format!(
                "{} is not readable; put it back from a backup of the folder",
                data_dir.join(PLACE_FILE).display()
            ))),
        },
        // A key file without a note: the note was lost, or someone brought the key along.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(data_dir.join(KEY_FILE).exists().then_some(Place::File))
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes the key of a new folder, and notes where it is only after it is there.
fn make_key(
    data_dir: &Path,
    keychain: Result<Arc<CredentialStore>>,
) -> Result<Zeroizing<[u8; KEY]>> {
    let key = Zeroizing::new(random::<KEY>()?);
    let name = format!("vault {}", hex::encode(random::<8>()?));
    match keychain.and_then(|store| to_keychain(store, name.clone(), key.clone())) {
        Ok(()) => {
            let place = format!("keychain {name}\n");
            write_private(&data_dir.join(PLACE_FILE), place.as_bytes())?;
        }
        Err(reason) => {
            tracing::warn!(
                %reason,
                "the key of the credentials is kept in a file in the data folder, readable by this user only"
            );
            write_private(&data_dir.join(KEY_FILE), hex::encode(*key).as_bytes())?;
            write_private(&data_dir.join(PLACE_FILE), b"file\n")?;
        }
    }
    Ok(key)
}

fn to_keychain(store: Arc<CredentialStore>, name: String, key: Zeroizing<[u8; KEY]>) -> Result<()> {
    patiently(move || {
        let entry = store.build(SERVICE, &name, None).map_err(|error| refused(&error))?;
        entry.set_secret(key.as_slice()).map_err(|error| refused(&error))?;
        // A keychain that forgets at once is no keychain.
        let kept = Zeroizing::new(entry.get_secret().map_err(|error| refused(&error))?);
        if kept.as_slice() == key.as_slice() {
            Ok(())
        } else {
            Err(Error::Conflict("the keychain did not keep the key".into()))
        }
    })
}

fn from_keychain(store: Arc<CredentialStore>, name: String) -> Result<Zeroizing<[u8; KEY]>> {
    let kept = patiently(move || {
        let entry = store.build(SERVICE, &name, None).map_err(|error| refused(&error))?;
        entry.get_secret().map(Zeroizing::new).map_err(|error| refused(&error))
    })
    .map_err(|error| locked_out(&error))?;
    let key: [u8; KEY] = kept
        .as_slice()
        .try_into()
        .map_err(|_| Error::Conflict("the key in the keychain is not one of ours".into()))?;
    Ok(Zeroizing::new(key))
}

fn from_file(data_dir: &Path) -> Result<Zeroizing<[u8; KEY]>> {
    let path = data_dir.join(KEY_FILE);
    let lost = || {
        Error::Conflict(format!(
            "the key file {} is missing or damaged; without it the stored credentials cannot be \
             opened. Put it back from a backup of the folder",
            path.display()
        ))
    };
    let text = Zeroizing::new(std::fs::read_to_string(&path).map_err(|_| lost())?);
    let mut key = Zeroizing::new([0; KEY]);
    hex::decode_to_slice(text.trim(), key.as_mut_slice()).map_err(|_| lost())?;
    Ok(key)
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_private(path: &Path, content: &[u8]) -> Result<()> {
    let fresh: PathBuf = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(fresh, path)?;
    Ok(())
}

/// Asks the keychain on a thread of its own and stops waiting after a while.
fn patiently<T: Send + 'static>(ask: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (answer, answered) = mpsc::channel();
    std::thread::Builder::new().name("keychain".into()).spawn(move || answer.send(ask()).ok())?;
    answered
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(Error::Conflict("the keychain did not answer in time".into())))
}

fn refused(error: &keyring_core::Error) -> Error {
    // Only what kind of refusal it is: some variants carry the secret's bytes.
    let kind = match error {
        keyring_core::Error::NoEntry => "it has no such entry",
        keyring_core::Error::NoStorageAccess(_) => "it is locked",
        keyring_core::Error::PlatformFailure(_) => "it cannot be reached",
        _ => "it refused",
    };
    Error::Conflict(format!("the system's keychain could not be used: {kind}"))
}

fn no_keychain_wanted() -> Error {
    Error::Conflict("a key file was asked for".into())
}

fn locked_out(error: &Error) -> Error {
    Error::Conflict(format!(
        "the key of the stored credentials is in the system's keychain, but {error}. Unlock the \
         keychain or sign in to the desktop as the user that set up this desk, then start again"
    ))
}

/// The keychain of this platform.
fn system_keychain() -> Result<Arc<CredentialStore>> {
    #[cfg(target_os = "linux")]
    let store = zbus_secret_service_keyring_store::Store::new();
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new();
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new();
    #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
    let store: keyring_core::Result<Arc<keyring_core::mock::Store>> =
        Err(keyring_core::Error::NoDefaultStore);
    store.map(|store| store as Arc<CredentialStore>).map_err(|error| refused(&error))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn mock() -> Arc<CredentialStore> {
        keyring_core::mock::Store::new().unwrap()
    }

    #[test]
    fn a_secret_opens_in_its_place_only() {
        let vault = Vault::with_key(&[7; KEY]);
        let sealed = vault.seal("channel_secrets/1/token", b"hush").unwrap();
        assert!(!sealed.windows(4).any(|bytes| bytes == b"hush"));
        let opened = vault.open_sealed("channel_secrets/1/token", &sealed).unwrap();
        assert_eq!(opened.expose_secret(), "hush");
        assert!(vault.open_sealed("channel_secrets/2/token", &sealed).is_err());
        assert!(vault.open_sealed("channel_secrets/1/token", &sealed[..10]).is_err());
        let mut bent = sealed.clone();
        bent[30] ^= 1;
        assert!(vault.open_sealed("channel_secrets/1/token", &bent).is_err());
        assert!(
            Vault::with_key(&[8; KEY]).open_sealed("channel_secrets/1/token", &sealed).is_err()
        );
        assert_ne!(sealed, vault.seal("channel_secrets/1/token", b"hush").unwrap());
        assert_eq!(format!("{vault:?}"), "Vault(***)");
    }

    #[test]
    fn the_key_in_the_keychain_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = mock();
        let sealed = {
            let vault = Vault::open_with(folder.path(), || Ok(Arc::clone(&store))).unwrap();
            vault.seal("p", b"hush").unwrap()
        };
        assert!(!folder.path().join(KEY_FILE).exists());
        let vault = Vault::open_with(folder.path(), || Ok(store)).unwrap();
        assert_eq!(vault.open_sealed("p", &sealed).unwrap().expose_secret(), "hush");
    }

    #[test]
    fn a_lost_key_is_never_replaced_silently() {
        let folder = tempfile::tempdir().unwrap();
        Vault::open_with(folder.path(), || Ok(mock())).unwrap();
        let error = Vault::open_with(folder.path(), || Ok(mock())).unwrap_err();
        assert!(error.to_string().contains("it has no such entry"), "{error}");
        let error = Vault::open_with(folder.path(), || Err(no_keychain_wanted())).unwrap_err();
        assert!(error.to_string().contains("keychain"), "{error}");

        let folder = tempfile::tempdir().unwrap();
        Vault::open(folder.path(), false).unwrap();
        std::fs::remove_file(folder.path().join(KEY_FILE)).unwrap();
        let error = Vault::open(folder.path(), false).unwrap_err();
        assert!(error.to_string().contains("key file"), "{error}");
    }

    #[test]
    fn without_a_keychain_a_private_file_holds_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let sealed = Vault::open(folder.path(), false).unwrap().seal("p", b"hush").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = std::fs::metadata(folder.path().join(KEY_FILE)).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        // A desk that began with a file stays with it when a keychain appears.
        let vault = Vault::open_with(folder.path(), || Ok(mock())).unwrap();
        assert_eq!(vault.open_sealed("p", &sealed).unwrap().expose_secret(), "hush");
    }
}
