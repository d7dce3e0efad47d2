//! Parameters of forms and queries, texts deep in JSON, and times without a zone.
//!
//! Owns the reading of these. Knows no provider and no parameter by name.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::exchange::Millis;

/// Parameters by name; of several with one name the first.
pub(crate) fn parameters(encoded: &[u8]) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        parameters.entry(name.into_owned()).or_insert_with(|| value.into_owned());
    }
    parameters
}

/// What stands behind the `?`.
pub(crate) fn query(path_and_query: &str) -> &str {
    path_and_query.split_once('?').map_or("", |(_, query)| query)
}

/// The text at a place in a JSON value (`/data/id`); `None` when it is missing, empty or no text.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str().filter(|text| !text.is_empty())
}

/// Milliseconds since 1970 of `2026-01-01 00:00:07`, with or without a fraction, in UTC.
pub(crate) fn utc(time: &str) -> Option<Millis> {
    let time = time.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(time.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_utc() {
        assert_eq!(utc("2026-01-01 00:00:07"), Some(1_767_225_607_000));
        assert_eq!(utc("2026-01-01 00:00:07.250000"), Some(1_767_225_607_250));
        assert_eq!((utc("soon"), utc("")), (None, None));
    }

    #[test]
    fn the_first_of_several_parameters_counts() {
        let read: Vec<_> = parameters(b"x=1&x=2&y=a+b").into_iter().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read, [pair("x", "1"), pair("y", "a b")]);
        assert_eq!((query("/a?b=1?c"), query("/a")), ("b=1?c", ""));
    }
}
