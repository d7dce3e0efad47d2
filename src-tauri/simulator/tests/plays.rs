//! The real channels against the simulator, over real HTTP on loopback.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use bytes::Bytes;
use deskbell_channels::exchange::{
    Effect, ErrorKind, Found, HealthState, Inbound, Outgoing, ReceiptStatus, Received, Request,
    Sought,
};
use deskbell_channels::form::Settings;
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_channels::{Channel, provider};
use deskbell_simulator::webhook::{self, File, Said, TwilioAccount};
use deskbell_simulator::{Alteration, Conduct, Manner, Simulator};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://desk.example.com";
const HOOK: &str = "/api/v1.0/webhook/twilio/0123456789abcdef0123456789abcdef";

async fn simulator() -> Simulator {
    Simulator::start("127.0.0.1:0".parse().unwrap()).await.unwrap()
}

fn http(total: Duration) -> Http {
    rustls::crypto::ring::default_provider().install_default().ok();
    Http::new(Timeouts { connect: Duration::from_secs(5), total }).unwrap()
}

fn patient() -> Http {
    http(Duration::from_secs(20))
}

fn twilio(simulator: &Simulator) -> Arc<dyn Channel> {
    let mut settings = Settings { base_url: Some(simulator.base_url()), ..Settings::default() };
    settings.values.insert("account_sid".into(), ACCOUNT.into());
    settings.secrets.insert("auth_token".into(), TOKEN.into());
    provider("twilio").unwrap().connect(settings).unwrap()
}

fn general(simulator: &Simulator) -> Arc<dyn Channel> {
    let mut settings = Settings::default();
    settings.values.insert("send_url".into(), simulator.general_send_url());
    settings.values.insert("verify_url".into(), simulator.general_verify_url());
    settings.secrets.insert("api_key".into(), "key".into());
    settings.secrets.insert("secret".into(), "shh".into());
    provider("general").unwrap().connect(settings).unwrap()
}

fn hello() -> Outgoing {
    Outgoing {
        id: "1".into(),
        from: "+15555550100".into(),
        to: "+15555550123".into(),
        text: Some("Hello! 👍".into()),
        media_urls: vec![format!("{PUBLIC}/media/x.png")],
        status_url: Some(format!("{PUBLIC}{HOOK}")),
    }
}

fn account() -> TwilioAccount {
    TwilioAccount { sid: ACCOUNT.into(), auth_token: TOKEN.into() }
}

/// The request that a webhook becomes at the desk.
fn arrived(path_and_query: &str, headers: Vec<(String, String)>, body: Bytes) -> Request {
    Request {
        method: "POST".into(),
        path_and_query: path_and_query.into(),
        public_origins: vec![PUBLIC.into()],
        headers,
        body,
        received_at: 0,
        kept: false,
    }
}

fn read(channel: &dyn Channel, path: &str, hook: &webhook::Webhook) -> Received {
    let headers = hook.headers.iter().map(|(name, value)| ((*name).into(), value.clone()));
    channel.receive(&arrived(path, headers.collect(), hook.body.clone())).unwrap()
}

#[tokio::test]
async fn both_providers_record_what_they_took() {
    let simulator = simulator().await;
    for channel in [twilio(&simulator), general(&simulator)] {
        let sent = channel.send(&hello(), &patient()).await.unwrap();
        let recorded = simulator.sent().pop().unwrap();
        assert_eq!(recorded.provider_id, sent.provider_id);
        assert_eq!(recorded.text, hello().text);
        assert_eq!(recorded.to, hello().to);
        assert_eq!(recorded.media_urls, hello().media_urls);
        assert_eq!(channel.check(&patient()).await.state, HealthState::Connected);
    }
    assert_eq!(simulator.taken(), 2);
}

