//! The bytes of files on disk: written beside, made durable, then moved to their place.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::{FILE_BYTES, kinds};
use crate::error::{Error, Result};
use crate::model::FileId;
use crate::store::files::Content;

/// Makes the folder, and clears away what an interrupted transfer left.
pub(super) fn prepare(folder: &Path) -> Result<()> {
    let arriving = arriving(folder);
    match std::fs::remove_dir_all(&arriving) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    std::fs::create_dir_all(&arriving)?;
    Ok(())
}

/// The bytes of a file, if they are there.
pub(super) async fn open(folder: &Path, id: FileId) -> Result<Option<fs::File>> {
    match fs::File::open(place(folder, id)).await {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            tracing::error!(file.id = %id, "the bytes of a file are missing on disk");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes the bytes of a file.
pub(super) async fn remove(folder: &Path, id: FileId) {
    if let Err(error) = fs::remove_file(place(folder, id)).await
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(file.id = %id, %error, "the bytes of a file could not be removed");
    }
}

/// A file that is being written. Dropped before its end, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Incoming {
    file: fs::File,
    arriving: Arriving,
    place: PathBuf,
    hash: Sha256,
    head: Vec<u8>,
    size: u64,
}

/// Removes an unfinished file.
#[derive(Debug)]
struct Arriving(PathBuf);

impl Drop for Arriving {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

impl Incoming {
    /// Begins a file.
    pub(super) async fn begin(folder: &Path, id: FileId) -> Result<Self> {
        let path = arriving(folder).join(format!("{id}-{}", uuid::Uuid::new_v4().simple()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&path).await?;
        Ok(Self {
            file,
            arriving: Arriving(path),
            place: place(folder, id),
            hash: Sha256::new(),
            head: Vec::new(),
            size: 0,
        })
    }

    /// Adds bytes, up to the limit of a file.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > FILE_BYTES {
            return Err(Error::TooLarge(FILE_BYTES));
        }
        let wanted = kinds::HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
        self.hash.update(bytes);
        self.file.write_all(bytes).await?;
        Ok(())
    }

    /// Bytes so far.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of the bytes so far, lower-case hex.
    pub(super) fn sha256(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Makes the bytes durable and moves them to their place.
    pub(super) async fn finish(self) -> Result<Content> {
        let Self { mut file, arriving, place, hash, head, size } = self;
        file.flush().await?;
        file.sync_all().await?;
        drop(file);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).await?;
            fs::rename(&arriving.0, &place).await?;
            make_durable(folder).await?;
        }
        Ok(Content {
            content_type: kinds::of(&head).to_owned(),
            size: i64::try_from(size).unwrap_or(i64::MAX),
            sha256: hex::encode(hash.finalize()),
        })
    }
}

/// On Unix the name of a file is safe only when its folder is.
#[cfg(unix)]
async fn make_durable(folder: &Path) -> Result<()> {
    fs::File::open(folder).await?.sync_all().await?;
    if let Some(parent) = folder.parent() {
        fs::File::open(parent).await?.sync_all().await?;
    }
    Ok(())
}

#[cfg(not(unix))]
async fn make_durable(_folder: &Path) -> Result<()> {
    Ok(())
}

/// Where unfinished files are.
fn arriving(folder: &Path) -> PathBuf {
    folder.join("arriving")
}

/// Where a file is: its id decides, never its name. The last two digits spread the files evenly;
/// the first ones are the time.
fn place(folder: &Path, id: FileId) -> PathBuf {
    let id = id.to_string();
    let shelf = id.get(id.len().saturating_sub(2)..).unwrap_or_default();
    folder.join(shelf).join(&id)
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test]
    async fn a_finished_file_is_in_its_place_with_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path()).unwrap();
        let id = FileId::new();
        let mut incoming = Incoming::begin(folder.path(), id).await.unwrap();
        incoming.write(b"%PDF-").await.unwrap();
        incoming.write(b"1.7").await.unwrap();
        let content = incoming.finish().await.unwrap();
        assert_eq!((content.content_type.as_str(), content.size), ("application/pdf", 8));
        assert_eq!(content.sha256, hex::encode(Sha256::digest(b"%PDF-1.7")));
        let mut bytes = Vec::new();
        let mut file = open(folder.path(), id).await.unwrap().unwrap();
        file.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(bytes, b"%PDF-1.7");
        remove(folder.path(), id).await;
        assert!(open(folder.path(), id).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn an_unfinished_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path()).unwrap();
        let mut incoming = Incoming::begin(folder.path(), FileId::new()).await.unwrap();
        incoming.write(b"half").await.unwrap();
        assert_eq!(std::fs::read_dir(arriving(folder.path())).unwrap().count(), 1);
        drop(incoming);
        assert_eq!(std::fs::read_dir(arriving(folder.path())).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_file_that_is_too_large_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path()).unwrap();
        let mut incoming = Incoming::begin(folder.path(), FileId::new()).await.unwrap();
        incoming.size = FILE_BYTES;
        let refused = incoming.write(b"x").await.unwrap_err();
        assert!(matches!(refused, Error::TooLarge(FILE_BYTES)), "{refused}");
    }
}
