//! What must hold whatever strangers send. Each module takes one input and panics where a promise
//! is broken. The fuzzing targets find inputs; `src-tauri/simulator/tests/corpus.rs` replays those
//! that are kept, and so compiles these files too.

pub mod keywords;
pub mod signature;
pub mod visitor;
pub mod webhook;