#[tokio::test]
async fn faults_show_as_the_provider_shows_them() {
    let simulator = simulator().await;
    for channel in [twilio(&simulator), general(&simulator)] {
        simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
        let error = channel.send(&hello(), &patient()).await.unwrap_err();
        assert_eq!(error.failure.kind, ErrorKind::TooManyRequests);
        assert_eq!((error.effect, error.retry_after), (Effect::NoneTryAgain, Some(2)));

        simulator.set_faults(Faults::from_iter([Fault::Refused]));
        let error = channel.send(&hello(), &patient()).await.unwrap_err();
        assert_eq!(error.failure.kind, ErrorKind::AuthenticationFailed);
        assert_eq!(channel.check(&patient()).await.state, HealthState::Unauthorized);

        simulator.set_conduct(Conduct { manner: Manner::Status(500), ..Conduct::default() });
        let error = channel.send(&hello(), &patient()).await.unwrap_err();
        assert_eq!(error.effect, Effect::Unknown);
        simulator.set_conduct(Conduct::default());
    }
    assert_eq!(simulator.taken(), 0);
}

#[tokio::test]
async fn a_silent_twilio_is_found_to_have_taken_the_message() {
    let simulator = simulator().await;
    let channel = twilio(&simulator);
    simulator.set_faults(Faults::from_iter([Fault::Uncertain]));
    let attempted_at = jiff::Timestamp::now().as_millisecond();
    let error = channel.send(&hello(), &http(Duration::from_millis(400))).await.unwrap_err();
    assert_eq!(error.effect, Effect::Unknown);
    let taken = simulator.sent().pop().unwrap();
    let mut sought = Sought { attempted_at, ..sought(hello(), 0) };
    let Found::Sent(sent) = channel.find(&sought, &patient()).await else { panic!("not found") };
    assert_eq!(sent.provider_id, taken.provider_id);
    sought.known_provider_ids.push(taken.provider_id);
    assert!(!matches!(channel.find(&sought, &patient()).await, Found::Sent(_)));
}

/// `outgoing`, looked for now, so many seconds after its attempt.
fn sought(outgoing: Outgoing, seconds: i64) -> Sought {
    let asked_at = jiff::Timestamp::now().as_millisecond();
    let attempted_at = asked_at - seconds * 1_000;
    Sought { outgoing, attempted_at, asked_at, known_provider_ids: Vec::new() }
}

/// What Twilio says of `text` some seconds after it answered with a bare 500, and the id if it had
/// taken it all the same.
async fn told(conduct: Conduct, text: &str, seconds: i64) -> (Found, Option<String>) {
    let simulator = simulator().await;
    let channel = twilio(&simulator);
    simulator.set_conduct(conduct);
    let outgoing = Outgoing { text: Some(text.into()), ..hello() };
    let error = channel.send(&outgoing, &patient()).await.unwrap_err();
    assert_eq!(error.effect, Effect::Unknown);
    let taken = simulator.sent().pop().filter(|message| message.taken);
    let found = channel.find(&sought(outgoing, seconds), &patient()).await;
    (found, taken.map(|message| message.provider_id))
}

const SKEWS: [i64; 7] = [-3_000_000, -600_000, -30_000, 0, 30_000, 600_000, 3_000_000];

#[tokio::test]
async fn what_twilio_took_is_found_whatever_the_clocks_say() {
    for clock_ahead_ms in SKEWS {
        for alter_text in [Alteration::None, Alteration::TrialPrefix] {
            let manner = Manner::TakeAndStatus(500);
            let conduct = Conduct { manner, clock_ahead_ms, alter_text, ..Conduct::default() };
            let (found, taken) = told(conduct, "Hello!", 15).await;
            let Found::Sent(sent) = found else { panic!("{found:?} at {clock_ahead_ms}") };
            assert_eq!(Some(sent.provider_id), taken);
        }
    }
}

#[tokio::test]
async fn what_twilio_never_got_is_said_so_in_time_whatever_the_clocks_say() {
    for clock_ahead_ms in SKEWS {
        let conduct = Conduct { manner: Manner::Status(500), clock_ahead_ms, ..Conduct::default() };
        let early = told(conduct.clone(), "Hello!", 5).await;
        assert_eq!(early, (Found::NotYet, None), "at {clock_ahead_ms}");
        let settled = told(conduct, "Hello!", 15).await;
        assert_eq!(settled, (Found::NotSent, None), "at {clock_ahead_ms}");
    }
}

