//! Who may bring webhooks to a channel: from which networks, and with which name and password.
//!
//! Decides, and counts whom it sent away. Knows neither HTTP nor the store nor a provider; what a
//! signature proves is the provider's business and comes after it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deskbell_channels::signature;
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};

use crate::model::{RefusalCount, RefusalReason, Time};

/// Name of the secret that goes with the name of a webhook.
pub const PASSWORD: &str = "webhook_password";
/// A provider that is asked for name and password brings them at once; one that has not after so
/// long does not know them.
const CHALLENGE_TIME: Time = 60_000;

/// Who brings a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Somebody at this address.
    At(IpAddr),
    /// Somebody behind a tunnel that does not tell the address.
    Hidden,
}

/// What the gate says to a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may go on.
    Admitted,
    /// It came without name and password: providers bring them only when they are asked.
    AskForPassword,
    /// It is sent away, with words for the owner of the channel.
    Refused(RefusalReason, String),
}

/// What a channel asks of those who bring webhooks.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    networks: Vec<IpNet>,
    /// SHA-256 of `name:password`: the password itself is not kept.
    login: Option<String>,
}

impl Gate {
    /// A gate from what is stored. A network that cannot be read lets nobody in; without both name
    /// and password neither is asked for.
    pub fn new(networks: &[String], user: Option<&str>, password: Option<&SecretString>) -> Self {
        let login = user.zip(password).map(|(user, password)| {
            let whole = format!("{user}:{}", password.expose_secret());
            signature::sha256_hex(whole.as_bytes())
        });
        // 0.0.0.0/32 is nobody's address: the list stays a list, and closed.
        let nobody = IpNet::from(IpAddr::from([0, 0, 0, 0]));
        let read = |text: &String| network(text).unwrap_or(nobody);
        Self { networks: networks.iter().map(read).collect(), login }
    }

    /// Whether this request may go on; `authorization` is the header of that name.
    pub fn verdict(&self, sender: Sender, authorization: Option<&str>) -> Verdict {
        if let Err((reason, words)) = self.admits(sender) {
            return Verdict::Refused(reason, words);
        }
        let Some(login) = &self.login else { return Verdict::Admitted };
        match authorization.and_then(basic) {
            None => Verdict::AskForPassword,
            Some(given) => {
                let given = signature::sha256_hex(&given);
                if signature::equal(given.as_bytes(), login.as_bytes()) {
                    Verdict::Admitted
                } else {
                    refused(RefusalReason::Password)
                }
            }
        }
    }

    fn admits(&self, sender: Sender) -> Result<(), (RefusalReason, String)> {
        if self.networks.is_empty() {
            return Ok(());
        }
        let Sender::At(address) = sender else {
            let reason = RefusalReason::UnknownAddress;
            return Err((reason, words(reason).to_owned()));
        };
        let address = address.to_canonical();
        if self.networks.iter().any(|network| network.contains(&address)) {
            return Ok(());
        }
        let words = format!(
            "It came from {address}, which is not among the allowed addresses. If your provider \
             has new ones, add them."
        );
        Err((RefusalReason::Address, words))
    }

    /// Whether name and password are asked for.
    pub fn asks_for_password(&self) -> bool {
        self.login.is_some()
    }
}

fn refused(reason: RefusalReason) -> Verdict {
    Verdict::Refused(reason, words(reason).to_owned())
}

/// What happened and what to do, for the owner of a channel.
pub fn words(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::Signature => {
            "Its signature was missing or wrong. Copy the secret for webhooks from the provider \
             again; if the public address changed, set the webhook again."
        }
        RefusalReason::Clock => {
            "Its signature was right, but made at quite another time. Set the clock of this \
             computer; if the clock is right, somebody sent an old message again."
        }
        RefusalReason::Foreign => "It was meant for another account than this channel's.",
        RefusalReason::Password => {
            "It came with a wrong name or password. Enter the same ones here and at the provider."
        }
        RefusalReason::NoPassword => {
            "It came without the name and password that this channel asks for. Enter them at the \
             provider, or remove them here."
        }
        RefusalReason::Address => "It came from an address that is not allowed.",
        RefusalReason::UnknownAddress => {
            "The tunnel hides who calls, so nobody can be found among the allowed addresses. \
             Choose under Settings, Network, how your tunnel tells it, or empty the list."
        }
    }
}

/// `name:password` of an `Authorization` header of the Basic scheme.
fn basic(header: &str) -> Option<Vec<u8>> {
    let (scheme, value) = header.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    // What cannot be read is a wrong password, not a missing one.
    Some(STANDARD.decode(value.trim()).unwrap_or_default())
}

/// Whether this `Authorization` header is of the Basic scheme: it is ours alone, and not kept.
pub fn is_basic(header: &str) -> bool {
    basic(header).is_some()
}

/// A network (`192.0.2.0/27`) or a single address; `Err` is a sentence for whoever typed it.
pub fn network(text: &str) -> Result<IpNet, &'static str> {
    let text = text.trim();
    let shape = "Enter an address or a network, such as 192.0.2.7 or 192.0.2.0/27.";
    let network = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address.to_canonical()),
        Err(_) => text.parse::<IpNet>().map_err(|_| shape)?.trunc(),
    };
    if network.prefix_len() == 0 {
        return Err("This is everybody: leave the list empty instead.");
    }
    Ok(network)
}

