//! Telephone numbers: from what a person types to E.164, and back to something readable.
//! The one place that knows numbering plans.

use std::sync::LazyLock;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region,
    ValidationError,
};

/// More than any number that a person writes.
const LENGTH: usize = 64;

/// A telephone number that can exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+` and digits.
    pub e164: String,
    /// Two-letter country, where the number tells one.
    pub country: Option<String>,
}

/// Loads the numbering plans, which takes a moment: ahead of the first number.
pub fn initialise() {
    LazyLock::force(&PHONE_NUMBER_UTIL);
}

/// The number that a person wrote; without `+` it is read as in `country` (two letters).
/// Refused with a sentence that says what is wrong.
///
/// A number has to be possible, not known to be in use: numbering plans grow faster than tables.
/// Without its area code it is none: the desk may be anywhere.
pub fn parse(raw: &str, country: &str) -> Result<Phone, &'static str> {
    if raw.trim().is_empty() {
        return Err("Enter a telephone number.");
    }
    // The tables read letters as keys of a telephone; nobody types them on purpose here.
    if raw.len() > LENGTH || raw.chars().any(|c| c.is_alphabetic() || c.is_control()) {
        return Err("This is not a telephone number.");
    }
    let region = Region::from_code(country).ok();
    let number = PHONE_NUMBER_UTIL.parse(raw, region).map_err(|error| words(&error, raw))?;
    let length = number.is_possible_with_reason().map_err(|error| match error {
        ValidationError::InvalidCountryCode => NO_COUNTRY,
        ValidationError::TooShort => TOO_SHORT,
        ValidationError::InvalidLength => "This number is too short or too long for its country.",
        ValidationError::TooLong => TOO_LONG,
    })?;
    match length {
        NumberLengthType::IsPossible => {}
        NumberLengthType::IsPossibleLocalOnly => return Err(NO_AREA),
    }
    Ok(Phone {
        e164: number.format_as(PhoneNumberFormat::E164).into_owned(),
        country: number.get_region_code().map(|region| region.to_string()),
    })
}

/// How people read an E.164 number; anything else stays as it is.
pub fn shown(address: &str) -> String {
    let number = address.starts_with('+').then(|| address.parse::<PhoneNumber>());
    match number {
        Some(Ok(number)) => number.format_as(PhoneNumberFormat::International).into_owned(),
        Some(Err(_)) | None => address.to_owned(),
    }
}

const NO_COUNTRY: &str = "No country has this number: begin with + and the country's code.";
const TOO_SHORT: &str = "This number is too short.";
const NO_AREA: &str = "This number is too short: add the area code.";
const TOO_LONG: &str = "This number is too long.";

fn words(error: &ParseError, raw: &str) -> &'static str {
    match error {
        ParseError::InvalidCountryCode if !raw.trim_start().starts_with('+') => {
            "Begin with + and the country's code."
        }
        ParseError::InvalidCountryCode => NO_COUNTRY,
        ParseError::NotANumber(_) => "This is not a telephone number.",
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => TOO_SHORT,
        ParseError::TooLongNsn => TOO_LONG,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, country: &str, expected: Result<&str, &str>) {
        let found = parse(raw, country).map(|phone| phone.e164);
        assert_eq!(found.as_deref().map_err(|words| *words), expected, "{raw} in {country}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("+1 410 216 1183", "DE", Ok("+14102161183"));
        check("(410) 216-1183", "US", Ok("+14102161183"));
        check("410.216.1183", "us", Ok("+14102161183"));
        check("030 901820", "DE", Ok("+4930901820"));
        check("0030 2101234567", "DE", Ok("+302101234567"));
        check("+15550100001", "US", Ok("+15550100001"));
        check("06 12 34 56 78", "FR", Ok("+33612345678"));
    }

    #[test]
    fn what_is_no_number_is_refused_in_words() {
        check("", "US", Err("Enter a telephone number."));
        check("hello", "US", Err("This is not a telephone number."));
        check("1-800-FLOWERS", "US", Err("This is not a telephone number."));
        check("+1 410\0 216 1183", "US", Err("This is not a telephone number."));
        check("+999 123 4567", "US", Err(NO_COUNTRY));
        check("123", "US", Err(TOO_SHORT));
        check("+1 410 216 1183 4455 66", "US", Err(TOO_LONG));
        check("410 216 1183", "", Err("Begin with + and the country's code."));
        check(&"1".repeat(500), "US", Err("This is not a telephone number."));
    }

    #[test]
    fn a_number_needs_its_area_code() {
        for (raw, country) in [("5550123", "US"), ("555-0123", "CA"), ("+1 555 0123", "DE")] {
            check(raw, country, Err(NO_AREA));
        }
        // Ten digits are enough, also in an area that no table knows.
        check("555 555 0100", "US", Ok("+15555550100"));
        check("1 555 555 0100", "US", Ok("+15555550100"));
        check("+1 555 555 0100", "", Ok("+15555550100"));
    }

    #[test]
    fn a_number_knows_its_country_and_is_shown_with_spaces() {
        assert_eq!(parse("+4930901820", "US").unwrap().country.as_deref(), Some("DE"));
        assert_eq!(shown("+4930901820"), "+49 30 901820");
        assert_eq!(shown("Deskbell"), "Deskbell");
        assert_eq!(shown("+not a number"), "+not a number");
    }
}
