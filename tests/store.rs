//! The file that everything is kept in: from the future, damaged, shared, closed under load.

use std::path::Path;

use deskbell_core::store::migrate;
use deskbell_core::{App, Error, clock};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{Answer, Desk, PASSWORD, config, said, to_user, until};

const CUSTOMER: &str = "+15555550123";
/// Format of the database that this version writes.
const NEWEST: u32 = 4;

/// Makes the database look like one of this format.
fn set_format(folder: &Path, format: u32) {
    let connection = Connection::open(folder.join("deskbell.db")).unwrap();
    connection.pragma_update(None, "user_version", format).unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_version_can_be_read_and_not_written() {
    let mut desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id.clone())).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = desk.admin.session_with(CUSTOMER).await;
    desk.stop().await;
    set_format(desk.folder.path(), 99);
    let app = App::start(config(desk.folder.path())).await.unwrap();
    desk.started(app);
    let url = format!("{}/api/v1/desk", desk.workspace());
    let state = Answer::of(desk.http.get(url).send().await.unwrap()).await.ok();
    let sentence = state["read_only"].as_str().unwrap();
    assert!(sentence.contains("newer Deskbell") && sentence.contains("update"), "{sentence}");
    assert_eq!(desk.admin.said(&session).await[0]["text"], "Hello");
    assert_eq!(desk.admin.folder("mine").await.len(), 1);
    assert_eq!(desk.admin.try_send(&session, "x").await.refusal(), "503 read_only");
    let fresh = desk.sign_in("ada").await;
    assert_eq!(fresh.said(&session).await[0]["text"], "Hello", "who comes anew can read as well");
    assert_eq!(fresh.get("/me").await["may_administer"], true);
    assert_eq!(fresh.try_send(&session, "x").await.refusal(), "503 read_only");
    fresh.follow(None).await;
    let gone = desk.sign_in("ada").await;
    gone.post("/sign-out", Value::Null).await;
    assert_eq!(gone.try_get("/me").await.refusal(), "401 not_signed_in");
    for name in ["ada", "nobody"] {
        for _ in 0..4 {
            let wrong = desk.try_sign_in(name, "wrong password").await;
            assert_eq!(wrong.refusal(), "401 wrong_password", "{name}");
        }
        assert_eq!(desk.try_sign_in(name, "wrong password").await.refusal(), "429 locked_out");
        assert_eq!(desk.try_sign_in(name, PASSWORD).await.refusal(), "429 locked_out", "{name}");
    }
    assert_eq!(desk.admin.try_upload("x.txt", b"x".to_vec()).await.refusal(), "503 read_only");
    let webhook = line.message(&said(CUSTOMER, "Anybody?"));
    let answer = desk.deliver(&line, &webhook).await;
    assert_eq!(answer.status, 503, "the provider comes again later");
    desk.stop().await;
    set_format(desk.folder.path(), NEWEST);
    let app = App::start(config(desk.folder.path())).await.unwrap();
    desk.started(app);
    assert_eq!(fresh.try_get("/me").await.refusal(), "401 not_signed_in", "only for that time");
    assert_eq!(desk.deliver(&line, &webhook).await.status, 200, "nothing was lost");
    assert_eq!(desk.admin.said(&session).await.len(), 2);
}

#[tokio::test]
async fn a_damaged_file_is_told_with_a_way_back_that_works() {
    let mut desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id.clone())).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let folder = desk.folder.path().to_owned();
    let backup = migrate::back_up_now(&folder, clock::now()).unwrap();
    desk.stop().await;
    let database = folder.join("deskbell.db");
    std::fs::write(&database, "this is no database ".repeat(4_000)).unwrap();
    let error = App::start(config(&folder)).await.err().expect("it started on a damaged file");
    assert!(matches!(error, Error::Damaged(_)), "{error}");
    let sentence = error.to_string();
    for part in [
        database.display().to_string(),
        backup.display().to_string(),
        "start Deskbell again".into(),
    ] {
        assert!(sentence.contains(&part), "{part}: {sentence}");
    }
    // What the sentence says to do.
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.join(format!("deskbell.db{end}"))).ok();
    }
    std::fs::copy(&backup, &database).unwrap();
    let app = App::start(config(&folder)).await.unwrap();
    desk.started(app);
    let session = desk.admin.session_with(CUSTOMER).await;
    assert_eq!(desk.admin.said(&session).await[0]["text"], "Hello");
}

