//! Office hours: who enters them, what they say of a moment, and what a closed channel answers.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, Line, Options, to_user, until};

const CUSTOMER: &str = "+15555550123";
const TEXT: &str = "We open again {next_opening}. {business}";

async fn put(agent: &Agent, path: &str, body: &Value) -> Answer {
    agent.call("PUT", path, Some(body)).await
}

/// The same parts on every day.
fn every_day(parts: &Value) -> Value {
    json!([parts, parts, parts, parts, parts, parts, parts])
}

fn weekly(zone: &str, parts: &Value) -> Value {
    json!({ "zone": zone, "mode": "weekly", "days": every_day(parts), "channels": [] })
}

/// Hours by which a channel is never open and answers `text`.
fn closed(line: &Line, text: &str) -> Value {
    let channel = json!({
        "channel_id": line.id, "mode": "weekly", "days": every_day(&json!([])), "closed_text": text,
    });
    json!({ "zone": "UTC", "mode": "always", "days": every_day(&json!([])), "channels": [channel] })
}

/// A zone in which it is about noon.
fn noon() -> String {
    let hour = Timestamp::now().as_second() / 3_600 % 24;
    match 12 - hour {
        0 => "UTC".to_owned(),
        // The names of these zones count westwards.
        ahead if ahead > 0 => format!("Etc/GMT-{ahead}"),
        behind => format!("Etc/GMT+{}", -behind),
    }
}

/// A desk, an agent who owns a customer's sessions, and the channel.
async fn stage() -> (Desk, Agent, Line) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general_with(&to_user(&ana.id), Options::default()).await;
    (desk, ana, line)
}

#[tokio::test]
async fn a_new_desk_is_always_open_and_proposes_an_office_week() {
    let desk = Desk::start().await;
    let hours = desk.admin.get("/hours").await;
    assert_eq!(hours["mode"], "always");
    assert_eq!(
        hours["now"],
        json!({ "open": true, "rule": { "kind": "always" }, "changes_at": null })
    );
    assert_eq!(hours["days"][0], json!([{ "from": "09:00", "to": "17:00" }]));
    assert_eq!(hours["days"][6], json!([]));
}

#[tokio::test]
async fn hours_are_entered_by_administrators_and_told_to_everyone() {
    let (desk, ana, _) = stage().await;
    let mut follower = ana.follow(None).await;
    let wish = weekly("America/New_York", &json!([{ "from": "09:00", "to": "24:00" }]));
    assert_eq!(put(&ana, "/hours", &wish).await.refusal(), "403 forbidden");
    let entered = put(&desk.admin, "/hours", &wish).await.ok();
    assert_eq!(entered["zone"], "America/New_York");
    follower.next("hours_changed").await;
    let seen = ana.get("/hours").await;
    assert_eq!(seen["days"], entered["days"]);
    for (field, wrong) in [
        ("zone", json!({ "zone": "Mars/Base", "mode": "always", "days": every_day(&json!([])) })),
        ("mode", json!({ "zone": "UTC", "mode": "business", "days": every_day(&json!([])) })),
        ("days.0", weekly("UTC", &json!([{ "from": "10:00", "to": "09:00" }]))),
    ] {
        let refused = put(&desk.admin, "/hours", &wrong).await;
        assert_eq!(refused.refusal(), "422 invalid");
        assert_eq!(refused.json()["fields"][0]["field"], field);
    }
    for shape in [
        json!({ "zone": "UTC", "mode": "weekly", "days": [[], []] }),
        weekly("UTC", &json!([{ "from": "9:00", "to": "17:00" }])),
        weekly("UTC", &json!([{ "from": "09:00", "to": "25:00" }])),
    ] {
        assert_eq!(put(&desk.admin, "/hours", &shape).await.status, 422, "{shape}");
    }
    assert_eq!(
        ana.get("/hours").await["days"],
        entered["days"],
        "what was refused changed nothing"
    );
}

