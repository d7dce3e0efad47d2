//! A webhook that somebody made up, and what must hold for every channel that gets it.
//!
//! An input is text: `provider kind [method [path]]`, then header lines, an empty line, and the body as it is. The kind says
//! what is made of it: `signed` (rightly, as the provider signs), `raw` (as it stands), `open` (as
//! it stands, to a channel without the secrets that nobody has to enter).

use std::sync::Arc;

use bytes::Bytes;
use deskbell_channels::exchange::{Inbound, Received, Refused, Request};
use deskbell_channels::form::{FieldKind, Settings};
use deskbell_channels::{Channel, provider};
use deskbell_simulator::provider::{Provider, Route};
use deskbell_simulator::providers;

const PUBLIC: &str = "https://desk.example.com";
/// When everything comes in.
const NOW: i64 = 1_800_000_000_000;

/// One input, taken apart.
struct Input<'a> {
    played: &'static dyn Provider,
    kind: Kind,
    method: &'a str,
    path: &'a str,
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Signed,
    Raw,
    Open,
}

/// Length of everything before the body.
pub fn head_length(input: &[u8]) -> usize {
    let end = input.windows(2).position(|two| two == b"\n\n");
    end.map_or(input.len(), |end| end + 2)
}

impl<'a> Input<'a> {
    fn parse(input: &'a [u8]) -> Option<Self> {
        let (head, body) = input.split_at(head_length(input));
        let mut lines = std::str::from_utf8(head).ok()?.lines();
        let mut words = lines.next()?.splitn(4, ' ');
        let played = providers::provider(words.next()?)?;
        let kind = match words.next()? {
            "signed" => Kind::Signed,
            "raw" => Kind::Raw,
            "open" => Kind::Open,
            _ => return None,
        };
        let method = words.next().filter(|method| *method == "GET").unwrap_or("POST");
        let path = words.next().filter(|path| path.starts_with('/')).unwrap_or("/hook");
        let header = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_ascii_lowercase(), value.to_owned()))
        };
        let headers = lines.filter_map(header).collect();
        // The provider signs what it posts.
        let method = if kind == Kind::Signed { "POST" } else { method };
        Some(Self { played, kind, method, path, headers, body })
    }

    fn settings(&self) -> Settings {
        let mut settings = self.played.settings("http://127.0.0.1:1/x");
        if self.kind == Kind::Open {
            for field in fields(self.played.id()) {
                if field.kind == FieldKind::Secret && !field.required {
                    settings.secrets.remove(field.name);
                }
            }
        }
        settings
    }

    fn request(&self, settings: &Settings) -> Request {
        let url = format!("{PUBLIC}{}", self.path);
        let (headers, body) = if self.kind == Kind::Signed {
            let route = Route { settings, url: &url, at: NOW };
            let webhook = self.played.signed(&route, Bytes::copy_from_slice(self.body));
            let named = |(name, value): (&str, String)| (name.to_owned(), value);
            (webhook.headers.into_iter().map(named).collect(), webhook.body)
        } else {
            (self.headers.clone(), Bytes::copy_from_slice(self.body))
        };
        Request {
            method: self.method.to_owned(),
            path_and_query: self.path.to_owned(),
            public_origins: vec![PUBLIC.to_owned()],
            headers,
            body,
            received_at: NOW,
            kept: false,
        }
    }
}

fn fields(id: &str) -> Vec<deskbell_channels::form::Field> {
    provider(id).map(|provider| provider.description().fields).unwrap_or_default()
}

/// A live channel with these settings; the simulator's own always fit.
fn channel(id: &str, settings: Settings) -> Arc<dyn Channel> {
    let provider = provider(id).unwrap_or_else(|| panic!("{id} is played and does not exist"));
    provider.connect(settings).unwrap_or_else(|problems| panic!("{id}: {problems:?}"))
}

/// Gives the webhook to its channel. Panics where a promise is broken; what is no input at all is
/// passed over.
pub fn check(input: &[u8]) -> bool {
    let Some(input) = Input::parse(input) else { return false };
    let settings = input.settings();
    let request = input.request(&settings);
    let channel = channel(input.played.id(), settings);
    match channel.receive(&request) {
        Ok(received) => check_received(&received),
        Err(Refused::Signature { status }) => {
            assert!((400..600).contains(&status), "{status}");
            assert!(input.kind != Kind::Signed, "rightly signed, and not believed");
        }
        Err(Refused::ContentType | Refused::Malformed(_) | Refused::Foreign) => {}
    }
    true
}

fn check_received(received: &Received) {
    let status = received.reply.status;
    assert!((200..300).contains(&status), "what is believed is answered with {status}");
    assert_eq!(received.reply.content_type.is_none(), received.reply.body.is_empty());
    if let Some(why) = &received.unreadable {
        assert!(!why.is_empty());
    }
    for event in &received.events {
        match event {
            // Ids and addresses that are missing or too long, and places of pieces that cannot be,
            // are found by the core: such a message needs attention there.
            Inbound::Message(message) => {
                assert!(message.media.iter().all(|file| !file.url.is_empty()), "{message:?}");
            }
            Inbound::Receipt(receipt) => {
                let named = !receipt.provider_id.is_empty() || receipt.our_id.is_some();
                assert!(named, "of no message: {receipt:?}");
            }
            Inbound::Call(news) => {
                assert!(!news.provider_id.is_empty(), "of no call: {news:?}");
            }
        }
    }
}
