//! Files that come from elsewhere: fetched only from where they may be, kept as what they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deskbell_channels::signature;
use deskbell_simulator::webhook::Webhook;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{
    Agent, Answer, Asked, Desk, Line, NUMBER, Options, Reply, Server, all_files, key, to_user,
    until,
};

const CUSTOMER: &str = "+15555550123";
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// A desk whose General gateway, and so a trusted host, is `gateway`.
async fn desk(gateway: &str) -> (Desk, Agent, Line) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let values = json!({ "send_url": format!("{gateway}/send"), "verify_url": "" });
    let options = Options { more: json!({ "values": values }), ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    (desk, ana, line)
}

/// A signed General message with these `media`.
fn with_media(media: &Value) -> Webhook {
    let payload = json!({
        "id": key(), "from": { "phone_number": CUSTOMER }, "to": { "phone_number": NUMBER },
        "media": media, "record_type": "message",
    });
    let body =
        json!({ "data": { "event_type": "message.received", "payload": payload } }).to_string();
    let mac = signature::hmac_sha256(Line::secrets()[2].as_bytes(), body.as_bytes());
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-signature-256", format!("sha256={}", hex::encode(mac))),
    ];
    Webhook { headers, body: body.into() }
}

/// Brings a message with these files; waits until it is known what became of each.
async fn files(desk: &Desk, ana: &Agent, line: &Line, media: Value) -> Vec<Value> {
    assert_eq!(desk.deliver(line, &with_media(&media)).await.status, 204);
    let session = ana.session_with(CUSTOMER).await;
    let message = ana.said(&session).await.pop().unwrap()["id"].as_str().unwrap().to_owned();
    until("every file is settled", || async {
        let message = ana.get(&format!("/messages/{message}")).await;
        let files = message["files"].as_array().unwrap().clone();
        files.iter().all(|file| file["state"] != "pending").then_some(files)
    })
    .await
}

/// What became of the one file at `url`.
async fn file_at(desk: &Desk, ana: &Agent, line: &Line, url: &str) -> Value {
    files(desk, ana, line, json!([{ "url": url }])).await.remove(0)
}