#[tokio::test]
async fn the_tester_tells_which_rule_decides() {
    let (desk, _, line) = stage().await;
    let mut wish = weekly("America/New_York", &json!([{ "from": "09:00", "to": "17:00" }]));
    let own = json!([{ "from": "07:00", "to": "08:00" }]);
    wish["channels"] = json!([{
        "channel_id": line.id, "mode": "weekly", "days": every_day(&own), "closed_text": TEXT,
    }]);
    put(&desk.admin, "/hours", &wish).await.ok();
    let christmas = json!({
        "name": "Christmas", "from": "2030-12-24", "to": "2030-12-26", "yearly": true,
        "intervals": [{ "from": "10:00", "to": "12:00" }],
    });
    desk.admin.post("/holidays", christmas).await;
    let ask = async |at: &str, channel: &str| {
        let channel =
            if channel.is_empty() { String::new() } else { format!("&channel={channel}") };
        desk.admin.get(&format!("/hours/preview?at={at}{channel}")).await
    };
    let found = ask("2027-07-05T16:59", "").await;
    assert_eq!((found["open"].as_bool(), &found["rule"]["kind"]), (Some(true), &json!("weekly")));
    // New York is four hours behind in July.
    let closing = "2027-07-05T21:00:00Z".parse::<Timestamp>().unwrap().as_millisecond();
    assert_eq!(found["changes_at"], closing);
    assert_eq!(found["local"], "2027-07-05T16:59");
    assert_eq!(found["answer"], Value::Null);
    let found = ask("2027-12-24T12:00", "").await;
    assert_eq!(found["rule"]["name"], "Christmas");
    assert_eq!((found["open"].as_bool(), &found["source"]), (Some(false), &json!("business")));
    let found = ask("2027-07-05T16:59", &line.id).await;
    assert_eq!((found["open"].as_bool(), &found["source"]), (Some(false), &json!("weekly")));
    assert_eq!(found["answer"], "We open again tomorrow at 07:00. Corner Bakery");
    assert_eq!(ask(&closing.to_string(), "").await["local"], "2027-07-05T17:00");
    for (query, refusal) in [
        ("?at=yesterday", "422 invalid"),
        ("?at=99999999999999999", "422 invalid"),
        ("?channel=019b0000-0000-7000-8000-000000000000", "404 not_found"),
        ("?channel=x", "400 bad_request"),
    ] {
        let refused = desk.admin.try_get(&format!("/hours/preview{query}")).await;
        assert_eq!(refused.refusal(), refusal, "{query}");
    }
}

