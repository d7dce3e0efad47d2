//! What customers do.

use deskbell_simulator::webhook::{File, Said};

use super::line::NUMBER;
use super::{Desk, Line, key};

/// Files at these addresses.
pub(crate) fn media_of(urls: &[String]) -> Vec<File> {
    let file = |url: &String| File { url: url.clone(), content_type: Some("image/png".into()) };
    urls.iter().map(file).collect()
}

impl Desk {
    /// A customer writes; the desk takes it in.
    pub(crate) async fn says(&self, line: &Line, from: &str, text: &str) {
        self.hears(line, &said(from, text)).await;
    }

    /// A customer sends files.
    pub(crate) async fn sends_files(&self, line: &Line, from: &str, urls: &[String]) {
        self.hears(line, &Said { media: media_of(urls), text: None, ..said(from, "") }).await;
    }

    /// The desk takes a message in, whatever it is.
    pub(crate) async fn hears(&self, line: &Line, said: &Said) {
        let answer = self.deliver(line, &line.message(said)).await;
        assert!(answer.status == 200 || answer.status == 204, "{answer:?}");
    }
}

/// A message with an id of its own.
pub(crate) fn said(from: &str, text: &str) -> Said {
    Said {
        id: key(),
        from: from.to_owned(),
        to: NUMBER.to_owned(),
        text: Some(text.to_owned()),
        media: Vec::new(),
    }
}
