//! Search over everything: what is found, by whom, and how the index keeps up.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, Line, key, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";
const OTHER: &str = "+15555550199";

/// Waits until the index holds everything that is in the database.
async fn indexed(desk: &Desk) {
    let index = desk.app().index().clone();
    let whole = move || while index.follow().unwrap().more {};
    tokio::task::spawn_blocking(whole).await.unwrap();
}

async fn try_search(agent: &Agent, pairs: &[(&str, &str)]) -> Answer {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    agent.try_get(&format!("/search?{query}")).await
}

async fn search(agent: &Agent, pairs: &[(&str, &str)]) -> Vec<Value> {
    try_search(agent, pairs).await.ok()["hits"].as_array().unwrap().clone()
}

/// Texts of the messages that are found, with marks around what was looked for.
async fn messages(agent: &Agent, q: &str) -> Vec<String> {
    search(agent, &[("in", "messages"), ("q", q)])
        .await
        .iter()
        .map(|hit| marked(&hit["text"]))
        .collect()
}

fn marked(pieces: &Value) -> String {
    let pieces = pieces.as_array().unwrap().iter();
    pieces
        .map(|piece| {
            let text = piece["text"].as_str().unwrap();
            if piece["hit"] == true { format!("[{text}]") } else { text.to_owned() }
        })
        .collect()
}

/// Ana and her session, Ben and his, both with the word cake; a queue that only Ben is in.
async fn two_agents() -> (Desk, [Agent; 2], [Line; 2]) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let agents = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[&queue]).await];
    let lines = [desk.twilio(&to_user(&agents[0].id)).await, desk.general(&to_queue(&queue)).await];
    desk.says(&lines[0], CUSTOMER, "A cake for Ana").await;
    desk.says(&lines[1], OTHER, "A cake for the queue").await;
    indexed(&desk).await;
    (desk, agents, lines)
}

