//! Finds frames of visitors that break a promise.
#![no_main]

use deskbell_fuzz::visitor;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    if visitor::check(input) { Corpus::Keep } else { Corpus::Reject }
});
