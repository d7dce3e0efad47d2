//! Whether a message fits what its channel takes: length, number, sizes and owner of its files.
//! What the provider would refuse is refused before it is promised. Changes nothing.

use deskbell_channels::exchange::PartSizes;
use deskbell_channels::segments;

use crate::access::Caller;
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::model::{File, FileId};
use crate::store::{Tx, files, settings};

/// Refuses what the provider would refuse, before it is promised.
pub(crate) fn check(
    tx: &Tx<'_>,
    caller: &Caller,
    live: &Live,
    text: &str,
    file_ids: &[FileId],
) -> Result<()> {
    check_text(live, text, file_ids.len())?;
    check_sizes(&check_files(tx, caller, file_ids)?, live)?;
    let fetched_by_provider = live.identity == deskbell_channels::form::IdentityKind::Phone;
    if fetched_by_provider && !file_ids.is_empty() && settings::public_url(tx)?.is_none() {
        return Err(Error::NoPublicAddress);
    }
    Ok(())
}

/// Refuses a text that the provider would refuse together with so many files.
pub(crate) fn check_text(live: &Live, text: &str, files: usize) -> Result<()> {
    let limits = live.limits;
    if text.trim().is_empty() && files == 0 {
        return Err(Error::field("text", "Write something or attach a file first."));
    }
    let length = text.chars().count();
    if length > limits.text_chars as usize {
        let message = format!(
            "This is {length} characters; {} takes at most {}. Split it.",
            live.name, limits.text_chars
        );
        return Err(Error::field("text", message));
    }
    if let Some((are, most)) = too_many_parts(text, &limits.parts).filter(|_| files == 0) {
        let message = format!(
            "This text goes out in {are} parts; {} takes at most {most}. Shorten it, or split it.",
            live.name
        );
        return Err(Error::field("text", message));
    }
    if files > limits.files as usize {
        let message = format!("{} takes at most {} files in one message.", live.name, limits.files);
        return Err(Error::field("file_ids", message));
    }
    if !limits.text_with_files && !text.trim().is_empty() && files > 0 {
        return Err(Error::field("file_ids", "Send the text and the files one after the other."));
    }
    Ok(())
}

/// How many parts the text takes and how many it may, if it takes more: the provider would cut the
/// rest off.
fn too_many_parts(text: &str, sizes: &PartSizes) -> Option<(u32, u32)> {
    let (are, most) = (segments::parts(text, sizes), sizes.most?);
    (are > most).then_some((are, most))
}

/// Refuses files that are too large for the provider, one or all together.
fn check_sizes(files: &[File], live: &Live) -> Result<()> {
    let size = |file: &File| u64::try_from(file.size).unwrap_or(u64::MAX);
    let (one, all) = (live.limits.file_bytes, live.limits.total_bytes);
    let too_large = |message: String| Err(Error::field("file_ids", message));
    for file in files {
        if size(file) > one {
            let (is, most) = (in_words(size(file)), in_words(one));
            return too_large(format!(
                "“{}” has {is}; {} takes at most {most} in one file.",
                file.name, live.name
            ));
        }
    }
    let together = files.iter().map(size).fold(0, u64::saturating_add);
    if together > all {
        let (is, most) = (in_words(together), in_words(all));
        let name = &live.name;
        return too_large(if files.len() == 1 {
            format!("The file has {is}; {name} takes at most {most} in one message.")
        } else {
            format!("Together the files have {is}; {name} takes at most {most} in one message.")
        });
    }
    Ok(())
}

/// A size as people say it, never smaller than it is.
fn in_words(bytes: u64) -> String {
    const KB: u64 = 1_024;
    const MB: u64 = KB * KB;
    match bytes {
        0..KB => format!("{bytes} bytes"),
        KB..MB => format!("{} KB", bytes.div_ceil(KB)),
        _ => {
            let tenths = bytes.saturating_mul(10).div_ceil(MB);
            match tenths % 10 {
                0 => format!("{} MB", tenths / 10),
                tenth => format!("{}.{tenth} MB", tenths / 10),
            }
        }
    }
}

/// Only files that the caller may send and that are whole, each once.
pub(crate) fn check_files(tx: &Tx<'_>, caller: &Caller, file_ids: &[FileId]) -> Result<Vec<File>> {
    let twice = file_ids
        .iter()
        .enumerate()
        .any(|(index, id)| file_ids.iter().take(index).any(|before| before == id));
    let again = || Error::field("file_ids", "Upload the file again, then send.");
    if twice {
        return Err(again());
    }
    files::sendable(tx, caller, file_ids).map_err(|_| again())
}

#[cfg(test)]
mod tests {
    use deskbell_channels::exchange::PartSizes;

    use super::{in_words, too_many_parts};

    #[test]
    fn a_text_that_would_be_cut_off_is_noticed() {
        let eight = PartSizes { most: Some(8), ..PartSizes::STANDARD };
        assert_eq!(too_many_parts(&"a".repeat(8 * 153), &eight), None);
        assert_eq!(too_many_parts(&"a".repeat(8 * 153 + 1), &eight), Some((9, 8)));
        assert_eq!(too_many_parts(&"я".repeat(8 * 67), &eight), None);
        assert_eq!(too_many_parts(&"я".repeat(8 * 67 + 1), &eight), Some((9, 8)));
        assert_eq!(too_many_parts(&"я".repeat(10_000), &PartSizes::STANDARD), None);
    }

    #[test]
    fn a_size_is_never_told_smaller_than_it_is() {
        let table = [
            (0, "0 bytes"),
            (1_023, "1023 bytes"),
            (1_024, "1 KB"),
            (1_025, "2 KB"),
            (5 * 1_024 * 1_024, "5 MB"),
            (5 * 1_024 * 1_024 + 1, "5.1 MB"),
            (u64::MAX / 16, "1099511627776 MB"),
        ];
        for (bytes, words) in table {
            assert_eq!(in_words(bytes), words);
        }
    }
}