#[tokio::test]
async fn an_agent_finds_only_what_they_may_see() {
    let (desk, [ana, ben], _) = two_agents().await;
    assert_eq!(messages(&ana, "cake").await, ["A [cake] for Ana"]);
    assert_eq!(messages(&ben, "cake").await, ["A [cake] for the queue"]);
    let session = ben.session_with(OTHER).await;
    ben.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    let note = json!({ "client_key": key(), "text": "The cake is secret", "note": true });
    ben.post(&format!("/sessions/{session}/messages"), note).await;
    indexed(&desk).await;
    assert_eq!(messages(&ana, "secret").await, Vec::<String>::new());
    assert_eq!(messages(&ben, "secret").await, ["The cake is [secret]"]);
    for (within, q) in [("sessions", "cake"), ("files", "cake"), ("messages", "secret")] {
        for hit in search(&ana, &[("in", within), ("q", q)]).await {
            assert_ne!(hit["session"]["id"], session.as_str(), "{within}");
        }
    }
    let inside = [("in", "messages"), ("q", "cake"), ("session", session.as_str())];
    assert_eq!(search(&ana, &inside).await, Vec::<Value>::new());
    let counts = ana.get("/search/counts?q=cake").await;
    assert_eq!(
        (&counts["messages"]["count"], &counts["sessions"]["count"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(ana.get("/sessions?folder=recent&q=secret").await["sessions"], json!([]));
    // It goes to Ana, with all that was said in it, and leaves Ben.
    ben.post(&format!("/sessions/{session}/transfer"), json!({ "to": to_user(&ana.id) })).await;
    assert_eq!(messages(&ana, "secret").await.len(), 1);
    assert_eq!(messages(&ben, "cake").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_supervisor_finds_everything_and_what_leaves_is_a_look() {
    let (desk, [ana, _], _) = two_agents().await;
    let vera = desk.supervisor("Vera").await;
    let session = ana.session_with(CUSTOMER).await;
    let looks = || async {
        let timeline = ana.timeline(&session).await;
        timeline.iter().filter(|kind| *kind == "viewed").count()
    };
    let found = search(&vera, &[("in", "sessions"), ("q", "cake")]).await;
    assert_eq!((found.len(), looks().await), (2, 0), "a row of a list is no look");
    assert_eq!(messages(&vera, "nothing of the kind").await, Vec::<String>::new());
    assert_eq!(looks().await, 0, "nothing left, nothing was seen");
    assert_eq!(messages(&vera, "cake").await.len(), 2);
    assert_eq!(messages(&vera, "cake").await.len(), 2);
    assert_eq!(looks().await, 1, "looks of an hour are one");
    assert_eq!(messages(&ana, "cake").await.len(), 1);
    assert_eq!(looks().await, 1, "the owner looks at their own");
}

#[tokio::test]
async fn words_are_found_as_people_type_them() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let said = [
        "Crème brûlée for Łukasz, please",
        "你好,世界! 我要蛋糕",
        "안녕하세요 케이크",
        "Call me at +49 170 123-4567",
        "Thank you very much",
        "You have to thank her",
    ];
    for text in said {
        desk.says(&line, CUSTOMER, text).await;
    }
    indexed(&desk).await;
    let table = [
        ("creme", "[Crème] brûlée for Łukasz, please"),
        ("BRULEE lukasz", "Crème [brûlée] for [Łukasz], please"),
        ("bru", "Crème [brûlée] for Łukasz, please"),
        ("世界", "你好,[世界]! 我要蛋糕"),
        ("蛋", "你好,世界! 我要[蛋]糕"),
        ("케이", "안녕하세요 [케이]크"),
        ("+491701234567", "Call me at [+49 170 123-4567]"),
        ("49170", "Call me at [+49 170 123-4567]"),
        ("0170 123 4567", "Call me at [+49 170 123-4567]"),
        ("1701234567", "Call me at [+49 170 123-4567]"),
        ("\"thank you\"", "[Thank you] very much"),
        ("much thank", "[Thank] you very [much]"),
    ];
    for (q, expected) in table {
        assert_eq!(messages(&ana, q).await, [expected], "{q}");
    }
    for nothing in ["世好", "rème", "\"you thank\"", "brulee much", "!", "   "] {
        assert_eq!(messages(&ana, nothing).await, Vec::<String>::new(), "{nothing}");
    }
}

#[tokio::test]
async fn nothing_that_is_typed_is_an_operator() {
    let (desk, [ana, _], lines) = two_agents().await;
    desk.says(&lines[0], CUSTOMER, "near OR not <b>bold</b> body: files").await;
    indexed(&desk).await;
    for typed in [
        "\"",
        "\"\"",
        "'",
        "*",
        "cake*",
        "-cake",
        "(cake",
        "cake)",
        "^cake",
        "NEAR(cake Ana, 2)",
        "cake NOT",
        "body : cake",
        "{body place} : cake",
        "a + b",
        "\\",
        "%",
        "_",
        ";",
        "--",
        "cake \"",
        "🎂",
        "\u{202e}",
        "place:sabc",
        "files",
    ] {
        let answer = try_search(&ana, &[("in", "messages"), ("q", typed)]).await;
        assert!(answer.status == 200 || answer.status == 422, "{typed}: {}", answer.text);
        for within in ["sessions", "contacts", "files"] {
            let answer = try_search(&ana, &[("in", within), ("q", typed)]).await;
            assert!(answer.status == 200 || answer.status == 422, "{typed}: {}", answer.text);
        }
    }
    assert_eq!(messages(&ana, "cake NOT Ana").await, Vec::<String>::new(), "not is a word");
    assert_eq!(messages(&ana, "<b>").await, ["near OR not <[b]>bold</[b]> body: files"]);
    let long = "x".repeat(201);
    for wrong in [("q", long.as_str()), ("limit", "0"), ("limit", "101"), ("cursor", "x")] {
        let answer = try_search(&ana, &[("in", "messages"), wrong]).await;
        assert_eq!(answer.refusal(), "422 invalid", "{wrong:?}");
    }
    assert_eq!(try_search(&ana, &[("in", "secrets")]).await.status, 400);
    assert_eq!(messages(&ana, &"cake ".repeat(40)).await.len(), 1);
}

#[tokio::test]
async fn pages_have_no_gaps_and_filters_narrow_them() {
    let (desk, [ana, ben], lines) = two_agents().await;
    for n in 0..45 {
        desk.says(&lines[0], CUSTOMER, &format!("Order number {n}")).await;
    }
    let session = ana.session_with(CUSTOMER).await;
    let file = ana.upload("Invoice März.pdf", b"%PDF-1.4 order".to_vec()).await;
    let body = json!({ "client_key": key(), "text": "Your order", "file_ids": [file] });
    ana.post(&format!("/sessions/{session}/messages"), body).await;
    indexed(&desk).await;
    let (mut cursor, mut places) = (None::<String>, Vec::new());
    loop {
        let mut pairs = vec![("in", "messages"), ("q", "order"), ("limit", "7")];
        pairs.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = try_search(&ana, &pairs).await.ok();
        let hits = page["hits"].as_array().unwrap();
        places.extend(hits.iter().map(|hit| hit["seq"].as_i64().unwrap()));
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(places.len(), 46);
    assert!(places.is_sorted_by(|a, b| a > b), "newest first, each once: {places:?}");
    let count = |more: &'static [(&str, &str)]| {
        let pairs = [&[("in", "messages"), ("q", "order"), ("limit", "100")], more].concat();
        let ana = ana.clone();
        async move { search(&ana, &pairs).await.len() }
    };
    assert_eq!(count(&[("direction", "out")]).await, 1);
    assert_eq!(count(&[("direction", "in")]).await, 45);
    assert_eq!(count(&[("has_file", "true")]).await, 1);
    assert_eq!(count(&[("before", "1000")]).await, 0);
    assert_eq!(count(&[("after", "1000")]).await, 46);
    let by = |author: String| {
        let ana = ana.clone();
        async move {
            search(&ana, &[("in", "messages"), ("q", "order"), ("author", &author)]).await.len()
        }
    };
    assert_eq!((by(ana.id.clone()).await, by(ben.id.clone()).await), (1, 0));
    let channel = lines[1].id.clone();
    assert_eq!(search(&ana, &[("in", "messages"), ("channel", &channel)]).await.len(), 0);
    let files = search(&ana, &[("in", "files"), ("q", "marz inv")]).await;
    assert_eq!(files.len(), 1);
    assert_eq!(marked(&files[0]["name"]), "[Invoice] [März].pdf");
    assert_eq!(files[0]["message"]["session"]["id"], session.as_str());
}

#[tokio::test]
async fn contacts_are_found_by_any_of_what_is_known_and_what_changes_follows() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.only_session("mine").await;
    let path = format!("/contacts/{}", session["contact_id"].as_str().unwrap());
    let card = json!({
        "name": "Véra Novák", "company": "Novák & Co", "email": "vera@example.com",
        "remarks": "Likes rye bread",
    });
    ana.patch(&path, card).await;
    indexed(&desk).await;
    let contacts = |q: &'static str| {
        let ana = ana.clone();
        async move { search(&ana, &[("in", "contacts"), ("q", q)]).await }
    };
    for q in
        ["vera", "novak", "vera@exa", "rye", "0123", "5555550123", "+1 555 555-0123", "555 0123"]
    {
        let found = contacts(q).await;
        assert_eq!(found.len(), 1, "{q}");
        assert_eq!(found[0]["contact"]["id"], session["contact_id"], "{q}");
    }
    assert_eq!(marked(&contacts("vera").await[0]["name"]), "[Véra] Novák");
    assert_eq!(marked(&contacts("0123").await[0]["also"][0]), "+1555555[0123]");
    let by_customer = search(&ana, &[("in", "sessions"), ("q", "novak")]).await;
    assert_eq!(by_customer[0]["session"]["id"], session["id"]);
    ana.patch(&path, json!({ "name": "Olga" })).await;
    ana.post(&format!("{path}/identities"), json!({ "phone": "+15555550177" })).await;
    indexed(&desk).await;
    assert_eq!(contacts("olga").await.len(), 1);
    assert_eq!(
        contacts("vera novak").await.len(),
        1,
        "e-mail address and company are as they were"
    );
    assert_eq!(contacts("véra olga rye").await.len(), 1);
    assert_eq!(contacts("550177").await.len(), 1);
}

#[tokio::test]
async fn the_list_finds_words_that_were_said_long_ago() {
    let (desk, [ana, _], lines) = two_agents().await;
    for n in 0..5 {
        desk.says(&lines[0], CUSTOMER, &format!("Something else {n}")).await;
    }
    indexed(&desk).await;
    let found = ana.get("/sessions?folder=recent&q=cake").await;
    assert_eq!(found["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(ana.get("/sessions?folder=recent&q=pie").await["sessions"], json!([]));
}

/// The index as it lies on the disk.
fn index_of(folder: &Path) -> std::path::PathBuf {
    folder.join("search.db")
}

#[tokio::test]
async fn the_index_goes_on_where_it_stopped_and_begins_anew_where_it_must() {
    let (mut desk, [ana, _], lines) = two_agents().await;
    let file = index_of(desk.folder.path());
    desk.stop().await;
    let early = std::fs::read(&file).unwrap();
    desk.restart_stopped().await;
    desk.says(&lines[0], CUSTOMER, "Another cake").await;
    indexed(&desk).await;
    assert_eq!(messages(&ana, "cake").await.len(), 2);
    // As after a loss of power: the newest commits of the index are gone.
    desk.stop().await;
    std::fs::write(&file, &early).unwrap();
    desk.restart_stopped().await;
    indexed(&desk).await;
    assert_eq!(messages(&ana, "cake").await.len(), 2);
    // Somebody deleted it, or it is no index at all.
    for wrong in [None, Some("this is not a database, although it is long enough to be read")] {
        desk.stop().await;
        match wrong {
            None => std::fs::remove_file(&file).unwrap(),
            Some(text) => std::fs::write(&file, text).unwrap(),
        }
        desk.restart_stopped().await;
        indexed(&desk).await;
        assert_eq!(messages(&ana, "cake").await.len(), 2);
        assert_eq!(search(&ana, &[("in", "contacts"), ("q", "0123")]).await.len(), 1);
    }
    // It is of another desk.
    let (mut other, [olga, _], other_lines) = two_agents().await;
    for n in 0..9 {
        other.says(&other_lines[0], CUSTOMER, &format!("A pie {n}")).await;
    }
    indexed(&other).await;
    other.stop().await;
    desk.stop().await;
    std::fs::copy(index_of(other.folder.path()), &file).unwrap();
    desk.restart_stopped().await;
    indexed(&desk).await;
    assert_eq!((messages(&ana, "pie").await.len(), messages(&ana, "cake").await.len()), (0, 2));
    drop(olga);
}

#[tokio::test]
async fn a_thread_opens_around_a_place() {
    let (desk, [ana, _], lines) = two_agents().await;
    for n in 0..60 {
        desk.says(&lines[0], CUSTOMER, &format!("Line {n}")).await;
    }
    indexed(&desk).await;
    let hit = search(&ana, &[("in", "messages"), ("q", "\"line 30\"")]).await.remove(0);
    let session = hit["session"]["id"].as_str().unwrap();
    let seq = hit["seq"].as_i64().unwrap();
    let part = ana.get(&format!("/sessions/{session}/messages?around={seq}&limit=20")).await;
    let texts: Vec<&str> = part["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert_eq!((texts.len(), texts[10]), (20, "Line 30"));
    assert_eq!((&part["more"], &part["newer"]), (&json!(true), &json!(true)));
    let both = format!("/sessions/{session}/messages?around={seq}&after=1");
    assert_eq!(ana.try_get(&both).await.refusal(), "422 invalid");
    let stranger = desk.agent("Cleo", &[]).await;
    let path = format!("/sessions/{session}/messages?around={seq}");
    assert_eq!(stranger.try_get(&path).await.status, 404);
}

#[tokio::test]
async fn saved_searches_are_each_users_own() {
    let (_desk, [ana, ben], _) = two_agents().await;
    let new = json!({ "name": "Open invoices", "in": "files", "search": { "q": "invoice", "has_file": true } });
    let saved = ana.post("/saved-searches", new).await;
    assert_eq!((&saved["in"], &saved["search"]["q"]), (&json!("files"), &json!("invoice")));
    assert_eq!(ana.get("/saved-searches").await, json!([saved]));
    assert_eq!(ben.get("/saved-searches").await, json!([]));
    let path = format!("/saved-searches/{}", saved["id"].as_str().unwrap());
    assert_eq!(ben.try_delete(&path).await.status, 404);
    let nameless = json!({ "name": " ", "in": "files", "search": { "q": "x" } });
    assert_eq!(ana.try_post("/saved-searches", nameless).await.refusal(), "422 invalid");
    ana.delete(&path).await;
    assert_eq!(ana.get("/saved-searches").await, json!([]));
}
