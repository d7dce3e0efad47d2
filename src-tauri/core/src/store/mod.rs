//! The only place with SQL: one SQLite file, one writer, a few readers, one file per noun; beside
//! it the index of words, which can be made from it at any time.
//!
//! Knows the model and the event types. Does not know HTTP, providers or who asks: permission is
//! decided before a write comes here.

pub mod alerts;
pub mod calls;
pub mod channels;
pub mod chat_calls;
pub mod chat_figures;
pub mod chat_lines;
pub mod chat_sites;
mod checkpoints;
pub mod contact_fields;
pub mod contact_files;
pub mod contact_imports;
pub mod contact_lists;
pub mod contact_merges;
pub mod contact_notes;
pub mod contact_twins;
pub mod contacts;
pub mod db;
pub mod deliveries;
pub mod devices;
pub mod drafts;
pub mod events;
pub mod figures;
pub mod files;
pub mod hits;
pub mod holidays;
pub mod hours;
pub mod identities;
pub mod index;
pub mod invites;
pub mod labels;
pub mod marks;
pub mod mentions;
pub mod messages;
pub mod migrate;
pub mod numbers;
pub mod optouts;
pub mod outbox;
pub mod parts;
#[cfg(test)]
mod plans;
pub mod presence;
pub mod push;
pub mod queues;
pub mod quick_replies;
pub mod saved_searches;
pub mod scheduled;
pub mod search;
mod session_filter;
pub mod session_lists;
pub mod sessions;
pub mod settings;
pub mod timeline;
pub mod undo;
pub mod users;
pub mod views;
pub mod visitors;
pub mod waiting;

pub use db::{Db, Tx};
pub use index::Index;
