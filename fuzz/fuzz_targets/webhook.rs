//! Finds webhooks that break a promise of their channel.
#![no_main]

use deskbell_fuzz::webhook;
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|input: &[u8]| -> Corpus {
    if webhook::check(input) { Corpus::Keep } else { Corpus::Reject }
});

// Mostly the body: a head that names no provider is no input.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let head = webhook::head_length(&data[..size]);
    if head >= size || seed % 8 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    head + fuzzer_mutate(&mut data[head..], size - head, max_size - head)
});
