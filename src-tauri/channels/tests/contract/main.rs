//! The contract of every provider, walked from its fixtures: what we send is what was recorded,
//! what comes back means what its tables say. A new provider adds data here and no code.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "fixtures are ours: a wrong one is to stop the test where it is read"
)]

mod folder;
mod stage;

use std::collections::BTreeSet;

use deskbell_channels::exchange::{
    Effect, Found, Inbound, InboundMedia, Outgoing, ReceiptStatus, Refused, Request, SendError,
    Sent, Sought,
};
use deskbell_channels::signature;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use folder::{Folder, Webhook};
use stage::{Stage, assert_request, http};

fn outgoing(value: &Value) -> Outgoing {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let urls = value["media_urls"].as_array().into_iter().flatten();
    Outgoing {
        id: text("id").unwrap(),
        from: text("from").unwrap(),
        to: text("to").unwrap(),
        text: text("text"),
        media_urls: urls.map(|url| url.as_str().unwrap().to_owned()).collect(),
        status_url: text("status_url"),
    }
}

fn hello() -> Outgoing {
    outgoing(&json!({ "id": "1", "from": "+15555550100", "to": "+15555550123", "text": "hello" }))
}

/// Compares the end of a send with what a case expects; absent expectations are not compared.
fn assert_end(end: &Result<Sent, SendError>, expect: &Value, name: &str) {
    match (end, expect["kind"].as_str()) {
        (Ok(sent), None) => {
            assert!(!sent.provider_id.is_empty(), "{name}");
            if let Some(id) = expect["sent"].as_str() {
                assert_eq!(sent.provider_id, id, "{name}");
            }
        }
        (Err(error), Some(kind)) => {
            let failure = &error.failure;
            assert_eq!(format!("{:?}", failure.kind), kind, "{name}: {error:?}");
            let effect = match error.effect {
                Effect::NoneTryAgain => "none_try_again",
                Effect::None => "none",
                Effect::Unknown => "unknown",
            };
            assert_eq!(effect, expect["effect"], "{name}: {error:?}");
            assert_eq!(json!(error.retry_after), expect["retry_after"], "{name}");
            if let Some(prompt) = expect["prompt"].as_str() {
                assert_eq!(failure.kind.prompt(), prompt, "{name}");
            }
            for (field, ours) in [("code", &failure.code), ("text", &failure.text)] {
                if expect[field].is_string() {
                    assert_eq!(json!(ours), expect[field], "{name}");
                }
            }
        }
        (end, _) => panic!("{name}: {end:?}, expected {expect}"),
    }
}

fn request(hook: &Webhook, body: Vec<u8>) -> Request {
    Request {
        method: hook.method.clone().unwrap_or_else(|| "POST".to_owned()),
        path_and_query: hook.path_and_query.clone().unwrap_or_else(|| "/hook".to_owned()),
        public_origins: hook.public_origins.clone(),
        headers: hook.headers.clone().into_iter().collect(),
        body: body.into(),
        received_at: hook.received_at,
        kept: false,
    }
}

fn as_json(event: &Inbound) -> Value {
    let file = |media: &InboundMedia| {
        json!({ "url": media.url, "content_type": media.content_type, "name": media.name,
                "size": media.size, "sha256": media.sha256 })
    };
    match event {
        Inbound::Message(it) => {
            let mut message = json!({
                "provider_id": it.provider_id, "from": it.from, "to": it.to, "text": it.text,
                "sender_name": it.sender_name, "at": it.at,
                "media": it.media.iter().map(file).collect::<Vec<_>>() });
            if !it.others.is_empty() {
                message["others"] = json!(it.others);
            }
            if let Some(part) = &it.part {
                message["part"] =
                    json!({ "key": part.key, "position": part.position, "total": part.total });
            }
            json!({ "message": message })
        }
        Inbound::Receipt(it) => {
            let (status, failure) = match &it.status {
                ReceiptStatus::Sent => ("sent", None),
                ReceiptStatus::Failed(failure) => ("failed", Some(failure)),
                ReceiptStatus::Delivered => ("delivered", None),
                ReceiptStatus::Read => ("read", None),
            };
            let mut receipt = json!({ "provider_id": it.provider_id, "status": status,
                                      "failure": failure, "at": it.at });
            if let Some(our_id) = &it.our_id {
                receipt["our_id"] = json!(our_id);
            }
            json!({ "receipt": receipt })
        }
        Inbound::Call(it) => json!({ "call": {
            "provider_id": it.provider_id, "our_id": it.our_id, "seconds": it.seconds,
            "leg": format!("{:?}", it.leg), "status": format!("{:?}", it.status) } }),
    }
}

