//! Twenty pairs of agents at the same sessions at once, two of them of supervisors, and customers
//! who write meanwhile: whoever wins, nothing impossible may be left, and no message may reach a
//! customer twice, one that waited for its time as little as one that was sent at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;
use serde_json::{Value, json};

use deskbell_core::clock;

use crate::support::{Agent, Answer, Desk, Line, key, to_queue, to_user, until};

const PAIRS: usize = 20;
const SESSIONS: usize = 8;
const TURNS: u64 = 18;
/// How a text begins that was written for later.
const LATER: &str = "Later:";
/// Lines that say nothing of who has a session.
const BESIDE: [&str; 9] = [
    "archived",
    "scheduled",
    "unscheduled",
    "sent_early",
    "sent_late",
    "brought_in",
    "cancelled",
    "retried",
    "viewed",
];

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn customer(n: usize) -> String {
    format!("+155555507{n:02}")
}

/// What an agent was told of what they did.
#[derive(Default)]
struct Done {
    /// Texts of the answers that the desk took.
    taken: Vec<String>,
    /// Texts of those that it took for later.
    later: Vec<String>,
    /// Texts of answers that were taken back before they left.
    cancelled: Vec<String>,
    /// Answers by their status.
    statuses: BTreeMap<u16, u32>,
    /// How often something was taken back.
    undone: u32,
}

/// The two of a pair throw the same dice: they do the same to the same customer at the same time.
async fn play(at: usize, agents: Arc<Vec<Agent>>, queues: [String; 2]) -> Done {
    let me = &agents[at];
    let partner = &agents[at ^ 1];
    let mut dice = Dice(at as u64 / 2 + 1);
    let mut done = Done::default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for turn in 0..TURNS {
        let mut mine = None;
        for one in me.folder("recent").await {
            let text = |field: &str| one[field].as_str().unwrap().to_owned();
            if one["owner_id"] == me.id.as_str() {
                mine = Some(text("id"));
            }
            known.insert(text("address"), text("id"));
        }
        let (who, own, what) = (customer(dice.below(SESSIONS)), dice.below(3) > 0, dice.below(26));
        let regrets = dice.below(3);
        // What somebody else has taken meanwhile is tried all the same.
        let Some(session) = mine.as_ref().filter(|_| own).or(known.get(&who)) else { continue };
        let path = |verb: &str| format!("/sessions/{session}/{verb}");
        let answer = match what {
            0..4 => me.try_post(&path("pick-up"), Value::Null).await,
            4..10 => {
                let text = format!("{}, turn {turn}", me.name);
                let answer = me.try_send(session, &text).await;
                if answer.status == 201 {
                    done.taken.push(text);
                }
                answer
            }
            10 | 11 => me.try_post(&path("transfer"), json!({ "to": to_user(&partner.id) })).await,
            12..15 => {
                let queue = &queues[what % 2];
                me.try_post(&path("transfer"), json!({ "to": to_queue(queue) })).await
            }
            15 => me.try_post(&path("end"), Value::Null).await,
            _ => more(me, session, (what, turn), &agents, &mut done).await,
        };
        *done.statuses.entry(answer.status).or_default() += 1;
        if regrets == 0 {
            let undone = me.try_post(&path("undo"), Value::Null).await;
            done.undone += u32::from(undone.status == 200);
        }
    }
    done
}