#[tokio::test]
async fn holidays_are_kept_changed_and_deleted() {
    let desk = Desk::start().await;
    let may = json!({ "name": " May Day ", "from": "2030-05-01", "to": "2030-05-01" });
    let added = desk.admin.post("/holidays", may).await;
    assert_eq!((&added["name"], &added["yearly"]), (&json!("May Day"), &json!(false)));
    let path = format!("/holidays/{}", added["id"].as_str().unwrap());
    let change = json!({ "name": "May", "from": "2030-05-01", "to": "2030-05-02", "yearly": true });
    let changed = put(&desk.admin, &path, &change).await.ok();
    assert_eq!((&changed["to"], &changed["yearly"]), (&json!("2030-05-02"), &json!(true)));
    for wrong in [
        json!({ "name": "", "from": "2030-05-01", "to": "2030-05-01" }),
        json!({ "name": "X", "from": "2030-05-02", "to": "2030-05-01" }),
        json!({ "name": "X", "from": "2030-05-02", "to": "2032-05-01" }),
        json!({ "name": "X", "from": "2030-02-30", "to": "2030-02-30" }),
    ] {
        assert_eq!(desk.admin.try_post("/holidays", wrong.clone()).await.status, 422, "{wrong}");
    }
    desk.admin.delete(&path).await;
    assert_eq!(desk.admin.get("/holidays").await, json!([]));
    assert_eq!(desk.admin.try_delete(&path).await.refusal(), "404 not_found");
    assert_eq!(put(&desk.admin, &path, &change).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn a_calendar_file_is_read_once() {
    let desk = Desk::start().await;
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20991225\r\nSUMMARY:Christmas\r\n\
                END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20011225\r\nSUMMARY:Long ago\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nDTSTART:20260101T090000Z\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let read = desk.admin.post("/holidays/read", json!({ "text": text })).await;
    assert_eq!((read["added"].as_array().unwrap().len(), &read["past"]), (1, &json!(1)));
    assert!(read["problems"][0].as_str().unwrap().contains("Meeting"), "{read}");
    let again = desk.admin.post("/holidays/read", json!({ "text": text })).await;
    assert_eq!((&again["added"], &again["known"]), (&json!([]), &json!(1)));
    let typed = json!({ "text": "2099-12-25 christmas\n2099-12-26 Boxing Day" });
    let typed = desk.admin.post("/holidays/read", typed).await;
    assert_eq!((typed["added"].as_array().unwrap().len(), &typed["known"]), (1, &json!(1)));
    let long = json!({ "text": "x".repeat(950_000) });
    assert_eq!(desk.admin.try_post("/holidays/read", long).await.refusal(), "422 invalid");
    assert_eq!(desk.number("SELECT count(*) FROM holidays"), 2);
}

#[tokio::test]
async fn a_closed_channel_answers_once_for_each_session_and_closed_time() {
    let (desk, ana, line) = stage().await;
    desk.says(&line, CUSTOMER, "Hello?").await;
    let session = ana.session_with(CUSTOMER).await;
    assert_eq!(ana.said(&session).await.len(), 1, "it is off until somebody switches it on");
    put(&desk.admin, "/hours", &closed(&line, TEXT)).await.ok();
    desk.says(&line, CUSTOMER, "Anybody there?").await;
    desk.says(&line, CUSTOMER, "Hello??").await;
    let said = ana.said(&session).await;
    assert_eq!(said.len(), 4);
    let answer = &said[2];
    assert_eq!(answer["text"], "We open again soon. Corner Bakery");
    assert_eq!((&answer["automatic"], &answer["author_id"]), (&json!(true), &Value::Null));
    ana.until_state(answer["id"].as_str().unwrap(), "sent").await;
    let shown = ana.get(&format!("/sessions/{session}")).await;
    assert!(shown["waiting_since"].is_i64(), "a person still has to answer");
    // Another closed time: it was open this morning.
    let zone = noon();
    let mut wish = closed(&line, TEXT);
    wish["zone"] = json!(zone);
    wish["channels"][0]["days"] = every_day(&json!([{ "from": "08:00", "to": "11:00" }]));
    put(&desk.admin, "/hours", &wish).await.ok();
    desk.app()
        .db()
        .write(|tx| Ok(tx.execute("UPDATE closed_answers SET at = 1", [])?))
        .await
        .unwrap();
    desk.says(&line, CUSTOMER, "And now?").await;
    desk.says(&line, CUSTOMER, "Hm").await;
    let said = ana.said(&session).await;
    assert_eq!(said.len(), 7);
    assert_eq!(said[5]["text"], "We open again tomorrow at 08:00. Corner Bakery");
    wish["channels"][0]["days"] = every_day(&json!([{ "from": "00:00", "to": "24:00" }]));
    put(&desk.admin, "/hours", &wish).await.ok();
    desk.says(&line, "+15555550199", "Good day").await;
    let open = ana.session_with("+15555550199").await;
    assert_eq!(ana.said(&open).await.len(), 1, "within the hours people answer");
}

#[tokio::test]
async fn whoever_opted_out_or_is_a_machine_gets_no_automatic_answer() {
    let (desk, ana, line) = stage().await;
    put(&desk.admin, "/hours", &closed(&line, TEXT)).await.ok();
    desk.says(&line, CUSTOMER, "STOP").await;
    desk.says(&line, CUSTOMER, "Really").await;
    let session = ana.session_with(CUSTOMER).await;
    assert_eq!(ana.said(&session).await.len(), 2);
    desk.says(&line, "40404", "Your code is 123").await;
    let machine = ana.session_with("40404").await;
    assert_eq!(ana.said(&machine).await.len(), 1);
    desk.says(&line, CUSTOMER, "START").await;
    until("the answer to who wants to hear again", || async {
        (ana.said(&session).await.len() == 4).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_hours_of_a_deleted_channel_are_gone() {
    let (desk, _, line) = stage().await;
    put(&desk.admin, "/hours", &closed(&line, TEXT)).await.ok();
    assert_eq!(desk.admin.get("/hours").await["channels"].as_array().unwrap().len(), 1);
    desk.admin.delete(&format!("/channels/{}", line.id)).await;
    assert_eq!(desk.admin.get("/hours").await["channels"], json!([]));
    assert_eq!(put(&desk.admin, "/hours", &closed(&line, TEXT)).await.refusal(), "422 invalid");
}