#[tokio::test]
async fn nothing_is_fetched_from_this_computer_or_its_network() {
    let trap = Server::replying(Reply::new(200, PNG)).await;
    let port = trap.url.rsplit(':').next().unwrap().to_owned();
    let to_trap = format!("http://127.0.0.1:{port}/inner");
    let gateway = Server::answering(move |_| Reply::new(302, "").with("location", &to_trap)).await;
    let (desk, ana, line) = desk(&gateway.url).await;
    let urls = [
        format!("http://127.0.0.1:{port}/x"),
        format!("http://localhost:{port}/x"),
        format!("http://[::1]:{port}/x"),
        format!("http://[::ffff:127.0.0.1]:{port}/x"),
        format!("http://[::ffff:7f00:1]:{port}/x"),
        format!("http://0.0.0.0:{port}/x"),
        format!("http://2130706433:{port}/x"),
        format!("http://0x7f.1:{port}/x"),
        format!("http://127.1:{port}/x"),
        format!("http://user:pass@127.0.0.1:{port}/x"),
        "http://10.0.0.1/x".to_owned(),
        "http://172.16.3.4/x".to_owned(),
        "http://192.168.1.1/x".to_owned(),
        "http://100.64.0.1/x".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fd00::1]/x".to_owned(),
        "http://[fe80::1]/x".to_owned(),
        "http://[64:ff9b::7f00:1]/x".to_owned(),
        format!("{}/redirects", gateway.url),
        "file:///etc/passwd".to_owned(),
        "ftp://example.com/x".to_owned(),
        "data:text/html,<script>".to_owned(),
        "not an address".to_owned(),
    ];
    let media: Value = urls.iter().map(|url| json!({ "url": url })).collect();
    for (url, file) in urls.iter().zip(files(&desk, &ana, &line, media).await) {
        assert_eq!(file["state"], "failed", "{url}: {file}");
        let sentence = file["error"].as_str().unwrap();
        assert!(sentence.starts_with("This file could not be fetched: "), "{url}: {sentence}");
        assert!(!sentence.contains("127.0.0.1"), "{url}: {sentence}");
    }
    assert!(trap.asked().is_empty(), "{:?}", trap.asked());
    let attempts = "SELECT max(attempts) FROM files";
    assert!(desk.number(attempts) <= 1, "a refused address is not tried again and again");
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let server = Server::answering(|asked: &Asked| match asked.uri.path() {
        "/page.png" => {
            Reply::new(200, "<html><script>alert(1)</script>").with("content-type", "image/png")
        }
        "/vector.png" => Reply::new(200, "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
            .with("content-type", "image/png"),
        _ => Reply::new(200, PNG).with("content-type", "text/html"),
    })
    .await;
    let (desk, ana, line) = desk(&server.url).await;
    let media: Value = ["/page.png", "/vector.png", "/picture.html"]
        .iter()
        .map(|path| json!({ "url": format!("{}{path}", server.url), "content_type": "image/png" }))
        .collect();
    let kept = files(&desk, &ana, &line, media).await;
    assert_ne!(kept[0]["content_type"], "image/png");
    assert_ne!(kept[1]["content_type"], "image/png");
    assert_eq!(kept[2]["content_type"], "image/png");
    for (file, expected) in kept.iter().zip(["application/octet-stream", "", "image/png"]) {
        let url =
            format!("{}/api/v1/files/{}/content", desk.workspace(), file["id"].as_str().unwrap());
        let got =
            Answer::of(desk.http.get(url).bearer_auth(&ana.token).send().await.unwrap()).await;
        let content_type = got.headers["content-type"].to_str().unwrap();
        assert!(expected.is_empty() || content_type == expected, "{content_type}");
        for runs in ["html", "svg", "xml", "script"] {
            assert!(!content_type.contains(runs), "{content_type}");
        }
        assert_eq!(got.headers["x-content-type-options"], "nosniff");
        assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(got.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    }
}

#[tokio::test]
async fn names_from_elsewhere_lead_nowhere() {
    let server = Server::replying(Reply::new(200, PNG)).await;
    let (desk, ana, line) = desk(&server.url).await;
    let names = [
        "../../../etc/cron.d/x",
        r"..\..\windows\system32\x.dll",
        "/etc/passwd",
        "a\u{0}b.png",
        "CON",
        "..",
        "x\r\nSet-Cookie: a=b",
        "\u{202e}gpj.exe",
        "a/b/c.png",
        &"n".repeat(5_000),
    ];
    let before = all_files(desk.folder.path().parent().unwrap()).len();
    let media: Value = names
        .iter()
        .map(|name| json!({ "url": format!("{}/x", server.url), "name": name }))
        .collect();
    let mut kept = files(&desk, &ana, &line, media).await;
    for name in names {
        kept.push(ana.try_upload(name.get(..900).unwrap_or(name), PNG.to_vec()).await.ok());
    }
    for file in &kept {
        let name = file["name"].as_str().unwrap();
        assert_eq!(file["state"], "stored");
        assert!(!name.is_empty() && name.chars().count() <= 130, "{name}");
        let harmless = |c: char| !c.is_control() && !"/\\\u{202e}".contains(c);
        assert!(name.chars().all(harmless) && !name.starts_with('.'), "{name:?}");
        let url =
            format!("{}/api/v1/files/{}/content", desk.workspace(), file["id"].as_str().unwrap());
        let got = desk.http.get(url).bearer_auth(&ana.token).send().await.unwrap();
        assert!(got.headers().get("set-cookie").is_none());
        assert_eq!(got.bytes().await.unwrap(), PNG);
    }
    assert!(before > 0);
    let stored = all_files(&desk.folder.path().join("files"));
    assert_eq!(stored.len(), kept.len(), "every file is in its folder, and nothing else is");
    for path in stored {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(uuid::Uuid::try_parse(name).is_ok(), "the disk knows ids only: {name}");
    }
}

#[tokio::test]
async fn credentials_go_to_the_provider_alone() {
    let desk = Desk::start_as(|config| config.media_private_hosts = true).await;
    let ana = desk.agent("Ana", &[]).await;
    let other = Server::replying(Reply::new(200, PNG)).await;
    let place = format!("{}/cdn/1.png", other.url);
    let twilio = Server::answering(move |asked| match asked.uri.path() {
        path if path.contains("/Media/") => Reply::new(307, "").with("location", &place),
        _ => Reply::json(200, &json!({ "status": "active" })),
    })
    .await;
    let options = Options { more: json!({ "base_url": twilio.url }), ..Options::default() };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    twilio.forget();
    let url = format!(
        "{}/2010-04-01/Accounts/{}/Messages/MM1/Media/ME1",
        twilio.url,
        Line::account().sid
    );
    desk.sends_files(&line, CUSTOMER, &[url]).await;
    let asked = twilio.until_asked(1).await;
    assert!(asked[0].headers["authorization"].to_str().unwrap().starts_with("Basic "));
    let asked = other.until_asked(1).await;
    assert!(asked[0].headers.get("authorization").is_none(), "{:?}", asked[0].headers);
}

#[tokio::test]
async fn a_file_that_failed_can_be_asked_for_again() {
    let server =
        Server::answering(|_| Reply::new(302, "").with("location", "http://10.0.0.1/")).await;
    let (desk, ana, line) = desk(&server.url).await;
    let failed = file_at(&desk, &ana, &line, &format!("{}/x.png", server.url)).await;
    assert_eq!(failed["state"], "failed");
    let id = failed["id"].as_str().unwrap().to_owned();
    let content = ana.try_get(&format!("/files/{id}/content")).await;
    assert_eq!(content.refusal(), "409 conflict");
    let other = desk.agent("Cleo", &[]).await;
    let again = format!("/files/{id}/fetch");
    assert_eq!(other.try_post(&again, Value::Null).await.status, 404);
    server.reply(Reply::new(200, PNG));
    let mut follower = ana.follow(None).await;
    ana.post(&again, Value::Null).await;
    until("it is there", || async {
        (ana.get(&format!("/files/{id}")).await["state"] == "stored").then_some(())
    })
    .await;
    follower.next("message_changed").await;
    assert_eq!(ana.try_post(&again, Value::Null).await.refusal(), "409 conflict");
}

/// A host that begins to send a file of any size and counts what was taken of it.
async fn endless(announced: Option<u64>) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let counted = Arc::clone(&counted);
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let length =
                    announced.map_or(String::new(), |size| format!("content-length: {size}\r\n"));
                let head = format!("HTTP/1.1 200 OK\r\n{length}connection: close\r\n\r\n");
                let _ = stream.write_all(head.as_bytes()).await;
                let chunk = vec![b'x'; 256 * 1024];
                while stream.write_all(&chunk).await.is_ok() {
                    counted.fetch_add(chunk.len(), Ordering::Relaxed);
                }
            });
        }
    });
    (url, taken)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_never_larger_than_100_megabytes() {
    const LIMIT: u64 = 100 * 1024 * 1024;
    for announced in [Some(LIMIT + 1), None] {
        let (url, taken) = endless(announced).await;
        let (desk, ana, line) = desk(&url).await;
        let file = file_at(&desk, &ana, &line, &format!("{url}/huge")).await;
        assert_eq!(file["state"], "failed", "{announced:?}");
        assert!(file["error"].as_str().unwrap().contains("larger than 100 MB"), "{file}");
        let taken = u64::try_from(taken.load(Ordering::Relaxed)).unwrap();
        let most = if announced.is_some() { 16 * 1024 * 1024 } else { LIMIT + 32 * 1024 * 1024 };
        assert!(taken <= most, "{taken} bytes were taken");
        assert!(all_files(&desk.folder.path().join("files")).is_empty(), "nothing stays behind");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_upload_has_the_same_limit_and_may_not_be_empty() {
    let desk = Desk::start().await;
    let exact = vec![b'x'; 100 * 1024 * 1024];
    let kept = desk.admin.try_upload("exact.txt", exact.clone()).await.ok();
    assert_eq!(kept["size"], exact.len());
    let over = [exact.as_slice(), b"x"].concat();
    assert_eq!(desk.admin.try_upload("over.txt", over).await.refusal(), "413 too_large");
    assert_eq!(desk.admin.try_upload("empty.txt", Vec::new()).await.refusal(), "400 bad_request");
    assert_eq!(all_files(&desk.folder.path().join("files")).len(), 1);
}
