//! The one place that reads the clock. Everything else is told the time.

use crate::model::Time;

/// Milliseconds since 1970-01-01 UTC.
pub fn now() -> Time {
    jiff::Timestamp::now().as_millisecond()
}
