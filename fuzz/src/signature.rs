//! A customer's message with other headers than its provider gave it: nobody is believed who does
//! not have the signature.
//!
//! An input is text: the provider, then header lines that replace those of the same name.

use deskbell_channels::exchange::Request;
use deskbell_channels::provider;
use deskbell_simulator::provider::Route;
use deskbell_simulator::providers;
use deskbell_simulator::webhook::{Said, Webhook};

const URL: &str = "https://desk.example.com/hook";
const NOW: i64 = 1_800_000_000_000;
/// A header value that proves something is at least so long.
const PROOF: usize = 16;

/// Panics where a promise is broken; what is no input at all is passed over.
pub fn check(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let mut lines = text.lines();
    let Some(played) = lines.next().and_then(providers::provider) else { return false };
    let settings = played.settings("http://127.0.0.1:1/x");
    let route = Route { settings: &settings, url: URL, at: NOW };
    let said = Said {
        id: "0123456789abcdef0123456789abcdef".to_owned(),
        from: "+15555550123".to_owned(),
        to: "+15555550100".to_owned(),
        text: Some("Hello".to_owned()),
        media: Vec::new(),
    };
    if played.forged(&route, &said).is_none() {
        return false;
    }
    let Some(genuine) = played.message(&route, &said).pop() else { return false };
    let replaced: Vec<(String, String)> = lines.filter_map(header).collect();
    let request = request(&genuine, &replaced);
    let Some(real) = provider(played.id()) else { return false };
    let channel = real.connect(settings.clone()).unwrap_or_else(|told| panic!("{told:?}"));
    if channel.receive(&request).is_ok() {
        for proof in proofs(played.id(), &genuine) {
            assert!(
                request.headers.iter().any(|(_, value)| value.contains(proof)),
                "believed without {proof}"
            );
        }
    }
    true
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(": ")?;
    Some((name.to_ascii_lowercase(), value.to_owned()))
}

fn request(genuine: &Webhook, replaced: &[(String, String)]) -> Request {
    let is_replaced = |name: &str| replaced.iter().any(|(other, _)| other == name);
    let kept = genuine.headers.iter().filter(|(name, _)| !is_replaced(name));
    let kept = kept.map(|(name, value)| ((*name).to_owned(), value.clone()));
    Request {
        method: "POST".to_owned(),
        path_and_query: "/hook".to_owned(),
        public_origins: vec!["https://desk.example.com".to_owned()],
        headers: kept.chain(replaced.iter().cloned()).collect(),
        body: genuine.body.clone(),
        received_at: NOW,
        kept: false,
    }
}

/// Values that only the provider can make.
fn proofs<'a>(id: &str, genuine: &'a Webhook) -> Vec<&'a str> {
    let signs = |name: &str| !matches!(name, "content-type" | "user-agent" | "accept");
    let values = genuine.headers.iter().filter(|(name, _)| signs(name));
    let proofs: Vec<&str> =
        values.map(|(_, value)| value.trim()).filter(|value| value.len() >= PROOF).collect();
    assert!(!proofs.is_empty(), "{id} signs, and no header shows it");
    proofs
}
