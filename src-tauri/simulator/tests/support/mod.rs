//! What every provider's channel and its simulated self have to agree on, over real HTTP.

use std::sync::Arc;
use std::time::Duration;

use deskbell_channels::exchange::{
    Effect, ErrorKind, Failure, HealthState, Inbound, Outgoing, Receipt, ReceiptStatus, Received,
    Refused, Request,
};
use deskbell_channels::form::Settings;
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_channels::{Channel, provider};
use deskbell_simulator::provider::{News, Provider, Route};
use deskbell_simulator::webhook::{File, Said, Webhook};
use deskbell_simulator::{Conduct, Simulator, providers};

pub(crate) const PUBLIC: &str = "https://desk.example.com";
/// Some moment, at which everything is told and received.
const AT: i64 = 1_767_225_600_000;

/// A provider as it is played, and the channel that speaks with it.
pub(crate) struct Pair {
    pub(crate) simulator: Simulator,
    pub(crate) played: &'static dyn Provider,
    pub(crate) channel: Arc<dyn Channel>,
    pub(crate) settings: Settings,
    pub(crate) http: Http,
    path: String,
}

impl Pair {
    pub(crate) async fn of(id: &str) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let simulator = Simulator::start("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let played = providers::provider(id).unwrap();
        let settings = simulator.settings_of(played);
        let channel = provider(id).unwrap().connect(settings.clone()).unwrap();
        let limits = Timeouts { connect: Duration::from_secs(5), total: Duration::from_secs(20) };
        let path = format!("/api/v1.0/webhook/{id}/0123456789abcdef0123456789abcdef");
        let http = Http::new(limits).unwrap();
        Self { simulator, played, channel, settings, http, path }
    }

    /// The webhook's public address.
    pub(crate) fn url(&self) -> String {
        format!("{PUBLIC}{}", self.path)
    }

    pub(crate) fn hello(&self) -> Outgoing {
        Outgoing {
            id: "018f-a1".into(),
            from: "+15555550100".into(),
            to: "+15555550123".into(),
            text: Some("Hello! 👍".into()),
            media_urls: vec![format!("{PUBLIC}/media/x.png")],
            status_url: Some(self.url()),
        }
    }