/// A network as it is kept: a single address without `/32`.
pub fn shown(network: IpNet) -> String {
    if network.prefix_len() == network.max_prefix_len() {
        network.addr().to_string()
    } else {
        network.to_string()
    }
}

/// How many webhook requests a channel refused, and why the last one.
/// Kept in memory only: a request that nobody believes changes nothing in the store.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    counts: BTreeMap<RefusalReason, u64>,
    last: Option<(Time, String)>,
    /// Name and password are asked for, and did not come yet.
    asking: Option<Asking>,
}

/// Requests that were asked for name and password, while nobody brought them.
#[derive(Debug, Clone, Copy)]
struct Asking {
    since: Time,
    latest: Time,
    /// How many of them are not counted yet.
    uncounted: u64,
}

/// What a channel refused so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// How many by reason.
    pub counts: Vec<RefusalCount>,
    /// When the last one came, and why it was refused, in words.
    pub last: Option<(Time, String)>,
}

impl Refusals {
    /// One more.
    pub fn note(&self, reason: RefusalReason, words: String, now: Time) {
        self.noted(|noted| noted.add(reason, words, now));
    }

    /// Name and password were asked for. A provider that does not know them is refused.
    pub fn note_challenge(&self, now: Time) {
        self.noted(|noted| {
            let fresh = Asking { since: now, latest: now, uncounted: 0 };
            let asking = noted.asking.get_or_insert(fresh);
            asking.latest = now;
            asking.uncounted += 1;
            noted.count_unanswered(now);
        });
    }

    /// Name and password came, and were right.
    pub fn note_password(&self) {
        self.noted(|noted| noted.asking = None);
    }

    /// What was refused until now.
    pub fn told(&self, now: Time) -> Told {
        self.noted(|noted| {
            noted.count_unanswered(now);
            let count =
                |(why, count): (&RefusalReason, &u64)| RefusalCount { why: *why, count: *count };
            Told { counts: noted.counts.iter().map(count).collect(), last: noted.last.clone() }
        })
    }

