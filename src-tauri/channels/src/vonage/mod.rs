//! Vonage (formerly Nexmo): SMS and MMS over its Messages API.
//!
//! Owns the account, sending, the credential check and the list of numbers; [`webhook`] reads what
//! Vonage tells us, [`proof`] its signatures, [`codes`] its errors, [`portal`] what a person does
//! on its site.

mod codes;
mod portal;
mod proof;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use url::Url;

use crate::exchange::{
    AccountNumber, Effect, ErrorKind, Failure, Health, HealthState, Limits, Outgoing, Received,
    Refused, Request, SendError, Sent,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::wire::text;
use crate::{Channel, Provider, lenient, number, status};
use portal::{API_KEY, API_SECRET, BASE_URL, LIMITS, SIGNATURE_SECRET};

/// Where the account itself answers, whatever region its messages go through.
const ACCOUNT_URL: &str = "https://rest.nexmo.com";
/// Numbers on one page of the list, the most that Vonage gives.
const PAGE: usize = 100;
/// Pages of the list that are read at most.
const PAGES: usize = 20;
/// Seconds until another message may go to a number that got too many.
const MINUTE: u64 = 60;

/// The provider Vonage.
#[derive(Debug)]
pub struct Vonage;

impl Provider for Vonage {
    fn description(&self) -> Description {
        portal::description()
    }

    fn problems(&self, settings: &Settings) -> Vec<FieldProblem> {
        Account::from_settings(settings).err().unwrap_or_default()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Account::from_settings(&settings)?))
    }
}