#[test]
fn every_fixture_is_as_recorded_and_used() {
    for folder in Folder::all() {
        let manifest: Value = folder.table("_manifest.json").unwrap();
        let recorded = manifest["files"].as_array().unwrap();
        let mut tables = String::new();
        for file in std::fs::read_dir(&folder.path).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let listed = recorded.iter().any(|entry| entry["file"] == name.as_str());
            assert!(listed || name == "_manifest.json", "{name} is not in the manifest");
            if name.ends_with("_cases.json") || name == "contract.json" {
                tables += &String::from_utf8(folder.bytes(&name)).unwrap();
            }
        }
        for entry in recorded {
            let name = entry["file"].as_str().unwrap();
            let hash = signature::sha256_hex(&folder.bytes(name));
            assert_eq!(entry["sha256"], hash.as_str(), "{name} has changed");
            let is_table =
                ["contract.json", "error_map.json", "signature_vectors.json"].contains(&name);
            let used = is_table || name.ends_with("_cases.json") || tables.contains(name);
            assert!(used, "{}: no case uses {name}", folder.path.display());
        }
    }
}

#[test]
fn webhooks_mean_what_was_recorded() {
    for folder in Folder::all() {
        for hook in &folder.contract.webhooks {
            let mut filled = folder.contract.settings.clone();
            for (field, secret) in &hook.secrets {
                match secret {
                    Some(secret) => filled.secrets.insert(field.clone(), secret.clone()),
                    None => filled.secrets.remove(field),
                };
            }
            let body = match &hook.file {
                Some(file) => folder.bytes(file),
                None => hook.body.clone().unwrap().into_bytes(),
            };
            let name = format!("{}: {}", folder.path.display(), hook.name);
            let told = folder.channel(&filled, "http://127.0.0.1:9").receive(&request(hook, body));
            let expect = &hook.expect;
            let received = match (told, expect["refused"].as_str()) {
                (Ok(received), None) => received,
                (Err(Refused::Signature { status }), Some("signature")) => {
                    assert_eq!(expect["status"], status, "{name}");
                    continue;
                }
                (Err(Refused::ContentType), Some("content_type"))
                | (Err(Refused::Malformed(_)), Some("malformed"))
                | (Err(Refused::Foreign), Some("foreign")) => continue,
                (told, _) => panic!("{name}: {told:?}"),
            };
            let events: Vec<_> = received.events.iter().map(as_json).collect();
            assert_eq!(json!(events), expect["events"], "{name}");
            assert_eq!(json!(received.unreadable.is_some()), expect["unreadable"], "{name}");
            assert_eq!(expect["reply"]["status"], received.reply.status, "{name}");
            assert_eq!(
                json!(received.reply.content_type),
                expect["reply"]["content_type"],
                "{name}"
            );
            assert_eq!(received.reply.body.as_bytes(), folder.body_of(&expect["reply"]), "{name}");
        }
    }
}