/// What else people do to sessions, and may do at the same moment.
async fn more(
    me: &Agent,
    session: &str,
    (what, turn): (usize, u64),
    agents: &[Agent],
    done: &mut Done,
) -> Answer {
    let path = |verb: &str| format!("/sessions/{session}/{verb}");
    let text = format!("{}, turn {turn}", me.name);
    let mut body = json!({ "client_key": key(), "text": text });
    match what {
        16 | 17 => me.try_post(&path("take-over"), Value::Null).await,
        18 | 19 => {
            body["text"] = json!(format!("{LATER} {text}"));
            body["send_at"] = json!(clock::now() + 200 + 100 * i64::try_from(turn).unwrap());
            let answer = me.try_post(&path("messages"), body).await;
            if answer.status == 201 {
                done.later.push(format!("{LATER} {text}"));
                if turn % 3 == 0 {
                    let id = answer.json()["id"].as_str().unwrap().to_owned();
                    // Its time may come meanwhile.
                    me.try_post(&format!("/messages/{id}/send-now"), Value::Null).await;
                }
            }
            answer
        }
        20 | 21 => {
            body["then"] = json!(if what == 20 { "archive" } else { "end" });
            let answer = me.try_post(&path("messages"), body).await;
            if answer.status == 201 {
                done.taken.push(text);
            }
            answer
        }
        22 => regret(me, session, body, done).await,
        23 => me.try_put(&path("draft"), json!({ "text": text })).await,
        24 => {
            let named = &agents[usize::try_from(turn).unwrap()].id;
            body["note"] = json!(true);
            body["mentions"] = json!([named]);
            me.try_post(&path("messages"), body).await
        }
        _ => twice(me, session, body, done).await,
    }
}

fn text_of(body: &Value) -> String {
    body["text"].as_str().unwrap().to_owned()
}

/// Sends and takes it back at once: whichever comes first.
async fn regret(me: &Agent, session: &str, body: Value, done: &mut Done) -> Answer {
    let answer = me.try_post(&format!("/sessions/{session}/messages"), body.clone()).await;
    if answer.status != 201 {
        return answer;
    }
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    me.try_post(&format!("/messages/{id}/retry"), Value::Null).await;
    let back = me.try_post(&format!("/messages/{id}/cancel"), Value::Null).await;
    let kept = if back.status == 200 { &mut done.cancelled } else { &mut done.taken };
    kept.push(text_of(&body));
    back
}

/// A double click: the same key on two ways at once.
async fn twice(me: &Agent, session: &str, body: Value, done: &mut Done) -> Answer {
    let way = format!("/sessions/{session}/messages");
    let (one, two) = tokio::join!(me.try_post(&way, body.clone()), me.try_post(&way, body.clone()));
    let news = [&one, &two].into_iter().filter(|answer| answer.status == 201).count();
    assert!(news <= 1, "one message was made twice");
    if news == 1 {
        done.taken.push(text_of(&body));
    }
    if one.status < 300 && two.status < 300 {
        assert_eq!(one.json()["id"], two.json()["id"], "the same key, the same message");
    }
    one
}

/// Customers write again and again meanwhile: to ended sessions, too.
async fn write(desk: &Desk, line: &Line) {
    for n in 0..SESSIONS * 6 {
        desk.says(line, &customer(n % SESSIONS), &format!("Hello {n}")).await;
    }
}

/// Who has a session, as its timeline tells it.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    open: bool,
    by: String,
}

