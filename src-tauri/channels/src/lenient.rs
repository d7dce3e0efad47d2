//! Members of a JSON body, read as providers write them and not as they promise: a number as text,
//! an empty string for nothing, one thing under several names.

use serde_json::Value;

use crate::exchange::Millis;

/// The text of a value: a string that is not empty, or a number.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text of the first of these members that has one.
pub(crate) fn first(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| text(value.get(name)?))
}

/// A whole number, also where it comes as text.
pub(crate) fn size(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Milliseconds of `2026-01-01T00:00:21.98Z`, with any number of decimals.
pub(crate) fn rfc3339(time: &str) -> Option<Millis> {
    time.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_providers_write_is_read() {
        let body = json!({ "a": "", "b": null, "c": 7, "d": "x", "e": "12", "f": [], "g": true });
        assert_eq!(first(&body, &["a", "b", "c", "d"]).as_deref(), Some("7"));
        assert_eq!(first(&body, &["missing", "d"]).as_deref(), Some("x"));
        assert_eq!(first(&body, &["a", "f", "g"]), None);
        assert_eq!(size(&body["c"]), Some(7));
        assert_eq!(size(&body["e"]), Some(12));
        assert_eq!(size(&body["a"]), None);
        assert_eq!(rfc3339("2026-01-01T00:00:21.98Z"), Some(1_767_225_621_980));
        assert_eq!(rfc3339("2026-01-01T00:00:21.980000Z"), Some(1_767_225_621_980));
        assert_eq!(rfc3339("2026-01-01 00:00:21"), None);
    }
}