#[test]
fn signatures_are_judged_as_recorded() {
    let mut judged = 0;
    for folder in Folder::all() {
        let table: Value = folder.table("signature_vectors.json").unwrap_or_default();
        for vector in table["vectors"].as_array().into_iter().flatten() {
            let name = vector["name"].as_str().unwrap();
            let secret = vector.get("secret").unwrap_or(&table["secret"]);
            let mut filled = folder.contract.settings.with(vector);
            let algorithm = vector["algorithm"].as_str().unwrap_or("");
            if let Some(field) = folder.contract.secret_fields.get(algorithm) {
                match secret.as_str() {
                    Some(secret) => filled.secrets.insert(field.clone(), secret.to_owned()),
                    None => filled.secrets.remove(field),
                };
            }
            let channel = folder.channel(&filled, "http://127.0.0.1:9");
            let refused = matches!(
                channel.receive(&vector_request(&folder, vector)),
                Err(Refused::Signature { .. })
            );
            assert_eq!(json!(!refused), vector["accept"], "{name}");
            judged += 1;
        }
    }
    let one_alone = std::env::var_os("CONTRACT_OF").is_some();
    assert!(one_alone || judged >= 92, "only {judged} vectors");
}

fn vector_request(folder: &Folder, vector: &Value) -> Request {
    let url = vector["configured_url"].as_str().unwrap_or("https://desk.example.com/hook");
    let path_at =
        url.find("://").unwrap() + 3 + url.split("://").nth(1).unwrap().find('/').unwrap();
    let content = if vector["content"] == "form" { "x-www-form-urlencoded" } else { "json" };
    let mut headers = vec![("content-type".to_owned(), format!("application/{content}"))];
    for (key, value) in vector["headers"].as_object().into_iter().flatten() {
        headers.push((key.to_lowercase(), value.as_str().unwrap().to_owned()));
    }
    if let Some(signature) = vector["x_twilio_signature"].as_str() {
        headers.push(("x-twilio-signature".to_owned(), signature.to_owned()));
    }
    let by_get = vector["method"] == "GET" || vector["name"].as_str().unwrap().starts_with("GET");
    let body = vector["body"].as_str().map_or_else(
        || folder.bytes(vector["file"].as_str().unwrap()),
        |body| body.as_bytes().to_vec(),
    );
    Request {
        method: if by_get { "GET" } else { "POST" }.to_owned(),
        path_and_query: url[path_at..].to_owned(),
        public_origins: vec![url[..path_at].to_owned()],
        headers,
        body: body.into(),
        received_at: vector["received_at"].as_i64().unwrap_or_default(),
        kept: false,
    }
}

#[tokio::test]
async fn messages_leave_as_recorded() {
    for folder in Folder::all() {
        for case in &folder.contract.sends {
            let name = case["name"].as_str().unwrap();
            let answer = &case["answer"];
            let status = u16::try_from(answer["status"].as_u64().unwrap_or(200)).unwrap();
            let stage = Stage::answering(status, &Value::Null, folder.body_of(answer), None).await;
            let channel = folder.channel(&folder.contract.settings.with(case), &stage.url);
            let end = channel.send(&outgoing(&case["outgoing"]), &http(case)).await;
            assert_end(&end, &case["expect"], name);
            if case["request"].is_object() {
                assert_request(&stage, &folder, &case["request"], name);
            }
        }
    }
}

#[tokio::test]
async fn answers_to_a_send_mean_what_the_table_says() {
    for folder in Folder::all() {
        for case in folder.cases("send_prompt_cases.json") {
            let name = format!("{}: {}", folder.path.display(), case["name"]);
            let stage = Stage::of(&folder, &case, None).await;
            let channel = folder.channel(&folder.contract.settings, &stage.url);
            assert_end(&channel.send(&hello(), &http(&case)).await, &case, &name);
        }
    }
}

/// Codes of `error_map.json` with their entries, and codes that nobody knows with every status.
fn coded(folder: &Folder) -> Vec<(String, u16, Value)> {
    let map: Value = folder.table("error_map.json").unwrap_or_default();
    let answer = folder.contract.error_answer.clone().unwrap_or_default();
    let usual = u16::try_from(answer["status"].as_u64().unwrap_or(400)).unwrap();
    let codes = map["codes"].as_object().into_iter().flatten();
    let known = codes.map(|(code, entry)| {
        let status = entry["status"].as_u64().map_or(usual, |it| u16::try_from(it).unwrap());
        (code.clone(), status, entry.clone())
    });
    let statuses = map["by_http_status"].as_object().into_iter().flatten();
    let unknown = statuses.map(|(status, kind)| {
        let status: u16 = status.parse().unwrap_or(500);
        ("99999".to_owned(), status, json!({ "kind": kind, "retry": status == 429 }))
    });
    known.chain(unknown).collect()
}