/// One Vonage account.
struct Account {
    api_key: String,
    api_secret: SecretString,
    signature_secret: Option<SecretString>,
    base: Url,
    accounts: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let api_key = api_key(settings);
        let api_secret = settings.token(API_SECRET, "API Secret");
        let signature = match settings.secret(SIGNATURE_SECRET) {
            Some(_) => settings.token(SIGNATURE_SECRET, "Signature Secret").map(Some),
            None => Ok(None),
        };
        let bases = settings.base(BASE_URL).and_then(|base| Ok((account_base(&base)?, base)));
        match (api_key, api_secret, signature, bases) {
            (Ok(api_key), Ok(api_secret), Ok(signature_secret), Ok((accounts, base))) => {
                Ok(Self { api_key, api_secret, signature_secret, base, accounts })
            }
            (api_key, api_secret, signature, bases) => {
                let problems = [api_key.err(), api_secret.err(), signature.err(), bases.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    async fn page(&self, index: usize, http: &Http) -> Result<Value, Failure> {
        let mut url = below(&self.accounts, "/account/numbers");
        let (index, size) = (index.to_string(), PAGE.to_string());
        url.query_pairs_mut().append_pair("index", &index).append_pair("size", &size);
        let call = http.get(url).basic(&self.api_key, &self.api_secret);
        let answer = call.answer().await.map_err(|failed| failed.into_send_error().failure)?;
        match serde_json::from_slice(&answer.body) {
            Ok(page) if answer.status == 200 => Ok(page),
            _ => Err(status::failure("Vonage", &answer, said(&answer))),
        }
    }
}

fn api_key(settings: &Settings) -> Result<String, FieldProblem> {
    let key = settings.value(API_KEY).unwrap_or_default();
    if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(key.to_owned());
    }
    let message = "The API Key is 8 letters and digits. Copy it from the dashboard.";
    Err(FieldProblem::new(API_KEY, message.to_owned()))
}

/// Vonage's regions share one host for accounts; a gateway that stands in for Vonage answers for
/// everything.
fn account_base(base: &Url) -> Result<Url, FieldProblem> {
    let host = base.host_str().unwrap_or_default();
    let is_vonage = ["nexmo.com", "vonage.com"].into_iter().any(|domain| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    if !is_vonage {
        return Ok(base.clone());
    }
    let message = |_| FieldProblem::new("base_url", "Enter a whole address.".to_owned());
    Url::parse(ACCOUNT_URL).map_err(message)
}

/// `{base}{path}`
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        webhook::receive(self, request)
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let message = message(outgoing)?;
        let call = http.post_json(below(&self.base, "/v1/messages"), &message);
        match call.basic(&self.api_key, &self.api_secret).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let url = below(&self.accounts, "/account/get-balance");
        match http.get(url).basic(&self.api_key, &self.api_secret).answer().await {
            Ok(answer) => light(&answer),
            Err(failed) => failed.into_health(),
        }
    }

    async fn numbers(&self, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
        let mut numbers = Vec::new();
        for index in 1..=PAGES {
            let page = self.page(index, http).await?;
            let listed =
                page.get("numbers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            numbers.extend(listed.iter().filter_map(listed_number));
            // What cannot be read counts too: the page is full all the same.
            if listed.len() < PAGE {
                break;
            }
        }
        Ok(numbers)
    }
}

fn listed_number(value: &Value) -> Option<AccountNumber> {
    let address = number::plus(&lenient::text(value.get("msisdn")?)?);
    let carries = |feature: &str| {
        let features = value.get("features").and_then(Value::as_array);
        features.is_none_or(|features| features.iter().any(|it| it == feature))
    };
    let problem = (!carries("SMS")).then(|| "This number carries no SMS.".to_owned());
    Some(AccountNumber { address, name: None, problem })
}

/// The body of a send: text, or one file with the text as its caption.
fn message(outgoing: &Outgoing) -> Result<Map<String, Value>, SendError> {
    let text = outgoing.text.as_deref();
    let (channel, kind, content) = match outgoing.media_urls.as_slice() {
        [] => ("sms", "text", json!(text.unwrap_or_default())),
        [url] => {
            let caption = text.map(|text| ("caption".to_owned(), json!(text)));
            let file = [("url".to_owned(), json!(url))].into_iter().chain(caption);
            ("mms", kind_of(url), Value::Object(file.collect()))
        }
        _ => {
            let text = Some("Vonage takes one file in a message.".to_owned());
            let failure = Failure::new(ErrorKind::UnsupportedMedia, None, text);
            return Err(SendError { failure, effect: Effect::None, retry_after: None });
        }
    };
    let asked = outgoing.status_url.as_ref();
    let receipts = asked.map(|url| [("webhook_url", json!(url)), ("webhook_version", json!("v1"))]);
    let members = [
        ("message_type", json!(kind)),
        (kind, content),
        ("to", json!(number::digits(&outgoing.to))),
        ("from", json!(number::digits(&outgoing.from))),
        ("channel", json!(channel)),
        ("client_ref", json!(outgoing.id)),
    ];
    let members = members.into_iter().chain(receipts.into_iter().flatten());
    Ok(members.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What Vonage calls a file with this name.
fn kind_of(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "heic" => "image",
        "mp4" | "3gp" | "3gpp" | "mov" | "webm" | "mpeg" => "video",
        "mp3" | "m4a" | "amr" | "ogg" | "wav" | "aac" => "audio",
        "vcf" => "vcard",
        _ => "file",
    }
}

fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    let taken = matches!(answer.status, 200..=299);
    if taken && let Some(id) = text(&body, "/message_uuid") {
        return Ok(Sent { provider_id: id.to_owned() });
    }
    let problem = Problem::of(&body);
    let known = problem.code.as_deref().and_then(|code| code.parse().ok()).and_then(codes::meaning);
    let kind = match (known, answer.status) {
        (Some((kind, _)), _) => kind,
        (None, 422) if names_a_number(&body) => ErrorKind::InvalidPhoneNumber,
        (None, 402) => ErrorKind::Other,
        (None, status) => status::kind(status),
    };
    let effect = match (status::effect(answer.status), known) {
        (Effect::None, Some((_, codes::Again::Later | codes::Again::InAMinute))) => {
            Effect::NoneTryAgain
        }
        (effect, _) => effect,
    };
    let pause = matches!(known, Some((_, codes::Again::InAMinute))).then_some(MINUTE);
    let words = problem.words.or_else(|| Some(format!("Vonage answered {}.", answer.status)));
    let failure = Failure::new(kind, problem.code, words);
    Err(SendError { failure, effect, retry_after: answer.retry_after.or(pause) })
}

fn names_a_number(body: &Value) -> bool {
    let invalid = body.get("invalid_parameters").and_then(Value::as_array);
    let mut names = invalid.into_iter().flatten().filter_map(|it| text(it, "/name"));
    names.any(|name| matches!(name, "to" | "from" | "to.number" | "from.number"))
}

/// What the status light says.
fn light(answer: &Answer) -> Health {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    if answer.status == 200 && body.get("value").is_some_and(Value::is_number) {
        return Health { state: HealthState::Connected, detail: None };
    }
    status::light("Vonage", "API Key and API Secret", answer, said(answer))
}

/// The words of an error of the Messages API or of the account.
fn said(answer: &Answer) -> Option<String> {
    let body = serde_json::from_slice::<Value>(&answer.body).ok()?;
    let label = text(&body, "/error-code-label").map(str::to_owned);
    label.or_else(|| Problem::of(&body).words)
}

/// What went wrong: `{type, title, detail}`, or `{code, reason}` of v0.1.
#[derive(Debug, Default)]
struct Problem {
    code: Option<String>,
    words: Option<String>,
}

impl Problem {
    fn of(value: &Value) -> Self {
        let in_type = text(value, "/type").and_then(|it| it.rsplit_once('#')).map(|(_, code)| code);
        let title = text(value, "/title");
        let code = [in_type, title].into_iter().flatten().find(|code| is_code(code));
        let code = code.map(str::to_owned).or_else(|| lenient::first(value, &["code"]));
        let title = title.filter(|title| !is_code(title));
        let words = match (title, text(value, "/detail").or(text(value, "/reason"))) {
            (Some(title), Some(detail)) => Some(format!("{title} – {detail}")),
            (title, detail) => title.or(detail).map(str::to_owned),
        };
        Self { code, words }
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_share_the_host_of_accounts_and_gateways_stand_for_all() {
        for (base, account) in [
            ("https://api.nexmo.com", "https://rest.nexmo.com/"),
            ("https://api-eu.vonage.com", "https://rest.nexmo.com/"),
            ("https://notvonage.com/x", "https://notvonage.com/x"),
            ("http://127.0.0.1:9/vonage", "http://127.0.0.1:9/vonage"),
        ] {
            let found = account_base(&base.parse().unwrap()).unwrap();
            assert_eq!(found.as_str(), account);
        }
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        for (url, kind) in [
            ("https://desk.example.com/media/t/cat.JPG", "image"),
            ("https://desk.example.com/media/t/clip.mp4?x=1", "video"),
            ("https://desk.example.com/media/t/note.mp3", "audio"),
            ("https://desk.example.com/media/t/card.vcf", "vcard"),
            ("https://desk.example.com/media/t/bill.pdf", "file"),
            ("https://desk.example.com/media/t/noname", "file"),
        ] {
            assert_eq!(kind_of(url), kind, "{url}");
        }
    }
}
