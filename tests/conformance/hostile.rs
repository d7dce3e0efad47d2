//! What nobody decent sends: too large, no message at all, addresses and words that try something.

use deskbell_channels::exchange::{Refused, Request};
use deskbell_simulator::webhook::{Said, Webhook};

use super::ground::{Ground, said};
use crate::support::PUBLIC;

/// A little more than a webhook may hold.
const TOO_LARGE: usize = 1024 * 1024 + 1;

pub(super) async fn too_large(ground: Ground) {
    for webhook in ground.message(&said("Much more follows")) {
        let mut body = webhook.body.to_vec();
        body.resize(TOO_LARGE, b' ');
        let swollen = Webhook { body: body.into(), ..webhook };
        let answer = &ground.deliver(&[swollen]).await[0];
        assert_eq!(answer.status, 413, "{}", answer.text);
    }
    assert_eq!(ground.stored(), (0, 0));
}

/// Without the provider's signature such a request leaves nothing; where nothing is signed it may
/// be kept for a person to look at, but it is never a message.
pub(super) async fn nonsense(ground: Ground) {
    let bodies: [(&str, &[u8]); 6] = [
        ("text/plain", b"hello"),
        ("application/xml", b"<a/>"),
        ("application/json", b"[[[[[{\"data\":"),
        ("application/json", b"null"),
        ("application/x-www-form-urlencoded", b"%ff%00=%&&=&a[]=1"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\xff\xfe\r\n--x--"),
    ];
    for (content_type, body) in bodies {
        let headers = vec![("content-type", content_type.to_owned())];
        let webhook = Webhook { headers, body: bytes::Bytes::from_static(body) };
        let refused = ground.refuses(&webhook);
        let answer = &ground.deliver(&[webhook]).await[0];
        // One provider is answered with a 500, so that it comes again with its signature.
        let meant = refused == Some(answer.status) || answer.status < 500;
        assert!(meant, "{content_type}: {} {}", answer.status, answer.text);
    }
    assert!(ground.heard().is_empty());
    ground.hears(&said("I am still here")).await;
    assert_eq!(ground.only_heard().await["text"], "I am still here");
}

impl Ground {
    /// The status with which the adapter alone refuses a signature.
    fn refuses(&self, webhook: &Webhook) -> Option<u16> {
        let named = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
        let request = Request {
            method: "POST".to_owned(),
            path_and_query: self.path.clone(),
            public_origins: vec![PUBLIC.to_owned()],
            headers: webhook.headers.iter().map(named).collect(),
            body: webhook.body.clone(),
            received_at: deskbell_core::clock::now(),
            kept: false,
        };
        match self.adapter().receive(&request) {
            Err(Refused::Signature { status }) => Some(status),
            _ => None,
        }
    }
}

pub(super) async fn odd_addresses(ground: Ground) {
    let odd = [
        Said { from: "9".repeat(65), ..said("a long sender") },
        Said { to: "9".repeat(500), ..said("a long recipient") },
        Said { to: "<b>' OR 1=1 --".to_owned(), ..said("a strange recipient") },
    ];
    for words in odd {
        for answer in ground.deliver(&ground.message(&words)).await {
            assert!(answer.status < 500, "{} {}", answer.status, answer.text);
        }
    }
    assert!(ground.heard().is_empty(), "none of them is a message");
}

pub(super) async fn markup(ground: Ground) {
    let words = "<script>alert('ž')</script>\n<img src=x onerror=alert(1)> ".repeat(200);
    let words = words.trim();
    ground.hears(&said(words)).await;
    let message = ground.only_heard().await;
    assert!(message["text"] == words, "the text comes whole, and as text");
    let session = message["session_id"].as_str().unwrap();
    let session = ground.desk().admin.get(&format!("/sessions/{session}")).await;
    assert!(session["preview"].as_str().unwrap().chars().count() <= 200);
}
