//! The desk as others meet it: the real listeners, a real database file, providers that answer
//! over real HTTP on loopback. One binary, one module for each part of the product; each test is a
//! fact.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod support;

mod accounts;
mod address_book;
mod bad_input;
mod binary;
mod blocking;
mod calls;
mod channel_setup;
mod channels;
mod conformance;
mod contact_files;
mod contacts;
mod demo;
mod events;
mod flow;
mod hours;
mod inbound;
mod join;
mod labels;
mod lists;
mod live_chat;
mod looks;
mod media;
mod merging;
mod observability;
mod optouts;
mod outbound;
mod outbound_doubt;
mod permissions;
mod pieces;
mod presence;
mod push;
mod quick_replies;
mod races;
mod rate;
mod rules;
mod search;
mod send_later;
mod store;
mod tidy;
mod together;
mod unmerging;
mod views;
mod waiting;
mod webhook_guard;
mod whole;
