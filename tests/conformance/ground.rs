//! What one scenario is played on: a provider of its own, a channel of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use deskbell_channels::exchange::Millis;
use deskbell_channels::form::{Description, Medium, Settings};
use deskbell_channels::{Channel, PROVIDERS};
use deskbell_core::clock;
use deskbell_core::config::loopback;
use deskbell_simulator::provider::{News, Provider, Route};
use deskbell_simulator::webhook::{File, Said, Webhook};
use deskbell_simulator::{Conduct, Recorded, Simulator, providers};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{Answer, Desk, NUMBER, PUBLIC, key, post, to_user, until};

/// The customer who writes; who is written to is another in each scenario.
pub(super) const CUSTOMER: &str = "+15555550123";
/// The last four digits of the next customer who is written to.
static CUSTOMERS: AtomicU32 = AtomicU32::new(1_000);

/// A provider and its simulated counterpart.
#[derive(Clone, Copy)]
pub(super) struct Party {
    pub(super) real: &'static dyn deskbell_channels::Provider,
    pub(super) played: &'static dyn Provider,
}

impl Party {
    pub(super) fn id(&self) -> &'static str {
        self.played.id()
    }

    pub(super) fn description(&self) -> Description {
        self.real.description()
    }
}

/// Every provider of text messages; `Err` names those that nobody plays.
pub(super) fn parties() -> Result<Vec<Party>, Vec<&'static str>> {
    let all = PROVIDERS.iter().copied().map(|real| (real, real.description()));
    let texting = all.filter(|(_, told)| told.medium == Medium::Sms);
    let (found, missing): (Vec<_>, Vec<_>) = texting
        .map(|(real, told)| match providers::provider(told.id) {
            Some(played) => Ok(Party { real, played }),
            None => Err(told.id),
        })
        .partition(Result::is_ok);
    let missing: Vec<_> = missing.into_iter().filter_map(Result::err).collect();
    if missing.is_empty() { Ok(found.into_iter().flatten().collect()) } else { Err(missing) }
}

/// One desk, where one channel at a time is set up: a draft that waits is the next one's too.
pub(super) struct Office {
    pub(super) desk: Desk,
    pub(super) door: tokio::sync::Mutex<()>,
}

/// A live channel at a provider of its own.
pub(super) struct Ground {
    office: Arc<Office>,
    pub(super) party: Party,
    pub(super) simulator: Simulator,
    pub(super) settings: Settings,
    pub(super) channel: String,
    pub(super) path: String,
    /// Who is written to. All channels of a desk have the same number here, and one who opts out
    /// of it does so in all of them.
    pub(super) customer: String,
}

impl Ground {
    /// Sets a channel up as an administrator does, and waits for its first light.
    pub(super) async fn prepare(office: Arc<Office>, party: Party) -> Self {
        let simulator = Simulator::start(loopback(0)).await.unwrap();
        // Receipts are told by the scenario: the provider's own go where nobody listens.
        simulator.set_callback_to("127.0.0.1:9".parse().unwrap());
        let settings = simulator.settings_of(party.played);
        let door = office.door.lock().await;
        let desk = &office.desk;
        let draft = desk.admin.post("/channels", json!({ "provider": party.id() })).await;
        let channel = draft["id"].as_str().unwrap().to_owned();
        let number = json!({ "address": NUMBER, "destination": to_user(&desk.admin.id) });
        let mut change = entered(&settings);
        change["name"] = json!(format!("{} line", party.id()));
        change["rate"] = json!(100.0);
        change["state"] = json!("active");
        change["numbers"] = json!([number]);
        let live = desk.admin.patch(&format!("/channels/{channel}"), change).await;
        let path = live["webhook_path"].as_str().unwrap().to_owned();
        drop(door);
        let customer = format!("+1555555{}", CUSTOMERS.fetch_add(1, Ordering::Relaxed));
        let ground = Self { office, party, simulator, settings, channel, path, customer };
        assert_eq!(ground.first_light().await, "connected", "the light of a new channel");
        ground
    }

    pub(super) fn desk(&self) -> &Desk {
        &self.office.desk
    }

    async fn first_light(&self) -> Value {
        until("the first check of a channel", || async {
            let channel = self.desk().admin.get(&format!("/channels/{}", self.channel)).await;
            Some(channel["health"]["state"].clone()).filter(|state| !state.is_null())
        })
        .await
    }

    /// The address that the provider knows.
    pub(super) fn url(&self) -> String {
        format!("{PUBLIC}{}", self.path)
    }