#[tokio::test]
async fn a_text_that_twilio_changed_is_left_to_a_person() {
    for clock_ahead_ms in SKEWS {
        let conduct = Conduct {
            manner: Manner::TakeAndStatus(500),
            alter_text: Alteration::SmartEncoding,
            clock_ahead_ms,
            ..Conduct::default()
        };
        let (found, taken) = told(conduct.clone(), "It’s ready…", 15).await;
        assert!(taken.is_some());
        assert_eq!(found, Found::CannotTell, "at {clock_ahead_ms}");
        let (found, _) = told(conduct, "It's ready...", 15).await;
        assert!(matches!(found, Found::Sent(_)), "nothing to change: {found:?}");
    }
}

#[tokio::test]
async fn a_hanging_twilio_took_nothing() {
    let simulator = simulator().await;
    simulator.set_conduct(Conduct { manner: Manner::Hang, ..Conduct::default() });
    let error = twilio(&simulator).send(&hello(), &http(Duration::from_millis(300))).await;
    assert_eq!(error.unwrap_err().effect, Effect::Unknown);
    simulator.until_sent(1).await;
    assert_eq!(simulator.taken(), 0);
}

#[tokio::test]
async fn a_broken_connection_leaves_everybody_in_doubt() {
    for (manner, taken) in [(Manner::Break, 0), (Manner::TakeAndBreak, 1)] {
        let simulator = simulator().await;
        for (count, channel) in (1..).zip([twilio(&simulator), general(&simulator)]) {
            simulator.set_conduct(Conduct { manner, ..Conduct::default() });
            let error = channel.send(&hello(), &patient()).await.unwrap_err();
            assert_eq!(error.effect, Effect::Unknown, "{error:?}");
            assert_eq!((simulator.sent().len(), simulator.taken()), (count, taken * count));
        }
    }
}

/// A desk that hands on every request it gets, under the path that it came to.
async fn desk() -> (std::net::SocketAddr, UnboundedReceiver<Request>) {
    async fn hook(
        State(arrivals): State<UnboundedSender<Request>>,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> StatusCode {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
        arrivals.send(arrived(&uri.to_string(), headers.collect(), body)).unwrap();
        StatusCode::NO_CONTENT
    }
    let (sender, receiver) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().fallback(post(hook)).with_state(sender);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, receiver)
}

#[tokio::test]
async fn receipts_come_signed_to_the_callback() {
    for (faults, expected) in [
        (vec![], ["sent", "delivered"]),
        (vec![Fault::OutOfOrder], ["delivered", "sent"]),
        (vec![Fault::Failed], ["sent", "failed 30003"]),
    ] {
        let (simulator, (address, mut arrivals)) = (simulator().await, desk().await);
        let faults = Faults::from_iter(faults);
        simulator.set_conduct(Conduct { receipt_percent: 5, faults, ..Conduct::default() });
        simulator.set_callback_to(address);
        let channel = twilio(&simulator);
        let sent = channel.send(&hello(), &patient()).await.unwrap();
        let mut told = Vec::new();
        while told.len() < 2 {
            let received = channel.receive(&arrivals.recv().await.unwrap()).unwrap();
            let [Inbound::Receipt(receipt)] = received.events.as_slice() else {
                panic!("{received:?}")
            };
            assert_eq!(receipt.provider_id, sent.provider_id);
            told.push(match &receipt.status {
                ReceiptStatus::Failed(failure) => {
                    format!("failed {}", failure.code.clone().unwrap())
                }
                status => format!("{status:?}").to_lowercase(),
            });
        }
        assert_eq!(told, expected);
    }
}

#[test]
fn customers_messages_are_genuine_and_readable() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let simulator = runtime.block_on(simulator());
    let file = File { url: format!("{}/media/1.png", simulator.base_url()), content_type: None };
    let said = Said {
        id: "SM1".into(),
        from: "+15555550123".into(),
        to: "+15555550100".into(),
        text: Some("Žluťoučký kůň & co".into()),
        media: vec![file],
    };
    let by_twilio = webhook::twilio_message(&account(), &format!("{PUBLIC}{HOOK}"), &said);
    let by_general = webhook::general_message(Some("shh"), &said, 1_767_225_607_503);
    for (channel, hook) in [(twilio(&simulator), by_twilio), (general(&simulator), by_general)] {
        let received = read(&*channel, HOOK, &hook);
        let [Inbound::Message(message)] = received.events.as_slice() else {
            panic!("{received:?}")
        };
        assert_eq!((message.provider_id.as_str(), &message.text), ("SM1", &said.text));
        assert_eq!((&message.from, &message.to), (&said.from, &said.to));
        assert_eq!(message.media.len(), 1);
    }
    let garbled = webhook::twilio_garbled(&account(), &format!("{PUBLIC}{HOOK}"));
    assert!(read(&*twilio(&simulator), HOOK, &garbled).unreadable.is_some());
    let garbled = webhook::general_garbled(Some("shh"), &said, 0);
    assert!(read(&*general(&simulator), HOOK, &garbled).unreadable.is_some());
}

