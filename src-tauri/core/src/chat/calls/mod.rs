//! Voice between a visitor's browser and an agent's. The desk lets the two find each other and never
//! hears what they say: what the browsers tell each other is passed on as it is, and is in memory
//! only. Who called, who talked and for how long is in the store.
//!
//! Every step of a call is one transaction first, and is told afterwards. Knows no HTTP.

pub mod agents;
mod callees;
mod ending;
mod servers;
mod sorry;
mod switchboard;
pub mod visitors;
mod watching;

pub(crate) use ending::with_session;
pub use switchboard::{AgentLine, Switchboard};
pub use watching::{fail_left, keep_time};
pub(crate) use watching::{join, reassigned, signed_out, site_calls};

use crate::model::Time;

/// For how long a call rings, in milliseconds.
const RINGING: Time = 30_000;
/// For how long an end of a call may be gone, in milliseconds.
const GONE: Time = 20_000;
/// Further ways to be reached that are taken of each end of a call.
const CANDIDATES: usize = 200;
