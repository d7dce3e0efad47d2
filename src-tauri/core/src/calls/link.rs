//! The link that a user's device opens to call a number. Pure.
//!
//! A link of somebody's own is only ever one of the known schemes: nothing that runs in the page,
//! opens a file or starts a program is among them.

use url::Url;

use crate::model::CallMethod;

/// Schemes that a link of a user's own may have. The window hands the same ones to the system.
pub const SCHEMES: [&str; 9] =
    ["https", "http", "tel", "sip", "sips", "callto", "skype", "msteams", "zoomphonecall"];
/// Characters of a pattern.
const LENGTH: usize = 500;

/// The link for a number (`+` and digits); the error is a sentence for people.
pub fn link(method: CallMethod, pattern: &str, number: &str) -> Result<String, String> {
    match method {
        CallMethod::Tel => Ok(format!("tel:{number}")),
        CallMethod::Sip => Ok(format!("sip:{number}")),
        CallMethod::Callto => Ok(format!("callto:{number}")),
        CallMethod::Pattern => of_pattern(pattern, number),
        CallMethod::Provider => Err("The provider calls: there is no link.".to_owned()),
    }
}

/// What is wrong with a pattern, in a sentence; `None`: nothing.
pub fn problem(pattern: &str) -> Option<String> {
    of_pattern(pattern, "+15555550100").err()
}

fn of_pattern(pattern: &str, number: &str) -> Result<String, String> {
    let pattern = pattern.trim();
    if pattern.chars().count() > LENGTH {
        return Err(format!("At most {LENGTH} characters, please."));
    }
    if pattern.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err("Leave out spaces: a link has none.".to_owned());
    }
    if !pattern.contains("{number}") && !pattern.contains("{digits}") {
        return Err(
            "Put {number} where the customer's number belongs, such as https://pbx.example/call?to={number}"
                .to_owned(),
        );
    }
    let scheme = scheme_of(pattern)?;
    let web = matches!(scheme.as_str(), "http" | "https");
    // In a web address a bare + is a space.
    let plus = if web { number.replace('+', "%2B") } else { number.to_owned() };
    let filled =
        pattern.replace("{number}", &plus).replace("{digits}", number.trim_start_matches('+'));
    let url = Url::parse(&filled).map_err(|_| "This is not a link.".to_owned())?;
    if web && url.host().is_none() {
        return Err("This is not a link.".to_owned());
    }
    if (web && !url.username().is_empty()) || url.password().is_some() {
        return Err("Leave name and password out of the link.".to_owned());
    }
    Ok(filled)
}

/// The scheme that a pattern is written with, if it is one of ours.
fn scheme_of(pattern: &str) -> Result<String, String> {
    let scheme = pattern.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if pattern.contains(':') && SCHEMES.contains(&scheme.as_str()) {
        return Ok(scheme);
    }
    Err(format!("A link begins with one of {}.", SCHEMES.map(|one| format!("{one}:")).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_has_its_link() {
        let number = "+14102161183";
        for (method, pattern, expected) in [
            (CallMethod::Tel, "", "tel:+14102161183"),
            (CallMethod::Sip, "", "sip:+14102161183"),
            (CallMethod::Callto, "", "callto:+14102161183"),
            (
                CallMethod::Pattern,
                " https://pbx.example/call?to={number}&ring=1 ",
                "https://pbx.example/call?to=%2B14102161183&ring=1",
            ),
            (
                CallMethod::Pattern,
                "http://192.168.1.5/dial/{digits}",
                "http://192.168.1.5/dial/14102161183",
            ),
            (CallMethod::Pattern, "SIP:{number}@pbx.example", "SIP:+14102161183@pbx.example"),
            (CallMethod::Pattern, "skype:{number}?call", "skype:+14102161183?call"),
        ] {
            assert_eq!(link(method, pattern, number).as_deref(), Ok(expected));
        }
        assert!(link(CallMethod::Provider, "", number).is_err());
    }

    #[test]
    fn a_link_that_could_do_harm_or_nothing_is_refused() {
        for (pattern, words) in [
            ("javascript:alert({number})", "begins with one of"),
            ("JavaScript:{number}", "begins with one of"),
            ("data:text/html,{number}", "begins with one of"),
            ("file:///etc/{number}", "begins with one of"),
            ("vbscript:{number}", "begins with one of"),
            ("blob:{number}", "begins with one of"),
            ("{number}", "begins with one of"),
            ("{number}://x", "begins with one of"),
            ("/call?to={number}", "begins with one of"),
            ("java\nscript:{number}", "spaces"),
            ("\u{1}javascript:{number}", "spaces"),
            ("https://pbx.example/ {number}", "spaces"),
            ("https://pbx.example/call", "{number}"),
            ("https://ana:secret@pbx.example/{number}", "password"),
            ("https://", "{number}"),
            ("", "{number}"),
        ] {
            let found = problem(pattern);
            assert!(
                found.as_deref().is_some_and(|found| found.contains(words)),
                "{pattern}: {found:?}"
            );
        }
        let long = format!("https://pbx.example/{{number}}/{}", "x".repeat(500));
        assert!(problem(&long).unwrap().contains("At most"));
    }
}
