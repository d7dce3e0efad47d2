//! The simulated SIPTRUNK: Flowroute's dialect with `+` before numbers, and nothing but messages.

use super::flowroute::{Brand, Dialect};

/// SIPTRUNK.
pub static SIPTRUNK: Brand = Brand { id: "siptrunk", dialect: Dialect::Messages };