/// Follows a timeline to its end; says what in it cannot be.
fn follow(thread: &[Value], queues: &[(&str, &str)]) -> Held {
    let mut now = Held { open: true, by: String::new() };
    let mut before = Vec::new();
    for entry in thread {
        let author = entry["author_name"].as_str().unwrap_or_default();
        // What waited for its time leaves whoever has the session by then.
        let waited = entry["text"].as_str().is_some_and(|text| text.starts_with(LATER));
        if entry["kind"] == "message" && entry["direction"] == "out" && !waited {
            let waits = queues.iter().any(|(name, _)| *name == now.by);
            assert!(now.open, "{author} wrote into what had ended: {entry}");
            assert!(waits || now.by == author, "{author} wrote into what {} had", now.by);
        }
        let event = &entry["event"];
        let Some(kind) = event["kind"].as_str() else { continue };
        if BESIDE.contains(&kind) {
            continue;
        }
        let was = now.clone();
        match kind {
            "opened" => event["at"].as_str().unwrap().clone_into(&mut now.by),
            "picked_up" => {
                assert_eq!(event["from"], now.by.as_str(), "{author} picked up");
                author.clone_into(&mut now.by);
            }
            "taken_over" => {
                assert_eq!(event["from"], now.by.as_str(), "{author} took over");
                author.clone_into(&mut now.by);
            }
            "transferred" => {
                assert_eq!(event["from"], now.by.as_str(), "{author} transferred");
                event["to"].as_str().unwrap().clone_into(&mut now.by);
            }
            "ended" => now.open = false,
            "undone" => {
                now = before.pop().expect("nothing was there to take back");
                continue;
            }
            other => panic!("nobody did this: {other}"),
        }
        assert!(was.open, "{kind} after the end");
        before.push(was);
    }
    now
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_twenty_pairs_do_at_once_leaves_nothing_impossible_and_nothing_twice() {
    let desk = Desk::start().await;
    let sales = desk.queue("Sales", "manual").await;
    let support = desk.queue("Support", "auto").await;
    let both = [sales.as_str(), support.as_str()];
    let names: Vec<String> = (0..PAIRS * 2).map(|n| format!("Agent{n}")).collect();
    let role = |n: usize| if n < 4 { "supervisor" } else { "agent" };
    let people = names.iter().enumerate().map(|(n, name)| desk.user(name, role(n), &both));
    let agents = Arc::new(join_all(people).await);
    let line = desk.general(&to_queue(&sales)).await;
    for n in 0..SESSIONS {
        desk.says(&line, &customer(n), "Hello").await;
    }
    let plays = (0..agents.len()).map(|at| {
        let queues = [sales.clone(), support.clone()];
        tokio::spawn(play(at, Arc::clone(&agents), queues))
    });
    let plays: Vec<_> = plays.collect();
    write(&desk, &line).await;
    let mut done = Done::default();
    for played in plays {
        let one = played.await.unwrap();
        done.taken.extend(one.taken);
        done.later.extend(one.later);
        done.cancelled.extend(one.cancelled);
        done.undone += one.undone;
        for (status, times) in one.statuses {
            *done.statuses.entry(status).or_default() += times;
        }
    }
    let expected = [200, 201, 204, 403, 404, 409, 422];
    assert!(done.statuses.keys().all(|one| expected.contains(one)), "{:?}", done.statuses);
    assert!(done.taken.len() >= 20, "they really got at it: {:?}", done.statuses);
    assert!(done.statuses.get(&409).is_some_and(|lost| *lost >= 20), "{:?}", done.statuses);
    assert!(done.undone >= 5, "and took things back: {}", done.undone);
    assert!(done.later.len() >= 5, "and wrote for later: {}", done.later.len());
    settled(&desk, &done).await;
    possible(&desk).await;
    told(&desk).await;
}

/// Everything that was taken reaches the provider once, and nothing else does: not what was taken
/// back, and what waited for its time unless its session ended before.
async fn settled(desk: &Desk, done: &Done) {
    let on_its_way = "SELECT (SELECT count(*) FROM scheduled_messages) + \
        (SELECT count(*) FROM messages WHERE state IN ('queued', 'sending'))";
    until("nothing is on its way", || async {
        let left: i64 = number(desk, on_its_way).await;
        (left == 0).then_some(())
    })
    .await;
    let mut sent: Vec<_> = desk.simulator.sent().into_iter().filter_map(|one| one.text).collect();
    sent.sort();
    let mut left: Vec<String> = texts(desk, "state NOT IN ('failed', 'cancelled')").await;
    left.sort();
    assert_eq!(sent, left, "the provider has each of them once");
    for text in &done.taken {
        assert!(sent.contains(text), "taken and not sent: {text}");
    }
    for text in &done.cancelled {
        assert!(!sent.contains(text), "taken back and sent: {text}");
    }
    let unsent = texts(desk, "state IN ('failed', 'cancelled')").await;
    for text in &done.later {
        let stands = sent.contains(text) != unsent.contains(text);
        assert!(stands, "neither sent at its time nor kept unsent with its session: {text}");
    }
}

async fn number(desk: &Desk, sql: &'static str) -> i64 {
    let read = desk.app().db().read(move |c| Ok(c.query_row(sql, [], |row| row.get(0))?));
    read.await.unwrap()
}

/// Texts of messages to customers.
async fn texts(desk: &Desk, condition: &'static str) -> Vec<String> {
    let read = desk.app().db().read(move |c| {
        let mut statement = c.prepare(&format!(
            "SELECT body FROM messages WHERE direction = 'out' AND kind = 'message' AND {condition}"
        ))?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<String>, _>>()?)
    });
    read.await.unwrap()
}

