//! Whether something made is newer than what it is made from.

use std::path::Path;
use std::time::SystemTime;

/// Whether `made` exists and nothing in `sources` (files, or folders with all they hold) is newer.
pub(crate) fn is_fresh(made: &Path, sources: &[&Path]) -> bool {
    let Some(made) = changed(made) else { return false };
    sources.iter().filter_map(|source| newest(source)).all(|source| source <= made)
}

fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return changed(path);
    }
    let inside = std::fs::read_dir(path).ok()?.filter_map(Result::ok);
    // The folder's own time tells of files that were taken away.
    inside.filter_map(|entry| newest(&entry.path())).chain(changed(path)).max()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, create_dir_all, remove_dir_all};
    use std::time::Duration;

    #[test]
    fn a_newer_source_makes_it_stale() {
        let dir = std::env::temp_dir().join(format!("deskbell-fresh-{}", std::process::id()));
        create_dir_all(dir.join("src/deep")).unwrap();
        let (made, source) = (dir.join("made"), dir.join("src/deep/source"));
        let at = |path: &Path, seconds| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            File::options()
                .create(true)
                .append(true)
                .open(path)
                .unwrap()
                .set_modified(time)
                .unwrap();
        };
        at(&source, 100);
        assert!(!is_fresh(&made, &[&source]), "nothing made yet");
        at(&made, 200);
        assert!(is_fresh(&made, &[&source]));
        at(&source, 300);
        assert!(!is_fresh(&made, &[&source]));
        assert!(!is_fresh(&made, &[&dir.join("src")]));
        remove_dir_all(dir).unwrap();
    }
}
