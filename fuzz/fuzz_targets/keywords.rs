//! Finds texts whose keyword hangs on their dress.
#![no_main]

use deskbell_fuzz::keywords;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    if keywords::check(input) { Corpus::Keep } else { Corpus::Reject }
});
