//! What one user's lists show: archive, remove, end, silence, unread.

use deskbell_core::{clock, timers};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";
const HOUR: i64 = 3_600_000;

/// A desk with a shared queue, two agents of it, and a session in it.
async fn desk() -> (Desk, [Agent; 2], Line, String) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "none").await;
    let agents = [desk.agent("Ana", &[&queue]).await, desk.agent("Ben", &[&queue]).await];
    let options = Options { more: json!({ "auto_close_days": 1 }), ..Options::default() };
    let line = desk.general_with(&to_queue(&queue), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = agents[0].session_with(CUSTOMER).await;
    (desk, agents, line, session)
}

async fn lists(agent: &Agent) -> (usize, usize) {
    (agent.folder("recent").await.len(), agent.folder("archived").await.len())
}

#[tokio::test]
async fn the_archive_is_each_users_own_and_the_customer_opens_it() {
    let (desk, [ana, ben], line, session) = desk().await;
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 1), (1, 0)));
    desk.says(&line, CUSTOMER, "One more thing").await;
    assert_eq!(lists(&ana).await, (1, 0));
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    ana.post(&format!("/sessions/{session}/unarchive"), Value::Null).await;
    assert_eq!(lists(&ana).await, (1, 0));
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    ana.send(&session, "Here you are").await;
    assert_eq!(lists(&ana).await, (1, 0), "writing brings it back, too");
    let timeline = ana.timeline(&session).await;
    assert_eq!(timeline, ["opened", "archived", "archived", "unarchived", "archived"]);
}

#[tokio::test]
async fn a_removed_session_is_hidden_from_one_user_until_the_customer_writes() {
    let (desk, [ana, ben], line, session) = desk().await;
    ana.post(&format!("/sessions/{session}/remove"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 0), (1, 0)));
    let still = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(still["status"], "open", "it is hidden, not ended");
    desk.says(&line, CUSTOMER, "Hello again").await;
    assert_eq!(lists(&ana).await, (1, 0));
}

#[tokio::test]
async fn what_was_removed_stays_removed_when_it_ends_and_the_next_one_shows() {
    let (desk, [ana, ben], line, mut session) = desk().await;
    for by_silence in [false, true] {
        ana.post(&format!("/sessions/{session}/remove"), Value::Null).await;
        if by_silence {
            timers::run(desk.app(), clock::now() + 25 * HOUR).await.unwrap();
        } else {
            ben.post(&format!("/sessions/{session}/end"), Value::Null).await;
        }
        assert_eq!(lists(&ana).await, (0, 0), "by silence: {by_silence}");
        assert!(ben.folder("archived").await.iter().any(|one| one["id"] == session.as_str()));
        desk.says(&line, CUSTOMER, "Hello again").await;
        assert_eq!(lists(&ana).await, (1, 0), "by silence: {by_silence}");
        let next = ana.only_session("recent").await["id"].as_str().unwrap().to_owned();
        assert_ne!(next, session);
        session = next;
    }
}

#[tokio::test]
async fn the_end_moves_a_session_to_the_archive_of_all_who_saw_it() {
    let (desk, [ana, ben], _, session) = desk().await;
    let late = desk.agent("Cleo", &[]).await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 1), (0, 1)));
    assert_eq!(lists(&late).await, (0, 0));
    assert_eq!(ben.try_get(&format!("/sessions/{session}")).await.status, 200);
    assert_eq!(late.try_get(&format!("/sessions/{session}")).await.status, 404);
    assert_eq!(ben.try_send(&session, "too late").await.refusal(), "409 session_closed");
    let again = ana.try_post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(again.refusal(), "409 session_closed");
}

#[tokio::test]
async fn silence_ends_a_session_after_the_days_of_its_channel() {
    let (desk, [ana, ben], _, session) = desk().await;
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    let now = clock::now();
    timers::run(desk.app(), now + 23 * HOUR).await.unwrap();
    assert_eq!(ben.get(&format!("/sessions/{session}")).await["status"], "open");
    timers::run(desk.app(), now + 25 * HOUR).await.unwrap();
    for agent in [&ana, &ben] {
        let ended = agent.get(&format!("/sessions/{session}")).await;
        assert_eq!((&ended["status"], &ended["closed_by"]), (&json!("closed"), &json!("silence")));
        assert_eq!(lists(agent).await, (0, 1), "archived ones end too");
    }
    let thread = ben.thread(&session).await;
    let last = thread.last().unwrap();
    assert_eq!(last["event"], json!({ "kind": "ended", "by": "silence" }));
    assert!(last["author_id"].is_null());
}

