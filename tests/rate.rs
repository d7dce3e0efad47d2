//! How fast messages leave: never faster than the rate, each conversation in its order, and slower
//! for a while when the provider wants fewer.

use std::time::{Duration, Instant};

use deskbell_simulator::{Conduct, Manner, Recorded, Simulator};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, Reply, Server, to_user, until};

/// Conversations, messages of each, messages a second.
const CONVERSATIONS: usize = 50;
const EACH: usize = 20;
const RATE: f64 = 100.0;

async fn desk(rate: f64) -> (Desk, Agent, Line) {
    let desk = Desk::start().await;
    desk.simulator.set_callback_to("127.0.0.1:9".parse().unwrap());
    let ana = desk.agent("Ana", &[]).await;
    let options = Options { rate, ..Options::default() };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    (desk, ana, line)
}

async fn sessions(desk: &Desk, ana: &Agent, line: &Line, count: usize) -> Vec<String> {
    for n in 0..count {
        desk.says(line, &format!("+1555555{:04}", 1_000 + n), "Hello").await;
    }
    let sessions = ana.folder("mine").await;
    sessions.iter().map(|session| session["id"].as_str().unwrap().to_owned()).collect()
}

/// Refuses what comes next after each of these submissions.
async fn refuse_after(simulator: &Simulator, places: &[usize]) {
    for (before, place) in places.iter().enumerate() {
        simulator.until_sent(*place).await;
        let proper = simulator.conduct();
        simulator.set_conduct(Conduct { manner: Manner::Status(429), ..proper.clone() });
        let refused = || simulator.sent().iter().filter(|one| !one.taken).count();
        until("one more is refused", || async { (refused() > before).then_some(()) }).await;
        simulator.set_conduct(proper);
    }
}

/// When each message was last handed over, in order.
fn attempts(desk: &Desk) -> Vec<i64> {
    let database = desk.database();
    let sql = "SELECT attempted_at FROM messages WHERE direction = 'out' ORDER BY attempted_at";
    let mut statement = database.prepare(sql).unwrap();
    let times = statement.query_map([], |row| row.get(0)).unwrap();
    times.map(Result::unwrap).collect()
}

/// Texts that each customer got, in the order in which the provider took them.
fn by_customer(sent: &[Recorded]) -> Vec<Vec<usize>> {
    let mut customers: Vec<(&str, Vec<usize>)> = Vec::new();
    for one in sent.iter().filter(|one| one.taken) {
        let number = one.text.as_ref().unwrap().parse().unwrap();
        match customers.iter_mut().find(|(customer, _)| *customer == one.to) {
            Some((_, texts)) => texts.push(number),
            None => customers.push((&one.to, vec![number])),
        }
    }
    customers.into_iter().map(|(_, texts)| texts).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_messages_leave_at_the_rate_in_the_order_of_each_conversation() {
    let (desk, ana, line) = desk(RATE).await;
    let sessions = sessions(&desk, &ana, &line, CONVERSATIONS).await;
    assert_eq!(sessions.len(), CONVERSATIONS);
    let writes = join_all(sessions.iter().map(|session| {
        let ana = &ana;
        async move {
            for n in 0..EACH {
                ana.send(session, &n.to_string()).await;
            }
        }
    }));
    let refusals = refuse_after(&desk.simulator, &[100, 300, 301, 555, 800]);
    let all = desk.simulator.until_taken(CONVERSATIONS * EACH);
    tokio::join!(writes, refusals, all);
    let sent = desk.simulator.sent();
    let refused = sent.iter().filter(|one| !one.taken).count();
    assert!((5..100).contains(&refused), "{refused} refused");
    let in_order: Vec<usize> = (0..EACH).collect();
    let customers = by_customer(&sent);
    assert_eq!(customers.len(), CONVERSATIONS);
    for texts in customers {
        assert_eq!(texts, in_order, "none before one that waited, none lost, none twice");
    }
    // By the desk's own clock: a simulator that is short of breath hears several at once.
    let times = attempts(&desk);
    assert_eq!(times.len(), CONVERSATIONS * EACH);
    // What a busy computer was late with may leave behind, by five at most.
    for window in times.windows(107) {
        let span = window[106] - window[0];
        assert!(span >= 990, "107 messages within {span} ms");
    }
    let span = times[times.len() - 1] - times[0];
    assert!((9_900..60_000).contains(&span), "{span} ms");
    assert_eq!(desk.number("SELECT count(*) FROM messages WHERE state = 'failed'"), 0);
}

#[tokio::test]
async fn a_later_message_never_overtakes_one_that_waits_to_be_tried_again() {
    let (desk, ana, line) = desk(200.0).await;
    let sessions = sessions(&desk, &ana, &line, 2).await;
    let proper = desk.simulator.conduct();
    desk.simulator.set_conduct(Conduct { manner: Manner::Status(429), ..proper.clone() });
    let first = ana.send(&sessions[0], "0").await;
    until("it waits to be tried again", || async {
        let message = ana.get(&format!("/messages/{first}")).await;
        (message["state"] == "queued" && message["attempts"] == 1).then_some(())
    })
    .await;
    desk.simulator.set_conduct(proper);
    for n in 1..4 {
        ana.send(&sessions[0], &n.to_string()).await;
    }
    let other = ana.send(&sessions[1], "0").await;
    ana.until_state(&other, "sent").await;
    let waiting = ana.get(&format!("/messages/{first}")).await;
    assert_eq!(waiting["state"], "queued", "others do not wait for it");
    desk.simulator.until_taken(5).await;
    assert_eq!(by_customer(&desk.simulator.sent()), [vec![0], vec![0, 1, 2, 3]]);
}

#[tokio::test]
async fn retry_after_holds_the_whole_channel_and_the_channel_says_so() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let account = json!({ "status": "active" });
    let server = Server::replying(Reply::json(200, &account)).await;
    let more = json!({ "base_url": server.url });
    let options = Options { rate: 50.0, more, ..Options::default() };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    let path = format!("/channels/{}", line.id);
    let sessions = sessions(&desk, &ana, &line, 2).await;
    assert!(desk.admin.get(&path).await["health"]["slowed_to"].is_null());
    server.forget();
    let busy = json!({ "code": 20429, "message": "Too Many Requests", "status": 429 });
    server.reply(Reply::json(429, &busy).with("retry-after", "2"));
    let mut news = desk.admin.follow(None).await;
    let began = Instant::now();
    ana.send(&sessions[0], "held").await;
    server.until_asked(1).await;
    assert_eq!(news.next("channel_changed").await["channel_id"], line.id.as_str());
    assert_eq!(desk.admin.get(&path).await["health"]["slowed_to"], 0.0);
    server.reply(Reply::json(201, &json!({ "sid": "SM1" })));
    // An edit of the channel is no way round it.
    desk.admin.patch(&path, json!({ "name": "Renamed", "rate": 100.0 })).await;
    let other = ana.send(&sessions[1], "held as well").await;
    ana.until_state(&other, "sent").await;
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    for _ in 0..4 {
        let message = ana.send(&sessions[1], "more").await;
        ana.until_state(&message, "sent").await;
    }
    until("it is as fast as before", || async {
        let channel = desk.admin.get(&path).await;
        (channel["health"]["slowed_to"] == Value::Null).then_some(())
    })
    .await;
}