#[tokio::test]
async fn media_ask_for_credentials_and_lead_to_a_picture() {
    let simulator = simulator().await;
    let client = webhook::client().unwrap();
    let url =
        format!("{}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1", simulator.base_url());
    assert_eq!(client.get(&url).send().await.unwrap().status(), 401);
    let signed = client.get(&url).basic_auth(ACCOUNT, Some(TOKEN)).send().await.unwrap();
    assert_eq!(signed.status(), 307);
    let place = signed.headers()["location"].to_str().unwrap().to_owned();
    let file = client.get(simulator.base_url() + &place).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/png");
    assert!(file.bytes().await.unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
}

#[tokio::test]
async fn other_programs_drive_it_over_the_control_api() {
    let (simulator, (address, mut arrivals)) = (simulator().await, desk().await);
    let client = webhook::client().unwrap();
    let control = format!("{}/control", simulator.base_url());
    let faults = json!({ "faults": ["duplicate"], "latency_ms": 1, "alter_text": "trial_prefix" });
    let conduct = client.post(format!("{control}/faults")).json(&faults).send().await.unwrap();
    assert_eq!(conduct.json::<Value>().await.unwrap()["faults"], json!(["duplicate"]));
    assert_eq!(simulator.conduct().alter_text, Alteration::TrialPrefix);

    let delivery = json!({
        "provider": "twilio", "target_url": format!("http://{address}{HOOK}"),
        "public_url": format!("{PUBLIC}{HOOK}"), "secret": TOKEN, "account_sid": ACCOUNT,
        "from": "+15555550123", "to": "+15555550100", "text": "Are you open?",
    });
    let done = client.post(format!("{control}/deliver")).json(&delivery).send().await.unwrap();
    let done: Value = done.json().await.unwrap();
    assert_eq!(done["statuses"], json!([204, 204, 204]));
    for _ in 0..3 {
        let received = twilio(&simulator).receive(&arrivals.recv().await.unwrap()).unwrap();
        let [Inbound::Message(message)] = received.events.as_slice() else {
            panic!("{received:?}")
        };
        assert_eq!(message.provider_id, done["id"].as_str().unwrap());
    }

    let played = client.get(format!("{control}/providers")).send().await.unwrap();
    let played: Value = played.json().await.unwrap();
    let listed = played.as_array().unwrap().iter().find(|one| one["id"] == "general").unwrap();
    simulator.set_conduct(Conduct::default());
    let delivery = json!({
        "provider": "general", "target_url": format!("http://{address}{HOOK}"),
        "settings": listed["settings"], "id": "G1",
        "from": "+15555550123", "to": "+15555550100", "text": "Anybody there?",
    });
    let done = client.post(format!("{control}/deliver")).json(&delivery).send().await.unwrap();
    assert_eq!(done.json::<Value>().await.unwrap()["statuses"], json!([204]));
    let account = simulator.settings_of(&deskbell_simulator::providers::general::General);
    let channel = provider("general").unwrap().connect(account).unwrap();
    let received = channel.receive(&arrivals.recv().await.unwrap()).unwrap();
    assert_eq!(received.events.len(), 1, "signed with the secret of those settings");

    twilio(&simulator).send(&hello(), &patient()).await.unwrap();
    let sent: Value =
        client.get(format!("{control}/sent")).send().await.unwrap().json().await.unwrap();
    assert_eq!(sent[0]["text"], "Hello! 👍");
    assert_eq!(sent[0]["to"], "+15555550123");
}