#[tokio::test]
async fn unread_counts_what_this_user_has_not_seen() {
    let (desk, [ana, ben], line, session) = desk().await;
    desk.says(&line, CUSTOMER, "Anybody?").await;
    let unread = async |agent: &Agent| agent.only_session("recent").await["unread"].clone();
    assert_eq!((unread(&ana).await, unread(&ben).await), (json!(2), json!(2)));
    let thread = ana.said(&session).await;
    let read = format!("/sessions/{session}/read");
    ana.post(&read, json!({ "seq": thread[0]["seq"] })).await;
    assert_eq!(unread(&ana).await, 1);
    ana.post(&read, json!({ "seq": i64::MAX })).await;
    ana.post(&read, json!({ "seq": 0 })).await;
    assert_eq!(
        (unread(&ana).await, unread(&ben).await),
        (json!(0), json!(2)),
        "it never goes back"
    );
    desk.says(&line, CUSTOMER, "Hello?").await;
    assert_eq!(unread(&ana).await, 1);
}

#[tokio::test]
async fn lists_and_threads_come_in_pages_without_gaps() {
    let (desk, [ana, _], line, session) = desk().await;
    for n in 0..25 {
        desk.says(&line, &format!("+155555506{n:02}"), "Hello").await;
        desk.says(&line, CUSTOMER, &format!("message {n}")).await;
    }
    let (mut cursor, mut ids) = (String::new(), Vec::new());
    loop {
        let page = ana.get(&format!("/sessions?folder=recent&limit=7{cursor}")).await;
        let sessions = page["sessions"].as_array().unwrap();
        ids.extend(sessions.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(ids.len(), 26);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 26);
    let (mut before, mut texts) = (String::new(), Vec::new());
    loop {
        let part = ana.get(&format!("/sessions/{session}/messages?limit=6{before}")).await;
        let messages = part["messages"].as_array().unwrap();
        texts.splice(0..0, messages.iter().map(|one| one["seq"].as_i64().unwrap()));
        if part["more"] == false {
            break;
        }
        before = format!("&before={}", messages[0]["seq"]);
    }
    assert_eq!(texts.len(), 27, "26 messages and the line that it was opened");
    assert!(texts.is_sorted());
    let found = ana.get("/sessions?folder=recent&q=5550623").await;
    assert_eq!(found["sessions"].as_array().unwrap().len(), 1);
}

/// Addresses that a list gives, in its order, page by page.
async fn listed(agent: &Agent, query: &str, limit: usize) -> Vec<String> {
    let (mut cursor, mut found) = (String::new(), Vec::new());
    loop {
        let page = agent.get(&format!("/sessions?{query}&limit={limit}{cursor}")).await;
        let sessions = page["sessions"].as_array().unwrap();
        assert!(sessions.len() <= limit);
        found.extend(sessions.iter().map(|one| one["address"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

/// The customers `n` of [`crowd`], by their addresses.
fn customers(numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|n| format!("+1555555060{n}")).collect()
}

/// A queue that is picked up from, two agents, and five customers who wrote one after the other.
async fn crowd() -> (Desk, [Agent; 2], Line, Vec<String>) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let agents = [desk.agent("Ana", &[&queue]).await, desk.agent("Ben", &[&queue]).await];
    let line = desk.general(&to_queue(&queue)).await;
    let mut sessions = Vec::new();
    for n in 0..5 {
        let customer = &customers(&[n])[0];
        desk.says(&line, customer, &format!("Hello from {n}")).await;
        sessions.push(agents[0].session_with(customer).await);
        // Each of them at a time of their own, whatever the clock's steps are.
        let age = 10_000 - i64::try_from(n).unwrap() * 1_000;
        let sql = format!(
            "UPDATE sessions SET last_message_at = last_message_at - {age}, \
             waiting_since = waiting_since - {age} WHERE id = '{}'",
            sessions[n]
        );
        desk.app().db().write(move |tx| Ok(tx.execute(&sql, [])?)).await.unwrap();
    }
    (desk, agents, line, sessions)
}

#[tokio::test]
async fn each_order_comes_in_pages_without_gaps() {
    let (_desk, [ana, _], _, sessions) = crowd().await;
    ana.post(&format!("/sessions/{}/pick-up", sessions[1]), Value::Null).await;
    ana.send(&sessions[1], "Here you are").await;
    for limit in [1, 2, 3, 50] {
        let order = async |query: &str| listed(&ana, query, limit).await;
        assert_eq!(order("folder=recent").await, customers(&[1, 4, 3, 2, 0]));
        assert_eq!(order("folder=recent&sort=newest").await, customers(&[1, 4, 3, 2, 0]));
        assert_eq!(order("folder=recent&sort=oldest").await, customers(&[0, 2, 3, 4, 1]));
        // Who waits comes first, the longest wait before all; who was answered comes after them.
        assert_eq!(order("folder=recent&sort=waiting").await, customers(&[0, 2, 3, 4, 1]));
        assert_eq!(order("folder=unowned").await, customers(&[0, 2, 3, 4]));
        assert_eq!(order("folder=unowned&sort=newest").await, customers(&[4, 3, 2, 0]));
    }
}

#[tokio::test]
async fn filters_narrow_a_list_and_combine() {
    let (desk, [ana, ben], line, sessions) = crowd().await;
    ana.post(&format!("/sessions/{}/pick-up", sessions[0]), Value::Null).await;
    ana.send(&sessions[0], "Here you are").await;
    ana.post(&format!("/sessions/{}/read", sessions[1]), json!({ "seq": i64::MAX })).await;
    let file = ana.upload("menu.txt", b"cake".to_vec()).await;
    let note = json!({ "client_key": "note-with-a-file", "note": true, "text": "Menu", "file_ids": [file] });
    ana.post(&format!("/sessions/{}/messages", sessions[2]), note).await;
    let [vip, late] = ["VIP", "Late"].map(|name| json!({ "name": name, "colour": "red" }));
    let vip = ana.post("/labels", vip).await["id"].as_str().unwrap().to_owned();
    let late = ana.post("/labels", late).await["id"].as_str().unwrap().to_owned();
    for (at, labels) in [(2, vec![&vip]), (3, vec![&vip, &late])] {
        ana.put(&format!("/sessions/{}/labels", sessions[at]), json!({ "labels": labels })).await;
    }
    let other = desk.general(&to_queue(&desk.queue("Repairs", "manual").await)).await;
    desk.says(&other, CUSTOMER, "Elsewhere").await;
    let queue = ana.get(&format!("/sessions/{}", sessions[0])).await["queue_id"].clone();
    let at = async |n: usize| {
        ana.get(&format!("/sessions/{}", sessions[n])).await["last_message_at"].as_i64().unwrap()
    };
    let (first, third) = (at(1).await, at(3).await);
    let all = format!("queue={}", queue.as_str().unwrap());
    let channel = format!("channel={}&unread=true", line.id);
    let owner = format!("owner={}", ana.id);
    let labels = [format!("label={vip}"), format!("label={vip},{late}")];
    let times = format!("after={first}&before={third}");
    let rows: [(&str, &[usize]); 15] = [
        (&all, &[0, 4, 3, 2, 1]),
        (&channel, &[4, 3, 2]),
        ("owner=me", &[0]),
        ("owner=none", &[4, 3, 2, 1]),
        (&owner, &[0]),
        (&labels[0], &[3, 2]),
        (&labels[1], &[3]),
        ("unanswered=true", &[4, 3, 2, 1]),
        ("unanswered=true&unread=false&sort=oldest", &[1, 2, 3, 4]),
        ("has_file=true", &[2]),
        (&times, &[2, 1]),
        ("direction=out", &[0]),
        ("direction=in&q=from%203", &[3]),
        ("status=open&owner=none&has_file=true", &[2]),
        ("status=closed", &[]),
    ];
    for (query, expected) in rows {
        let found = listed(&ana, &format!("folder=recent&{query}"), 2).await;
        assert_eq!(found, customers(expected), "{query}");
    }
    assert_eq!(
        listed(&ben, "folder=recent&unread=true", 50).await.len(),
        4,
        "unread is each one’s own"
    );
    for wrong in ["owner=somebody", "label=x", "sort=colour", "after=9&before=9", "colour=red"] {
        let refused = ana.try_get(&format!("/sessions?folder=recent&{wrong}")).await.status;
        assert!((400..500).contains(&refused), "{wrong}: {refused}");
    }
}

#[tokio::test]
async fn what_ended_is_found_in_the_archive_and_by_supervisors_in_all() {
    let (desk, [ana, _], _, sessions) = crowd().await;
    ana.post(&format!("/sessions/{}/archive", sessions[0]), Value::Null).await;
    ana.post(&format!("/sessions/{}/end", sessions[1]), Value::Null).await;
    assert_eq!(listed(&ana, "folder=archived", 50).await, customers(&[1, 0]));
    assert_eq!(listed(&ana, "folder=archived&status=closed", 50).await, customers(&[1]));
    assert_eq!(listed(&ana, "folder=archived&status=open", 50).await, customers(&[0]));
    let sam = desk.supervisor("Sam").await;
    assert_eq!(listed(&sam, "folder=all&status=closed", 50).await, customers(&[1]));
    assert_eq!(listed(&sam, "folder=all", 2).await, customers(&[4, 3, 2, 0]));
    assert_eq!(ana.try_get("/sessions?folder=all&status=closed").await.status, 403);
}

#[tokio::test]
async fn what_a_campaign_began_is_apart_until_the_customer_answers() {
    let (desk, [ana, ben], line, sessions) = crowd().await;
    ana.post(&format!("/sessions/{}/pick-up", sessions[1]), Value::Null).await;
    let sql = format!(
        "UPDATE sessions SET campaign_id = 'spring', messages_in = 0, waiting_since = NULL \
         WHERE id IN ('{}', '{}')",
        sessions[0], sessions[1]
    );
    desk.app().db().write(move |tx| Ok(tx.execute(&sql, [])?)).await.unwrap();
    assert_eq!(listed(&ana, "folder=campaign", 50).await, customers(&[1, 0]));
    assert_eq!(listed(&ben, "folder=campaign", 50).await, customers(&[0]), "who holds it");
    assert_eq!(listed(&ana, "folder=recent", 50).await, customers(&[4, 3, 2]));
    assert_eq!(listed(&ana, "folder=mine", 50).await.len(), 0);
    assert_eq!(listed(&ana, "folder=unowned", 50).await, customers(&[2, 3, 4]));
    let counts = ana.get("/sessions/counts").await;
    assert_eq!(
        (&counts["campaign"], &counts["recent"], &counts["mine"]),
        (&json!(2), &json!(3), &json!(0))
    );
    desk.says(&line, &customers(&[1])[0], "Yes, please").await;
    assert_eq!(listed(&ana, "folder=mine", 50).await, customers(&[1]));
    assert_eq!(listed(&ana, "folder=recent", 50).await, customers(&[1, 4, 3, 2]));
    assert_eq!(listed(&ana, "folder=campaign", 50).await, customers(&[1, 0]));
}

#[tokio::test]
async fn names_are_found_in_the_list_in_any_letters() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, "+15555550123", "Hello").await;
    let session = ana.session_with("+15555550123").await;
    let contact = ana.get(&format!("/sessions/{session}")).await["contact_id"].clone();
    let path = format!("/contacts/{}", contact.as_str().unwrap());
    ana.patch(&path, json!({ "name": "Ömer ÇELİK Ünal" })).await;
    for (words, found) in [
        ("%C3%96mer", 1),
        ("%C3%B6mer", 1),
        ("omer", 1),
        ("%C3%BCnal", 1),
        ("celik", 1),
        ("ozan", 0),
    ] {
        let page = ana.get(&format!("/sessions?folder=recent&q={words}")).await;
        assert_eq!(page["sessions"].as_array().unwrap().len(), found, "{words}");
    }
}