#[tokio::test]
async fn damage_inside_the_file_is_found_after_a_stop_that_was_not_clean() {
    let mut desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id.clone())).await;
    for n in 0..40 {
        desk.says(&line, CUSTOMER, &format!("{n} {}", "long text ".repeat(900))).await;
    }
    desk.stop().await;
    let folder = desk.folder.path().to_owned();
    break_a_page_of(&folder, "deliveries");
    std::fs::write(folder.join("deskbell.lock"), "running\n").unwrap();
    let app = App::start(config(&folder)).await.unwrap();
    desk.started(app);
    let url = format!("{}/api/v1/desk", desk.workspace());
    let sentence = until("the damage is told", || async {
        let state = Answer::of(desk.http.get(&url).send().await.unwrap()).await.ok();
        state["damaged"].as_str().map(str::to_owned)
    })
    .await;
    assert!(sentence.contains("is damaged"), "{sentence}");
}

/// Overwrites the root page of a table.
fn break_a_page_of(folder: &Path, table: &str) {
    let path = folder.join("deskbell.db");
    let connection = Connection::open(&path).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: i64 = connection.query_row(sql, [table], |row| row.get(0)).unwrap();
    let size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let start = usize::try_from((page - 1) * size).unwrap();
    bytes[start..start + 512].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
}

#[tokio::test]
async fn two_desks_never_share_a_folder() {
    let desk = Desk::start().await;
    let error = App::start(config(desk.folder.path())).await.err().expect("a second desk started");
    assert!(matches!(error, Error::Conflict(_)), "{error}");
    assert!(error.to_string().contains("another Deskbell is already running"), "{error}");
    assert_eq!(desk.admin.try_get("/me").await.status, 200, "the first one does not mind");
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_kept_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let app = App::start(config(&folder)).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("deskbell.db")), 0o600);
    assert_eq!(mode(&folder.join("key")), 0o600);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_was_acknowledged_while_the_desk_stopped_is_there_afterwards() {
    let mut desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id.clone())).await;
    let url = format!("{}{}", desk.public(), line.path);
    let streams: Vec<_> = (0..4)
        .map(|stream| {
            let (http, url, line) = (desk.http.clone(), url.clone(), line.clone());
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for n in 0..100_000 {
                    let said =
                        said(&format!("+1555555{stream}{:03}", n % 7), &format!("{stream}-{n}"));
                    let webhook = line.message(&said);
                    let mut request = http.post(&url).body(webhook.body);
                    for (name, value) in webhook.headers {
                        request = request.header(name, value);
                    }
                    match request.send().await {
                        Ok(answer) if answer.status() == 204 => acknowledged.push(said.id),
                        Ok(_) | Err(_) => break,
                    }
                }
                acknowledged
            })
        })
        .collect();
    until("a hundred are in", || async {
        (desk.number("SELECT count(*) FROM messages WHERE direction = 'in'") >= 100).then_some(())
    })
    .await;
    desk.stop().await;
    let mut acknowledged = Vec::new();
    for stream in streams {
        acknowledged.extend(stream.await.unwrap());
    }
    assert!(acknowledged.len() >= 100);
    let database = desk.database();
    let sql = "SELECT count(*) FROM messages WHERE provider_id = ?1";
    for id in &acknowledged {
        let kept: i64 = database.query_row(sql, [id], |row| row.get(0)).unwrap();
        assert_eq!(kept, 1, "{id}");
    }
    drop(database);
    assert_eq!(migrate::check_now(desk.folder.path()).unwrap(), None);
}

#[tokio::test]
async fn everything_is_as_it_was_after_a_restart() {
    let mut desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let line = desk.twilio(&crate::support::to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let note = json!({ "client_key": crate::support::key(), "text": "A regular", "note": true });
    ana.post(&format!("/sessions/{session}/messages"), note).await;
    ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    let message = ana.send(&session, "Hi").await;
    ana.until_state(&message, "delivered").await;
    let paths = [
        "/sessions?folder=mine",
        "/queues",
        "/people",
        "/settings",
        "/contacts",
        "/sessions/counts",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(ana.get(path).await);
    }
    let thread = ana.thread(&session).await;
    desk.restart().await;
    assert_eq!(ana.thread(&session).await, thread);
    for (path, before) in paths.into_iter().zip(before) {
        let mut after = ana.get(path).await;
        if path == "/settings" {
            for address in ["workspace_address", "public_address"] {
                after[address] = before[address].clone();
            }
        }
        assert_eq!(after, before, "{path}");
    }
}
