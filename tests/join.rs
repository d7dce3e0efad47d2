//! How colleagues come in: by an invitation, and through the door to the office network.

use deskbell_core::clock;
use serde_json::{Value, json};

use crate::support::{Answer, Desk, PASSWORD, until};

/// What `PATCH /settings` answers after the door was opened or closed.
async fn door(desk: &Desk, open: bool) -> Value {
    desk.admin.patch("/settings", json!({ "lan": open })).await
}

async fn ask(desk: &Desk, path: &str, body: Value) -> Answer {
    let url = format!("{}/api/v1{path}", desk.workspace());
    Answer::of(desk.http.post(url).json(&body).send().await.unwrap()).await
}

fn joining(token: &Value, login: &str) -> Value {
    json!({ "token": token, "name": "Ben", "login": login, "password": PASSWORD })
}

#[tokio::test]
async fn an_invitation_makes_one_colleague_and_no_second_one() {
    let desk = Desk::start().await;
    let sales = desk.queue("Sales", "manual").await;
    let wish = json!({ "name": "Ben", "role": "agent", "queues": [sales] });
    let made = desk.admin.post("/invites", wish).await;
    let token = &made["token"];
    assert_eq!(desk.admin.get("/invites").await[0], made["invite"]);
    assert!(!desk.admin.get("/invites").await.to_string().contains(token.as_str().unwrap()));

    let look = ask(&desk, "/invites/look", json!({ "token": token })).await.ok();
    let told = json!({ "business_name": "Corner Bakery", "invited_by": "Ada", "name": "Ben",
                       "role": "agent" });
    assert_eq!(look, told);

    let short = json!({ "token": token, "name": "Ben", "login": "ada", "password": "short" });
    assert_eq!(ask(&desk, "/join", short).await.refusal(), "422 invalid");
    let refused = ask(&desk, "/join", joining(token, "ada")).await;
    assert_eq!(refused.json()["fields"][0]["field"], "login", "and the link still works");

    let both = tokio::join!(
        ask(&desk, "/join", joining(token, "ben")),
        ask(&desk, "/join", joining(token, "bea")),
    );
    let mut answers = [both.0.status, both.1.status];
    answers.sort_unstable();
    assert_eq!(answers, [200, 404], "one use");
    let joined = if both.0.status == 200 { both.0.ok() } else { both.1.ok() };
    assert_eq!(joined["me"]["user"]["role"], "agent");
    assert_eq!(joined["me"]["user"]["queues"], json!([sales]));
    let ben = desk.holder_of(joined["token"].as_str().unwrap());
    assert_eq!(ben.get("/me").await["user"]["name"], "Ben", "signed in at once");
    assert_eq!(ask(&desk, "/invites/look", json!({ "token": token })).await.status, 404);
    assert_eq!(desk.admin.get("/invites").await, json!([]));
}