#[tokio::test]
async fn every_error_code_has_its_kind_and_its_effect() {
    for folder in Folder::all() {
        let Some(answer) = &folder.contract.error_answer else { continue };
        for (code, status, entry) in coded(&folder) {
            let template = answer["body"].as_str().unwrap();
            let body = template.replace("{code}", &code).replace("{status}", &status.to_string());
            let stage = Stage::answering(status, &Value::Null, body.into(), None).await;
            let channel = folder.channel(&folder.contract.settings, &stage.url);
            let effect = match (status, entry["retry"] == true) {
                (500.., _) => "unknown",
                (_, true) => "none_try_again",
                (_, false) => "none",
            };
            let effect = entry["effect"].as_str().unwrap_or(effect);
            let expect = json!({ "kind": entry["kind"], "effect": effect, "code": code,
                                 "retry_after": entry["retry_after"], "text": "words" });
            let end = channel.send(&hello(), &http(&Value::Null)).await;
            assert_end(&end, &expect, &format!("{}: {code} {status}", folder.path.display()));
        }
    }
}

#[test]
fn every_error_code_in_a_receipt_has_its_kind() {
    for folder in Folder::all() {
        let Some(told) = &folder.contract.error_receipt else { continue };
        let map: Value = folder.table("error_map.json").unwrap_or_default();
        let channel = folder.channel(&folder.contract.settings, "http://127.0.0.1:9");
        for (code, entry) in map["codes"].as_object().into_iter().flatten() {
            if entry["receipt"] == false {
                continue;
            }
            let mut hook = told.clone();
            hook["name"] = json!(code);
            hook["expect"] = Value::Null;
            let hook: Webhook = serde_json::from_value(hook).unwrap();
            let body = hook.body.clone().unwrap().replace("{code}", code).into_bytes();
            let received = channel.receive(&request(&hook, body)).unwrap();
            let failures = received.events.iter().filter_map(|event| match event {
                Inbound::Receipt(receipt) => match &receipt.status {
                    ReceiptStatus::Failed(failure) => Some(failure),
                    _ => None,
                },
                Inbound::Message(_) | Inbound::Call(_) => None,
            });
            let kinds: Vec<_> = failures.map(|failure| format!("{:?}", failure.kind)).collect();
            assert_eq!(json!(kinds), json!([entry["kind"]]), "{}: {code}", folder.path.display());
        }
    }
}

#[tokio::test]
async fn the_light_says_what_the_table_says() {
    for folder in Folder::all() {
        let Some(check) = &folder.contract.check else { continue };
        let table: Value = folder.table("channel_status_cases.json").unwrap();
        for case in table["cases"].as_array().unwrap() {
            let name = format!("{}: {}", folder.path.display(), case["name"]);
            let challenge = table["challenge"].as_str().map(str::to_owned);
            let stage = Stage::of(&folder, case, challenge).await;
            let channel = folder.channel(&folder.contract.settings, &stage.url);
            let health = channel.check(&http(case)).await;
            assert_eq!(health.state.words(), case["status"], "{name}: {health:?}");
            assert_eq!(
                health.detail.is_none(),
                case["status"] == "Connected",
                "{name}: {health:?}"
            );
            let detail = health.detail.unwrap_or_default();
            assert!(detail.contains(case["detail_says"].as_str().unwrap_or_default()), "{name}");
            assert!(!detail.contains("REDACTED"), "{name}: shows the Auth Token");
            if case["fault"].is_null() {
                assert_request(&stage, &folder, &check["request"], &name);
            }
        }
    }
}

