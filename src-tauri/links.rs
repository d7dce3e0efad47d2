//! Which addresses belong to the window, which go to the system's browser, which go nowhere. Pure.

use tauri::Url;

/// What to do with an address that the page wants to go to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Our own page: stay in the window.
    Inside,
    /// Hand it to the system: browser, phone, mail.
    Outside,
    /// Neither.
    Nowhere,
}

/// Decides for one address. `development` also admits the dev server.
pub(crate) fn way(url: &Url, development: bool) -> Way {
    if is_ours(url) || (development && is_dev_server(url)) {
        return Way::Inside;
    }
    match url.scheme() {
        "http" | "https" if url.host().is_some() => Way::Outside,
        "tel" | "mailto" | "sip" | "sips" | "callto" | "skype" | "msteams" | "zoomphonecall" => {
            Way::Outside
        }
        // A file that the page itself put together, on its way to the download folder.
        "blob"
            if Url::parse(url.path())
                .is_ok_and(|inner| way(&inner, development) == Way::Inside) =>
        {
            Way::Inside
        }
        _ => Way::Nowhere,
    }
}

fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str(), url.port()),
        ("tauri", Some("localhost"), None) | ("http" | "https", Some("tauri.localhost"), None)
    )
}

fn is_dev_server(url: &Url) -> bool {
    matches!((url.scheme(), url.host_str(), url.port()), ("http", Some("localhost"), Some(5173)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_one_way() {
        for (address, expected) in [
            ("tauri://localhost/", Way::Inside),
            ("tauri://localhost/inbox#x", Way::Inside),
            ("http://tauri.localhost/settings", Way::Inside),
            ("blob:tauri://localhost/6f2c", Way::Inside),
            ("blob:https://evil.example/6f2c", Way::Nowhere),
            ("tauri://evil.example/", Way::Nowhere),
            ("http://tauri.localhost.evil.example/", Way::Outside),
            ("http://tauri.localhost:81/", Way::Outside),
            ("http://localhost:5173/", Way::Outside),
            ("https://example.com/a?b", Way::Outside),
            ("tel:+15550100", Way::Outside),
            ("mailto:maria@example.com", Way::Outside),
            ("sip:+15550100@pbx.example", Way::Outside),
            ("callto:+15550100", Way::Outside),
            ("skype:+15550100?call", Way::Outside),
            ("vbscript:msgbox(1)", Way::Nowhere),
            ("file:///etc/passwd", Way::Nowhere),
            ("javascript:alert(1)", Way::Nowhere),
            ("data:text/html,hello", Way::Nowhere),
            ("ssh://example.com", Way::Nowhere),
            ("about:blank", Way::Nowhere),
        ] {
            assert_eq!(way(&Url::parse(address).unwrap(), false), expected, "{address}");
        }
        assert_eq!(way(&Url::parse("http://localhost:5173/").unwrap(), true), Way::Inside);
    }
}
