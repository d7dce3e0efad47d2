//! Deskbell without a window: store, inbox, outbox, sessions and the API that every client speaks.
//!
//! Arrows: `api`, `public` → `inbox`, `outbox`, `sessions`, `channels`, `accounts`, `media`, `push` →
//! `store`, `routing`, `access`, `events` → `model`. Nothing here knows a window.

pub mod access;
pub mod accounts;
pub mod alerts;
pub mod api;
pub mod app;
pub mod attention;
mod built;
pub mod calls;
pub mod channels;
pub mod chat;
pub mod clock;
pub mod config;
pub mod connections;
pub mod contacts;
mod content;
pub mod counters;
pub mod deliveries;
pub mod demo;
pub mod desk;
pub mod drafts;
pub mod error;
pub mod events;
pub mod fields;
pub mod gate;
pub mod hours;
pub mod inbox;
pub mod keywords;
pub mod labels;
pub mod lan;
pub mod later;
pub mod logging;
pub mod media;
pub mod mentions;
pub mod messages;
pub mod model;
pub mod optouts;
pub mod outbox;
pub mod phone;
pub mod public;
pub mod push;
pub mod quick_replies;
pub mod receipts;
pub mod rooms;
pub mod routing;
pub mod search;
pub mod secrets;
pub mod sessions;
pub mod starts;
pub mod store;
pub mod timers;
pub mod views;
pub mod words;

pub use app::App;
pub use config::Config;
pub use error::{Code, Error, Result};