#[tokio::test]
async fn lost_answers_are_looked_up() {
    for folder in Folder::all() {
        for case in &folder.contract.finds {
            let name = case["name"].as_str().unwrap();
            let (answer, wanted) = (&case["answer"], &case["sought"]);
            let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
            let body = folder.body_of(answer);
            let stage = Stage::answering(status, &answer["headers"], body, None).await;
            let channel = folder.channel(&folder.contract.settings.with(case), &stage.url);
            let known = wanted["known"].as_array().unwrap().iter();
            let sought = Sought {
                outgoing: outgoing(&wanted["outgoing"]),
                attempted_at: wanted["attempted_at"].as_i64().unwrap(),
                asked_at: wanted["asked_at"].as_i64().unwrap(),
                known_provider_ids: known.map(|id| id.as_str().unwrap().to_owned()).collect(),
            };
            let found = match channel.find(&sought, &http(case)).await {
                Found::Sent(sent) => json!({ "sent": sent.provider_id }),
                Found::NotSent => json!("not_sent"),
                Found::NotYet => json!("not_yet"),
                Found::CannotTell => json!("cannot_tell"),
            };
            assert_eq!(found, case["expect"], "{name}");
            if case["request"].is_object() {
                assert_request(&stage, &folder, &case["request"], name);
            }
        }
    }
}

#[tokio::test]
async fn set_up_at_the_provider_goes_as_recorded() {
    for folder in Folder::all() {
        let abilities = folder.provider.description().abilities;
        for (able, call) in [(abilities.numbers, "numbers"), (abilities.webhook, "set_webhook")] {
            let shown = folder.contract.setups.iter().any(|case| case["call"] == call);
            assert_eq!(shown, able, "{}: {call}", folder.path.display());
        }
        for case in &folder.contract.setups {
            let name = format!("{}: {}", folder.path.display(), case["name"]);
            let steps = case["exchange"].as_array().unwrap();
            let answers = steps.iter().map(|step| &step["answer"]);
            let stage = Stage::playing(&folder, answers).await;
            let channel = folder.channel(&folder.contract.settings.with(case), &stage.url);
            let told = if case["call"] == "numbers" {
                channel.numbers(&http(case)).await.map(|numbers| json!(numbers))
            } else {
                let numbers = case["numbers"].as_array().unwrap().iter();
                let numbers: Vec<_> = numbers.map(|it| it.as_str().unwrap().to_owned()).collect();
                let url = case["url"].as_str().unwrap();
                channel.set_webhook(url, &numbers, &http(case)).await.map(|set| json!(set))
            };
            let told = told.unwrap_or_else(
                |failure| json!({ "kind": format!("{:?}", failure.kind), "text": failure.text }),
            );
            assert_eq!(told, case["expect"], "{name}");
            stage.assert_exchange(&folder, steps, &name);
        }
    }
}

#[test]
fn media_get_credentials_only_at_the_provider_itself() {
    for folder in Folder::all() {
        let server = "http://127.0.0.1:40001";
        for case in &folder.contract.media_authorization {
            let url = case["url"].as_str().unwrap().replace("{server}", server).parse().unwrap();
            let channel = folder.channel(&folder.contract.settings, server);
            let header = channel.media_authorization(&url);
            let header = header.map(|secret| secret.expose_secret().to_owned());
            assert_eq!(json!(header), case["expect"], "{url}");
        }
    }
}

#[test]
fn settings_that_do_not_fit_are_named() {
    for folder in Folder::all() {
        for case in &folder.contract.problems {
            let problems = folder.provider.problems(&case.settings.at("http://127.0.0.1:9"));
            let fields: BTreeSet<_> = problems.into_iter().map(|problem| problem.field).collect();
            assert_eq!(fields, case.expect, "{}", case.name);
            let connected = folder.provider.connect(case.settings.at("http://127.0.0.1:9"));
            assert_eq!(connected.is_ok(), case.expect.is_empty(), "{}", case.name);
        }
    }
}