    fn noted<T>(&self, act: impl FnOnce(&mut Noted) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Noted {
    fn add(&mut self, reason: RefusalReason, words: String, now: Time) {
        *self.counts.entry(reason).or_default() += 1;
        self.last = Some((now, words));
    }

    /// Whoever was asked long ago and never answered is refused, also when nothing came since.
    fn count_unanswered(&mut self, now: Time) {
        let Some(asking) = &mut self.asking else { return };
        if now - asking.since <= CHALLENGE_TIME || asking.uncounted == 0 {
            return;
        }
        let reason = RefusalReason::NoPassword;
        *self.counts.entry(reason).or_default() += std::mem::take(&mut asking.uncounted);
        if self.last.as_ref().is_none_or(|(at, _)| *at <= asking.latest) {
            self.last = Some((asking.latest, words(reason).to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Sender {
        Sender::At(text.parse().unwrap())
    }

    fn reason(verdict: Verdict) -> Option<RefusalReason> {
        match verdict {
            Verdict::Refused(reason, words) => {
                assert!(words.ends_with('.'), "{words}");
                Some(reason)
            }
            Verdict::Admitted | Verdict::AskForPassword => None,
        }
    }

    #[test]
    fn a_network_is_read_as_people_write_it() {
        for (typed, expected) in [
            ("192.0.2.0/27", Ok("192.0.2.0/27")),
            (" 192.0.2.9/27 ", Ok("192.0.2.0/27")),
            ("192.0.2.7", Ok("192.0.2.7")),
            ("192.0.2.7/32", Ok("192.0.2.7")),
            ("::ffff:192.0.2.7", Ok("192.0.2.7")),
            ("2001:db8::/32", Ok("2001:db8::/32")),
            ("2001:DB8::1", Ok("2001:db8::1")),
            ("0.0.0.0/0", Err("everybody")),
            ("::/0", Err("everybody")),
            ("192.0.2.0/33", Err("such as")),
            ("192.0.2", Err("such as")),
            ("desk.example.com", Err("such as")),
            ("", Err("such as")),
        ] {
            match (network(typed).map(shown), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{typed}"),
                (Err(found), Err(part)) => assert!(found.contains(part), "{typed}: {found}"),
                (found, expected) => panic!("{typed}: {found:?} instead of {expected:?}"),
            }
        }
    }

    #[test]
    fn the_networks_that_providers_publish_can_be_read() {
        for provider in deskbell_channels::PROVIDERS {
            for published in provider.description().networks {
                assert!(network(published).is_ok(), "{published}");
            }
        }
    }

    #[test]
    fn only_those_in_the_list_come_in() {
        let networks = ["192.0.2.0/27".to_owned(), "2001:db8::/32".to_owned()];
        let gate = Gate::new(&networks, None, None);
        for (sender, expected) in [
            (at("192.0.2.31"), None),
            (at("::ffff:192.0.2.1"), None),
            (at("2001:db8:9::1"), None),
            (at("192.0.2.32"), Some(RefusalReason::Address)),
            (at("2001:db9::1"), Some(RefusalReason::Address)),
            (Sender::Hidden, Some(RefusalReason::UnknownAddress)),
        ] {
            assert_eq!(reason(gate.verdict(sender, None)), expected, "{sender:?}");
        }
        assert_eq!(Gate::default().verdict(Sender::Hidden, None), Verdict::Admitted);
        let broken = Gate::new(&["nonsense".to_owned()], None, None);
        assert_eq!(reason(broken.verdict(at("192.0.2.1"), None)), Some(RefusalReason::Address));
    }

    #[test]
    fn name_and_password_are_asked_for_and_have_to_be_right() {
        let password = SecretString::from("example-password");
        let gate = Gate::new(&[], Some("desk-callback"), Some(&password));
        let header = |login: &str| format!("Basic {}", STANDARD.encode(login));
        for (given, expected) in [
            (Some(header("desk-callback:example-password")), Verdict::Admitted),
            (
                Some(header("desk-callback:example-password").replace("Basic", "bASIC")),
                Verdict::Admitted,
            ),
            (None, Verdict::AskForPassword),
            (Some("Bearer abc".to_owned()), Verdict::AskForPassword),
            (Some(header("desk-callback:wrong")), refused(RefusalReason::Password)),
            (Some(header("desk-callback:example-password ")), refused(RefusalReason::Password)),
            (Some(header("other:example-password")), refused(RefusalReason::Password)),
            (Some("Basic ???".to_owned()), refused(RefusalReason::Password)),
            (Some("Basic".to_owned()), Verdict::AskForPassword),
        ] {
            assert_eq!(gate.verdict(Sender::Hidden, given.as_deref()), expected, "{given:?}");
        }
        assert!(gate.asks_for_password());
        assert!(!format!("{gate:?}").contains("example-password"));
        assert!(!Gate::new(&[], Some("desk-callback"), None).asks_for_password());
    }

    #[test]
    fn a_stranger_is_never_asked_for_a_password() {
        let password = SecretString::from("example-password");
        let gate = Gate::new(&["192.0.2.7".to_owned()], Some("desk"), Some(&password));
        assert_eq!(reason(gate.verdict(at("192.0.2.8"), None)), Some(RefusalReason::Address));
        assert_eq!(gate.verdict(at("192.0.2.7"), None), Verdict::AskForPassword);
    }

    #[test]
    fn who_never_brings_a_password_is_refused_in_the_end() {
        let refusals = Refusals::default();
        for now in [0, 10, 50_000] {
            refusals.note_challenge(now);
        }
        refusals.note_password();
        for now in [70_000, 70_001, 130_000] {
            refusals.note_challenge(now);
        }
        let told = refusals.told(130_000);
        assert_eq!(told, Told::default(), "a provider that is asked, and answers");
        refusals.note_challenge(130_001);
        let told = refusals.told(130_001);
        assert_eq!(told.counts, [RefusalCount { why: RefusalReason::NoPassword, count: 4 }]);
        assert_eq!(told.last.unwrap().0, 130_001);
    }

    #[test]
    fn a_single_request_that_never_brought_its_password_is_told_of_after_a_while() {
        let refusals = Refusals::default();
        refusals.note_challenge(1_000);
        assert_eq!(refusals.told(61_000), Told::default(), "it may still answer");
        let no_password = |count| [RefusalCount { why: RefusalReason::NoPassword, count }];
        for now in [61_001, 61_002, 900_000] {
            let told = refusals.told(now);
            assert_eq!(told.counts, no_password(1), "counted once, however often it is read");
            assert_eq!(told.last, Some((1_000, words(RefusalReason::NoPassword).to_owned())));
        }
        refusals.note_challenge(910_000);
        assert_eq!(refusals.told(910_000).counts, no_password(2));
        refusals.note_password();
        refusals.note_challenge(920_000);
        assert_eq!(refusals.told(980_000).counts, no_password(2), "the provider knows it now");
        refusals.note(RefusalReason::Address, "Later.".to_owned(), 950_000);
        let told = refusals.told(980_001);
        assert_eq!(told.counts.iter().map(|one| one.count).sum::<u64>(), 4);
        assert_eq!(told.last, Some((950_000, "Later.".to_owned())), "the last one is the last");
    }

    #[test]
    fn refusals_are_counted_by_reason() {
        let refusals = Refusals::default();
        for (reason, at) in [
            (RefusalReason::Address, 1),
            (RefusalReason::Signature, 2),
            (RefusalReason::Address, 3),
        ] {
            refusals.note(reason, format!("{at}"), at);
        }
        let told = refusals.told(3);
        assert_eq!(
            told.counts,
            [
                RefusalCount { why: RefusalReason::Signature, count: 1 },
                RefusalCount { why: RefusalReason::Address, count: 2 },
            ]
        );
        assert_eq!(told.last, Some((3, "3".to_owned())));
    }
}