/// What no desk may ever hold, asked of the store itself.
async fn possible(desk: &Desk) {
    let impossible = [
        (
            "two open sessions of one key",
            "SELECT count(*) FROM (SELECT 1 FROM sessions WHERE status = 'open' \
             GROUP BY channel_id, number_id, identity_id HAVING count(*) > 1)",
        ),
        (
            "held by nobody",
            "SELECT count(*) FROM sessions WHERE owner_id IS NULL AND queue_id IS NULL",
        ),
        (
            "an owner who knows nothing of it",
            "SELECT count(*) FROM sessions s WHERE s.owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 \
             FROM session_marks m WHERE m.session_id = s.id AND m.user_id = s.owner_id AND m.took_part = 1)",
        ),
        (
            "open with an end, or ended without one",
            "SELECT count(*) FROM sessions WHERE (status = 'open') <> (closed_at IS NULL)",
        ),
        (
            "counts that are wrong",
            "SELECT count(*) FROM sessions s WHERE messages_out <> (SELECT count(*) FROM messages m \
             WHERE m.session_id = s.id AND m.direction = 'out')",
        ),
        (
            "one client key, two messages",
            "SELECT count(*) FROM (SELECT 1 FROM messages WHERE client_key IS NOT NULL \
             GROUP BY client_key HAVING count(*) > 1)",
        ),
        (
            "a message that waits and has left",
            "SELECT count(*) FROM scheduled_messages s JOIN messages m ON m.id = s.id",
        ),
        (
            "a draft of nobody's session",
            "SELECT count(*) FROM drafts d LEFT JOIN sessions s ON s.id = d.session_id \
             WHERE s.id IS NULL",
        ),
        (
            "somebody named by no note",
            "SELECT count(*) FROM mentions n WHERE NOT EXISTS (SELECT 1 FROM messages m \
             WHERE m.session_id = n.session_id AND m.seq = n.seq AND m.kind = 'note')",
        ),
        (
            "a line that no event told",
            "SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM events e \
             WHERE e.event ->> 'kind' = 'message_added' AND e.event ->> 'message_id' = m.id)",
        ),
    ];
    for (what, sql) in impossible {
        assert_eq!(number(desk, sql).await, 0, "{what}");
    }
}

/// Every timeline leads to whoever has the session.
async fn told(desk: &Desk) {
    let queues = [("Sales", "manual"), ("Support", "auto")];
    let ids: Vec<String> = desk
        .app()
        .db()
        .read(|c| {
            let mut statement = c.prepare("SELECT id FROM sessions")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    assert!(ids.len() >= SESSIONS);
    for id in ids {
        let session = desk.admin.get(&format!("/sessions/{id}")).await;
        let thread = desk.admin.thread(&id).await;
        assert!(thread.len() < 200, "the whole thread is here");
        let thread: Vec<Value> =
            thread.into_iter().filter(|entry| entry["event"]["kind"] != "viewed").collect();
        let holder = session["owner_name"].as_str().or(session["queue_name"].as_str()).unwrap();
        let held = Held { open: session["status"] == "open", by: holder.to_owned() };
        assert_eq!(follow(&thread, &queues), held, "{thread:#?}");
    }
}
