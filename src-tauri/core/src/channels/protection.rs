//! What an administrator asks of those who bring webhooks to a channel: a name with its password,
//! and networks. Checked here, enforced by [`crate::gate`].

use secrecy::{ExposeSecret, SecretString};

use crate::fields::Fields;
use crate::gate::{self, PASSWORD};
use crate::model::ChannelChange;
use crate::store::channels::ChannelRow;

/// Characters of the name.
const USER: usize = 100;
/// Characters of the password.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=200;
/// Networks of one channel at most.
const NETWORKS: usize = 50;

/// Takes over what was entered; `has_password` tells whether one is stored already.
pub(super) fn set(
    fields: &mut Fields,
    row: &mut ChannelRow,
    change: &ChannelChange,
    password: Option<&SecretString>,
    has_password: bool,
) {
    if let Some(user) = &change.webhook_user {
        let user = fields.line("webhook_user", user, 0, USER);
        if user.contains(':') || !user.bytes().all(is_visible) {
            fields.refuse(
                "webhook_user",
                "Use letters, digits and signs other than “:”, without spaces.",
            );
        }
        row.webhook_user = Some(user).filter(|user| !user.is_empty());
    }
    let password = password.map(SecretString::expose_secret);
    let fits = |password: &str| {
        password.is_empty()
            || (LENGTH.contains(&password.len()) && password.bytes().all(is_visible))
    };
    if password.is_some_and(|password| !fits(password)) {
        fields.refuse(PASSWORD, "Use 8 to 200 letters, digits and signs, without spaces.");
    }
    let will_have_password = password.map_or(has_password, |password| !password.is_empty());
    match (&row.webhook_user, will_have_password) {
        (Some(_), false) => fields.refuse(PASSWORD, "Enter the password that goes with the name."),
        (None, true) => {
            fields.refuse("webhook_user", "Enter the name that goes with the password.");
        }
        (Some(_), true) | (None, false) => {}
    }
    if let Some(typed) = &change.allowed_networks {
        row.allowed_networks = networks(fields, typed);
    }
}

/// The networks as they are kept, each once.
fn networks(fields: &mut Fields, typed: &[String]) -> Vec<String> {
    if typed.len() > NETWORKS {
        fields.refuse("allowed_networks", format!("At most {NETWORKS} networks, please."));
        return Vec::new();
    }
    let mut kept = Vec::with_capacity(typed.len());
    for (place, text) in typed.iter().enumerate() {
        match gate::network(text).map(gate::shown) {
            Ok(network) if kept.contains(&network) => {}
            Ok(network) => kept.push(network),
            Err(sentence) => fields.refuse(&format!("allowed_networks.{place}"), sentence),
        }
    }
    kept
}

/// What survives every header and every form of a provider.
fn is_visible(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::new_row;
    use crate::error::Error;
    use crate::model::ChannelState;

    /// What is stored, what is entered (name, password), and the field that is refused.
    fn check(stored: (&str, bool), entered: (Option<&str>, Option<&str>), refused: Option<&str>) {
        let mut row = new_row("general", "G", "token", ChannelState::Draft, None, 0).unwrap();
        row.webhook_user = Some(stored.0.to_owned()).filter(|user| !user.is_empty());
        let change = ChannelChange {
            webhook_user: entered.0.map(str::to_owned),
            ..ChannelChange::default()
        };
        let password = entered.1.map(SecretString::from);
        let mut fields = Fields::new();
        set(&mut fields, &mut row, &change, password.as_ref(), stored.1);
        let found = match fields.finish() {
            Ok(()) => None,
            Err(Error::Invalid(problems)) => Some(problems[0].field.clone()),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(found.as_deref(), refused, "{stored:?} {entered:?}");
    }

    #[test]
    fn name_and_password_come_and_go_together() {
        let none = ("", false);
        let both = ("desk", true);
        check(none, (None, None), None);
        check(none, (Some("desk"), Some("example-password")), None);
        check(none, (Some("desk"), None), Some(PASSWORD));
        check(none, (None, Some("example-password")), Some("webhook_user"));
        check(both, (None, None), None);
        check(both, (Some("other"), None), None);
        check(both, (None, Some("another-password")), None);
        check(both, (Some(""), Some("")), None);
        check(both, (Some(""), None), Some("webhook_user"));
        check(both, (None, Some("")), Some(PASSWORD));
        check(none, (Some("de:sk"), Some("example-password")), Some("webhook_user"));
        check(none, (Some("my desk"), Some("example-password")), Some("webhook_user"));
        check(none, (Some("desk"), Some("short")), Some(PASSWORD));
        check(none, (Some("desk"), Some("exämple-password")), Some(PASSWORD));
    }

    #[test]
    fn networks_are_kept_once_and_as_they_are_meant() {
        let typed: Vec<String> =
            ["192.0.2.9/27", "192.0.2.0/27", "nonsense", "2001:db8::1"].map(Into::into).to_vec();
        let mut fields = Fields::new();
        assert_eq!(networks(&mut fields, &typed), ["192.0.2.0/27", "2001:db8::1"]);
        let Err(Error::Invalid(problems)) = fields.finish() else { panic!("it was taken") };
        assert_eq!(problems[0].field, "allowed_networks.2");
        let mut fields = Fields::new();
        let many: Vec<String> = (0..=NETWORKS).map(|n| format!("10.0.0.{n}")).collect();
        networks(&mut fields, &many);
        assert!(fields.finish().is_err());
    }
}