    /// What the provider tells at this moment, by our clock.
    pub(super) fn told<T>(&self, at: Millis, tell: impl FnOnce(&Route<'_>) -> T) -> T {
        tell(&Route { settings: &self.settings, url: &self.url(), at })
    }

    /// A customer's message as the provider brings it now.
    pub(super) fn message(&self, said: &Said) -> Vec<Webhook> {
        self.told(clock::now(), |route| self.party.played.message(route, said))
    }

    /// Delivers webhooks in order.
    pub(super) async fn deliver(&self, webhooks: &[Webhook]) -> Vec<Answer> {
        let mut answers = Vec::new();
        for webhook in webhooks {
            answers.push(self.deliver_to(&self.path, webhook).await);
        }
        answers
    }

    pub(super) async fn deliver_to(&self, path: &str, webhook: &Webhook) -> Answer {
        post(&self.desk().http, &format!("{}{path}", self.desk().public()), webhook).await
    }

    /// The desk takes in what a customer said.
    pub(super) async fn hears(&self, said: &Said) {
        assert_taken(&self.deliver(&self.message(said)).await);
    }

    /// The provider tells what became of a message; `false` where it never tells that.
    pub(super) async fn receipt(&self, message: &Recorded, news: News) -> bool {
        let played = self.party.played;
        let told = self.told(clock::now(), |route| played.receipt(route, message, news));
        let Some(webhook) = told else { return false };
        assert_taken(&self.deliver(&[webhook]).await);
        true
    }

    /// Changes how the provider behaves.
    pub(super) fn behave(&self, change: impl FnOnce(&mut Conduct)) {
        let mut conduct = self.simulator.conduct();
        change(&mut conduct);
        self.simulator.set_conduct(conduct);
    }

    /// What customers said on this channel: rows, oldest first.
    pub(super) fn heard(&self) -> Vec<String> {
        self.texts(
            "SELECT id FROM messages WHERE channel_id = ?1 AND direction = 'in' ORDER BY seq",
        )
    }

    /// Sentences of what needs attention.
    pub(super) fn attention(&self) -> Vec<String> {
        self.texts("SELECT error FROM deliveries WHERE channel_id = ?1 AND outcome = 'unreadable'")
    }

    /// How much is stored of this channel: messages and kept deliveries.
    pub(super) fn stored(&self) -> (usize, usize) {
        let deliveries = self.texts("SELECT id FROM deliveries WHERE channel_id = ?1");
        (self.heard().len(), deliveries.len())
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let database = self.desk().database();
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([&self.channel], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The one message of this channel, as the API shows it.
    pub(super) async fn only_heard(&self) -> Value {
        let heard = self.heard();
        assert_eq!(heard.len(), 1, "messages of this channel");
        self.desk().admin.get(&format!("/messages/{}", heard[0])).await
    }

    /// The session that the customer's first words open.
    pub(super) async fn session(&self) -> String {
        self.hears(&Said { from: self.customer.clone(), ..said("Hello") }).await;
        self.only_heard().await["session_id"].as_str().unwrap().to_owned()
    }

    /// Waits until a message is in one of these states, and gives it.
    pub(super) async fn until(&self, message: &str, states: &[&str]) -> Value {
        let (path, began) = (format!("/messages/{message}"), Instant::now());
        loop {
            let shown = self.desk().admin.get(&path).await;
            if states.iter().any(|state| shown["state"] == *state) {
                return shown;
            }
            assert!(began.elapsed() < Duration::from_secs(100), "never {states:?}: {shown}");
            tokio::time::sleep(Duration::from_millis(120)).await;
        }
    }

    /// The channel as the adapter alone has it.
    pub(super) fn adapter(&self) -> Arc<dyn Channel> {
        self.party.real.connect(self.settings.clone()).unwrap()
    }

    /// A file that the provider keeps for the desk.
    pub(super) fn file(&self, name: &str) -> File {
        let base = self.simulator.base_of(self.party.played);
        let url = self.party.played.media_url(&base, &self.settings, name);
        File { url, content_type: Some("image/png".to_owned()) }
    }
}

/// Settings as the desk's API takes them.
pub(super) fn entered(settings: &Settings) -> Value {
    let secrets = settings.secrets.iter();
    let secrets: serde_json::Map<String, Value> =
        secrets.map(|(name, secret)| (name.clone(), json!(secret.expose_secret()))).collect();
    json!({ "values": settings.values, "secrets": secrets, "base_url": settings.base_url })
}

/// A text from the customer, with an id of its own.
pub(super) fn said(text: &str) -> Said {
    Said {
        id: key(),
        from: CUSTOMER.to_owned(),
        to: NUMBER.to_owned(),
        text: Some(text.to_owned()),
        media: Vec::new(),
    }
}

/// The provider heard from every webhook that the desk has it.
pub(super) fn assert_taken(answers: &[Answer]) {
    assert!(!answers.is_empty(), "nothing was told");
    for answer in answers {
        assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.text);
    }
}
