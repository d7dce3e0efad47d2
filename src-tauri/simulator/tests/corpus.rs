//! Every kept input of the fuzzing targets, once more, on every system and without a fuzzer.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]
#![expect(unreachable_pub, reason = "the fuzzing targets use these files as a library")]

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/src/keywords.rs"]
mod keywords;
#[path = "../../../fuzz/src/signature.rs"]
mod signature;
#[path = "../../../fuzz/src/visitor.rs"]
mod visitor;
#[path = "../../../fuzz/src/webhook.rs"]
mod webhook;

/// Gives every kept input of a target to its check; each has to be one.
fn replay(target: &str, check: fn(&[u8]) -> bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let input = fs::read(&path).unwrap();
        let known = std::panic::catch_unwind(|| check(&input));
        assert!(known.is_ok_and(|known| known), "{}", path.display());
        count += 1;
    }
    assert!(count >= 5, "only {count} inputs of {target}");
}

#[test]
fn kept_webhooks_break_no_promise() {
    replay("webhook", webhook::check);
}

#[test]
fn kept_headers_convince_nobody() {
    replay("signature", signature::check);
}

#[test]
fn kept_words_are_read_alike_in_any_dress() {
    replay("keywords", keywords::check);
}

#[test]
fn kept_frames_of_visitors_break_no_promise() {
    replay("visitor", visitor::check);
}

#[test]
fn the_body_begins_after_the_first_empty_line() {
    assert_eq!(webhook::head_length(b"general raw\n\n{}"), 13);
    assert_eq!(webhook::head_length(b"general raw"), 11);
}
