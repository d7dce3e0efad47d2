//! Which desk this window sits at: its own, or another one whose address is kept in
//! `desktop.json` in the data folder. Knows nothing of windows.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tauri::Url;

/// The file in the data folder.
const FILE: &str = "desktop.json";

/// What `desktop.json` holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Origin of the desk that was joined, `http://192.168.1.20:8788`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    join: Option<String>,
}

/// The address of another desk: scheme, host and port, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    /// Reads what a person typed: `desk.local:8788`, `https://desk.example.com/`.
    pub(crate) fn parse(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        let complete =
            if typed.contains("://") { typed.to_owned() } else { format!("http://{typed}") };
        let wrong = "That is not the address of a desk. It looks like http://192.168.1.20:8788";
        let url = Url::parse(&complete).map_err(|_| wrong.to_owned())?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.host().is_some()
            && url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        if plain { Ok(Self(url.origin().ascii_serialization())) } else { Err(wrong.to_owned()) }
    }

    /// `http://192.168.1.20:8788`, without a slash at the end.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same place for WebSockets: `ws://192.168.1.20:8788`.
    fn sockets(&self) -> String {
        // http → ws, https → wss.
        self.0.replacen("http", "ws", 1)
    }

    /// The page's content security policy with this one desk admitted to `connect-src`.
    pub(crate) fn admitted_to(&self, policy: &str) -> String {
        let directives = policy.split(';').map(|directive| {
            if directive.trim_start().starts_with("connect-src ") {
                format!("{} {} {}", directive.trim_end(), self.0, self.sockets())
            } else {
                directive.to_owned()
            }
        });
        directives.collect::<Vec<_>>().join(";")
    }
}

/// The desk that was joined, if any. A file that cannot be read counts as none.
pub(crate) fn load(data_dir: &Path) -> Option<Address> {
    let text = std::fs::read_to_string(data_dir.join(FILE)).ok()?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    kept.join.and_then(|address| Address::parse(&address).ok())
}

/// Keeps the choice; `None`: our own desk. Whole or not at all, even if the power fails.
pub(crate) fn save(data_dir: &Path, address: Option<&Address>) -> std::io::Result<()> {
    let kept = Kept { join: address.map(|address| address.0.clone()) };
    let text = serde_json::to_string_pretty(&kept)?;
    std::fs::create_dir_all(data_dir)?;
    let fresh = data_dir.join("desktop.json.new");
    std::fs::write(&fresh, text)?;
    std::fs::rename(fresh, data_dir.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_an_origin() {
        for (typed, expected) in [
            ("192.168.1.20:8788", Some("http://192.168.1.20:8788")),
            (" http://desk.local:8788/ ", Some("http://desk.local:8788")),
            ("https://Desk.Example.com", Some("https://desk.example.com")),
            ("[::1]:8788", Some("http://[::1]:8788")),
            ("https://desk.example.com/inbox", None),
            ("https://user:secret@desk.example.com", None),
            ("ftp://desk.example.com", None),
            ("http://", None),
            ("a b; script-src *", None),
            ("", None),
        ] {
            assert_eq!(
                Address::parse(typed).ok().as_ref().map(Address::as_str),
                expected,
                "{typed}"
            );
        }
    }

    #[test]
    fn joining_admits_exactly_that_desk() {
        let desk = Address::parse("https://desk.example.com").unwrap();
        assert_eq!(
            desk.admitted_to("default-src 'self'; connect-src 'self' ipc:; object-src 'none'"),
            "default-src 'self'; connect-src 'self' ipc: https://desk.example.com \
             wss://desk.example.com; object-src 'none'"
        );
    }

    #[test]
    fn the_choice_is_kept_and_can_be_taken_back() {
        let dir = std::env::temp_dir().join(format!("deskbell-joining-{}", std::process::id()));
        assert_eq!(load(&dir), None);
        let desk = Address::parse("10.0.0.2:8788").unwrap();
        save(&dir, Some(&desk)).unwrap();
        assert_eq!(load(&dir), Some(desk));
        save(&dir, None).unwrap();
        assert_eq!(load(&dir), None);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