    pub(crate) fn tell<T>(&self, told: impl FnOnce(&Route<'_>) -> T) -> T {
        told(&Route { settings: &self.settings, url: &self.url(), at: AT })
    }

    pub(crate) fn read(&self, hook: &Webhook, received_at: i64) -> Result<Received, Refused> {
        self.read_at(&self.path, hook, received_at)
    }

    fn read_at(&self, path: &str, hook: &Webhook, received_at: i64) -> Result<Received, Refused> {
        let headers = hook.headers.iter().map(|(name, value)| ((*name).into(), value.clone()));
        self.channel.receive(&Request {
            method: "POST".into(),
            path_and_query: path.to_owned(),
            public_origins: vec![PUBLIC.into()],
            headers: headers.collect(),
            body: hook.body.clone(),
            received_at,
            kept: false,
        })
    }

    /// A message reaches the carrier as it was written, and its fate comes back.
    pub(crate) async fn sends(&self) {
        assert_eq!(self.channel.check(&self.http).await.state, HealthState::Connected);
        let sent = self.channel.send(&self.hello(), &self.http).await.unwrap();
        let recorded = self.simulator.sent().pop().unwrap();
        assert!(recorded.taken);
        assert_eq!(recorded.provider_id, sent.provider_id);
        assert_eq!((&recorded.from, &recorded.to), (&self.hello().from, &self.hello().to));
        assert_eq!(recorded.text, self.hello().text);
        assert_eq!(recorded.media_urls, self.hello().media_urls);
        for (news, status) in [
            (News::Sent, ReceiptStatus::Sent),
            (News::Delivered, ReceiptStatus::Delivered),
            (
                News::Failed(ErrorKind::InvalidPhoneNumber),
                ReceiptStatus::Failed(Failure::new(ErrorKind::InvalidPhoneNumber, None, None)),
            ),
        ] {
            let told = self.tell(|route| self.played.receipt(route, &recorded, news)).unwrap();
            // Receipts come to the address that the message asked for.
            let asked = recorded.status_url.as_deref().and_then(|url| url.strip_prefix(PUBLIC));
            let path = asked.unwrap_or(&self.path);
            let events = self.read_at(path, &told, AT).unwrap().events;
            let [Inbound::Receipt(receipt)] = events.as_slice() else { panic!("{events:?}") };
            assert_eq!(receipt.provider_id, sent.provider_id);
            assert_eq!(receipt.our_id.as_deref(), Some("018f-a1"), "{news:?}");
            assert_eq!(without_words(receipt), status);
        }
    }

    /// A customer's message is read as it was written.
    pub(crate) fn receives(&self) {
        let file = |name: &str| {
            let base = self.simulator.base_of(self.played);
            let url = self.played.media_url(&base, &self.settings, name);
            File { url, content_type: Some("image/png".into()) }
        };
        let said = Said {
            id: "m-0001".into(),
            from: "+15555550123".into(),
            to: "+15555550100".into(),
            text: Some("Žluťoučký kůň 👍🏽\nsecond line".into()),
            media: vec![file("a"), file("b")],
        };
        let told = self.tell(|route| self.played.message(route, &said));
        let [hook] = told.as_slice() else { panic!("{told:?}") };
        let events = self.read(hook, AT).unwrap().events;
        let [Inbound::Message(message)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(message.provider_id, said.id);
        assert_eq!((&message.from, &message.to), (&said.from, &said.to));
        assert_eq!(message.text, said.text);
        let urls: Vec<_> = message.media.iter().map(|file| file.url.as_str()).collect();
        assert_eq!(urls, [&said.media[0].url, &said.media[1].url]);

        let garbled = self.tell(|route| self.played.garbled(route, &said));
        let received = self.read(&garbled, AT).unwrap();
        assert!(received.unreadable.is_some() && received.events.is_empty());
        assert_eq!(received.reply.status / 100, 2);
        if let Some(forged) = self.tell(|route| self.played.forged(route, &said)) {
            assert!(matches!(self.read(&forged, AT), Err(Refused::Signature { .. })));
        }
        let old = self.read(hook, AT + 3_600_000);
        assert_eq!(old.is_err(), self.played.signs_time());
    }

    /// Every refusal comes back as what it is.
    pub(crate) async fn is_refused(&self) {
        for kind in self.played.refusals() {
            let conduct = Conduct { refuse: Some(*kind), ..Conduct::default() };
            self.simulator.set_conduct(conduct);
            let error = self.channel.send(&self.hello(), &self.http).await.unwrap_err();
            assert_eq!(error.failure.kind, *kind, "{error:?}");
            assert!(error.failure.text.is_some(), "{error:?}");
            assert_ne!(error.effect, Effect::Unknown, "{error:?}");
        }
        self.simulator.set_conduct(Conduct::default());
        self.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
        let error = self.channel.send(&self.hello(), &self.http).await.unwrap_err();
        assert_eq!(error.failure.kind, ErrorKind::TooManyRequests);
        assert_eq!((error.effect, error.retry_after), (Effect::NoneTryAgain, Some(2)));
        self.simulator.set_faults(Faults::from_iter([Fault::Refused]));
        let error = self.channel.send(&self.hello(), &self.http).await.unwrap_err();
        assert_eq!(error.failure.kind, ErrorKind::AuthenticationFailed);
        assert_eq!(self.channel.check(&self.http).await.state, HealthState::Unauthorized);
        self.simulator.set_conduct(Conduct::default());
        assert_eq!(self.simulator.taken(), 0);
    }
}

fn without_words(receipt: &Receipt) -> ReceiptStatus {
    match &receipt.status {
        ReceiptStatus::Failed(failure) => {
            ReceiptStatus::Failed(Failure::new(failure.kind, None, None))
        }
        status => status.clone(),
    }
}