#[tokio::test]
async fn an_invitation_can_be_taken_back_and_grows_old() {
    let desk = Desk::start().await;
    let made = desk.admin.post("/invites", json!({ "role": "supervisor" })).await;
    desk.admin.delete(&format!("/invites/{}", made["invite"]["id"].as_str().unwrap())).await;
    let gone = ask(&desk, "/join", joining(&made["token"], "ben")).await;
    assert_eq!(gone.refusal(), "404 not_found");

    let made = desk.admin.post("/invites", json!({ "role": "agent" })).await;
    let lasts = made["invite"]["expires_at"].as_i64().unwrap() - clock::now();
    let day = 24 * 3_600_000;
    assert!((6 * day..=7 * day).contains(&lasts), "{lasts}");
    let old = "UPDATE invites SET expires_at = 1";
    desk.app().db().write(move |tx| Ok(tx.execute(old, [])?)).await.unwrap();
    assert_eq!(ask(&desk, "/join", joining(&made["token"], "ben")).await.status, 404);
    assert_eq!(desk.admin.get("/invites").await, json!([]));
    for wrong in ["", "dbt_", "x"] {
        assert_eq!(ask(&desk, "/join", joining(&json!(wrong), "ben")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn an_invitation_ends_with_the_rights_of_who_made_it() {
    let desk = Desk::start().await;
    let eve = desk.user("Eve", "administrator", &[]).await;
    let made = eve.post("/invites", json!({ "role": "administrator" })).await;
    let look = json!({ "token": made["token"] });
    assert_eq!(ask(&desk, "/invites/look", look.clone()).await.status, 200);
    let user = format!("/users/{}", eve.id);
    desk.admin.patch(&user, json!({ "role": "agent" })).await;
    assert_eq!(
        ask(&desk, "/invites/look", look.clone()).await.status,
        404,
        "an agent invites nobody"
    );
    desk.admin.patch(&user, json!({ "role": "administrator", "disabled": true })).await;
    assert_eq!(ask(&desk, "/join", joining(&made["token"], "eve2")).await.status, 404);
    desk.admin.delete(&user).await;
    assert_eq!(ask(&desk, "/join", joining(&made["token"], "eve2")).await.status, 404);
}

#[tokio::test]
async fn only_administrators_invite() {
    let desk = Desk::start().await;
    let made = desk.admin.post("/invites", json!({ "role": "agent" })).await;
    let id = made["invite"]["id"].as_str().unwrap().to_owned();
    for caller in [desk.agent("Ana", &[]).await, desk.supervisor("Sue").await] {
        let wish = json!({ "role": "administrator" });
        assert_eq!(caller.try_post("/invites", wish).await.refusal(), "403 forbidden");
        assert_eq!(caller.try_get("/invites").await.refusal(), "403 forbidden");
        let path = format!("/invites/{id}");
        assert_eq!(caller.try_delete(&path).await.refusal(), "403 forbidden");
    }
    let wish = json!({ "role": "agent", "queues": [uuid::Uuid::now_v7()] });
    assert_eq!(desk.admin.try_post("/invites", wish).await.refusal(), "422 invalid");
}

#[tokio::test]
async fn the_office_network_is_let_in_and_shut_out_while_the_desk_runs() {
    let mut desk = Desk::start().await;
    let settings = desk.admin.get("/settings").await;
    assert_eq!((&settings["lan"], &settings["lan_address"]), (&json!(false), &Value::Null));
    let open = door(&desk, true).await;
    let address = open["lan_address"].as_str().unwrap().to_owned();
    assert_eq!(open["lan_problem"], Value::Null);
    let ana = desk.agent("Ana", &[]).await;
    let me = async |at: &str| {
        let request = desk.http.get(format!("{at}/api/v1/me")).bearer_auth(&ana.token);
        Some(Answer::of(request.send().await.ok()?).await.status)
    };
    assert_eq!(me(&address).await, Some(200), "the same desk with the same rights");
    assert_eq!(door(&desk, true).await["lan_address"], address.as_str(), "and stays where it is");

    let shut = door(&desk, false).await;
    assert_eq!(shut["lan_address"], Value::Null);
    until("the door is shut", async || me(&address).await.is_none().then_some(())).await;
    let own = desk.workspace();
    assert_eq!(me(&own).await, Some(200), "this computer still comes in");
    let refused = ana.try_patch("/settings", json!({ "lan": true })).await;
    assert_eq!(refused.refusal(), "403 forbidden");

    door(&desk, true).await;
    desk.restart().await;
    let again = desk.admin.get("/settings").await;
    assert!(again["lan_address"].is_string(), "it is open again after a restart: {again}");
}

#[tokio::test]
async fn an_address_becomes_a_code_that_a_phone_can_read() {
    let desk = Desk::start().await;
    let text = "http://192.168.1.20:8788/#/join/dbt_0123456789";
    let code = desk.admin.post("/qr", json!({ "text": text })).await;
    let rows: Vec<&str> =
        code["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap()).collect();
    assert!(rows.len() >= 21 && rows.iter().all(|row| row.len() == rows.len()), "a square");
    // The finder patterns of three corners.
    for (row, column) in [(0, 0), (0, rows.len() - 7), (rows.len() - 7, 0)] {
        assert_eq!(&rows[row][column..column + 7], "#######");
        assert_eq!(&rows[row + 1][column..column + 7], "#.....#");
        assert_eq!(&rows[row + 2][column..column + 7], "#.###.#");
    }
    assert_ne!(code, desk.admin.post("/qr", json!({ "text": "another" })).await);
    let long = "x".repeat(501);
    assert_eq!(desk.admin.try_post("/qr", json!({ "text": long })).await.refusal(), "422 invalid");
    assert_eq!(
        desk.holder_of("dbt_nobody").try_post("/qr", json!({ "text": "x" })).await.status,
        401
    );
}

#[tokio::test]
async fn a_link_signs_its_own_user_in_once_more_and_nobody_else() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let older = ana.post("/me/sign-in-links", Value::Null).await;
    let link = ana.post("/me/sign-in-links", Value::Null).await;
    let lasts = link["expires_at"].as_i64().unwrap() - clock::now();
    assert!((1..=60_000).contains(&lasts), "{lasts}");
    let sign_in = async |token: &Value| {
        let wish = json!({ "token": token, "device_name": "Browser" });
        ask(&desk, "/sign-in/link", wish).await
    };
    assert_eq!(sign_in(&older["token"]).await.refusal(), "404 not_found", "there is a newer one");
    let both = tokio::join!(sign_in(&link["token"]), sign_in(&link["token"]));
    let mut answers = [both.0.status, both.1.status];
    answers.sort_unstable();
    assert_eq!(answers, [200, 404], "one use");
    let signed_in = if both.0.status == 200 { both.0.ok() } else { both.1.ok() };
    assert_eq!(signed_in["me"]["user"]["name"], "Ana");
    let browser = desk.holder_of(signed_in["token"].as_str().unwrap());
    let devices = browser.get("/me/devices").await;
    assert!(devices.as_array().unwrap().iter().any(|one| one["name"] == "Browser"), "{devices}");
    for wrong in ["", "dbt_", signed_in["token"].as_str().unwrap()] {
        assert_eq!(sign_in(&json!(wrong)).await.refusal(), "404 not_found", "{wrong}");
    }
    assert_eq!(browser.get("/me").await["user"]["name"], "Ana", "a device's token stays its own");
}

#[tokio::test]
async fn a_link_is_worth_nothing_once_its_maker_is_signed_out_or_switched_off() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let sign_in = async |link: Value| {
        ask(&desk, "/sign-in/link", json!({ "token": link["token"] })).await.status
    };
    let link = ana.post("/me/sign-in-links", Value::Null).await;
    ana.post("/sign-out", Value::Null).await;
    assert_eq!(sign_in(link).await, 404);
    let ben = desk.agent("Ben", &[]).await;
    let link = ben.post("/me/sign-in-links", Value::Null).await;
    desk.admin.patch(&format!("/users/{}", ben.id), json!({ "disabled": true })).await;
    assert_eq!(sign_in(link).await, 404);
}
