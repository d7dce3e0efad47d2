//! Contacts into files and out of them: whatever wrote the file, nothing is guessed wrongly,
//! nothing is done twice, and it can be taken back.

mod stage;

use serde_json::{Value, json};

use crate::support::{Desk, to_user};
use stage::{
    bring_in, contacts, counts, export, facts, full, over, planned, read, start, try_read, with,
};

#[tokio::test]
async fn what_is_written_into_a_file_is_read_out_of_it_on_another_desk() {
    let desk = full().await;
    for (format, name, kind) in
        [("csv", "contacts.csv", "text/csv"), ("vcard", "contacts.vcf", "text/vcard")]
    {
        let file = export(&desk.admin, &format!("format={format}")).await;
        let told = file.headers["content-type"].to_str().unwrap();
        assert!(told.starts_with(kind), "{told}");
        assert!(file.headers["content-disposition"].to_str().unwrap().contains(name));
        let other = Desk::start().await;
        for (field, kind) in [("Notes", "text"), ("Birthday", "date")] {
            other.admin.post("/contact-fields", json!({ "name": field, "kind": kind })).await;
        }
        let done = bring_in(&other.admin, name, file.text.clone()).await;
        assert_eq!(
            (counts(&done), &done["state"]),
            ([2, 0, 0, 0], &json!("done")),
            "{}",
            file.text
        );
        assert_eq!(facts(&other.admin).await, facts(&desk.admin).await, "{}", file.text);
        let again = bring_in(&other.admin, name, file.text.clone()).await;
        assert_eq!(counts(&again), [0, 0, 2, 0], "the same file again changes nothing");
        assert!(again["undo_until"].is_null(), "there is nothing to take back");
        let here = bring_in(&desk.admin, name, file.text).await;
        assert_eq!(counts(&here), [0, 0, 2, 0], "nor on the desk that wrote it");
    }
}

#[tokio::test]
async fn an_exported_table_calculates_nothing_and_keeps_numbers() {
    let desk = full().await;
    let bytes = desk.admin.download("/contacts/export?format=csv").await;
    let file = String::from_utf8(bytes).unwrap();
    assert!(file.starts_with("\u{feff}Name,Company,E-mail,Phone 1 - Label,Phone 1 - Value,"));
    assert!(file.contains("Field: Notes,Birthday,Blocked,Opted out\r\n"), "{file}");
    assert!(file.contains("\"'=Věra \"\"V\"\" Nováková, 李\",'-Novák & Co; a\\b"), "{file}");
    assert!(file.contains(",+15555550123,") && file.contains(",+4930901820,"), "{file}");
    assert!(file.contains(",'@home,"), "{file}");
    let found = export(&desk.admin, "format=csv&q=jo").await.text;
    assert_eq!(found.lines().count(), 2, "what a search shows: {found}");
    assert_eq!(export(&desk.admin, "format=vcard&show=blocked").await.text, "");
    for wrong in ["", "?format=xlsx", "?format=csv&q=%00", "?format=csv&more=1"] {
        let status = desk.admin.try_get(&format!("/contacts/export{wrong}")).await.status;
        assert!([400, 422].contains(&status), "{wrong}: {status}");
    }
}

#[tokio::test]
async fn blocks_and_opt_outs_are_written_and_never_read() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    desk.says(&line, "+15555550123", "Hello").await;
    desk.says(&line, "+15555550123", "STOP").await;
    let vera = contacts(&desk.admin).await.remove(0);
    let path = format!("/contacts/{}", vera["id"].as_str().unwrap());
    desk.admin.post(&format!("{path}/block"), json!({})).await;
    let file = export(&desk.admin, "format=csv").await.text;
    assert!(file.contains(",yes,'+15555550123 from +"), "{file}");
    let more = "Name,Phone,Phone 2,Blocked,Opted out\nVera,+15555550123,+15555550199,,\n";
    let (import, wish) = read(&desk.admin, "a.csv", more).await;
    let plan = desk.admin.post(&format!("{import}/check"), wish.clone()).await;
    assert_eq!(plan["issues"][0]["kind"], "blocked");
    assert_eq!(plan["issues"][0]["used"], true);
    assert_eq!(counts(&start(&desk.admin, &import, wish).await), [0, 1, 0, 0]);
    let vera = desk.admin.get(&path).await;
    assert_eq!(vera["name"], "Vera");
    assert!(!vera["blocked"].is_null());
    assert_eq!(vera["identities"].as_array().unwrap().len(), 1, "no number came into the block");
    assert_eq!(vera["identities"][0]["opted_out"].as_array().unwrap().len(), 1);
    let other = Desk::start().await;
    bring_in(&other.admin, "a.csv", file).await;
    let there = contacts(&other.admin).await.remove(0);
    assert!(there["blocked"].is_null());
    assert_eq!(there["identities"][0]["opted_out"], json!([]));
}

#[tokio::test]
async fn a_dry_run_tells_everything_and_changes_nothing() {
    let desk = Desk::start().await;
    for (name, phone) in [
        ("Vera", "+15555550123"),
        ("Ann", "+15555550124"),
        ("Jo", "+15555550125"),
        ("Kim", "+15555550126"),
    ] {
        desk.admin.post("/contacts", json!({ "name": name, "phone": phone })).await;
    }
    let file = "Name;Phone;Company;Other Phone;Labels\r\n\
        Vera;(555) 555-0123;Bakery;;VIP\r\n\
        Vera again;555-555-0123;;;\r\n\
        Jo;+1 555 555 0125;;;\r\n\
        New One;(555) 555-0130;;;vip\r\n\
        Two;+15555550124;;+15555550126;\r\n\
        Nobody;12;;;\r\n\
        ;;Only company;;\r\n\
        ;;;;x\r\n";
    let (path, wish) = read(&desk.admin, "a.csv", file).await;
    let wish = with(&wish, "label", "Imported");
    let before = facts(&desk.admin).await;
    let plan = desk.admin.post(&format!("{path}/check"), wish.clone()).await;
    assert_eq!(planned(&plan), [2, 1, 1, 1, 3], "{plan}");
    assert_eq!((&plan["rows"], &plan["issue_count"]), (&json!(8), &json!(4)));
    assert_eq!(plan["new_labels"], json!(["VIP", "Imported"]));
    let change = &plan["changes"][0];
    assert_eq!((&change["name"], &change["line"]), (&json!("Vera"), &json!(2)));
    assert_eq!(
        change["facts"][0],
        json!({ "what": "company", "name": "", "before": "", "after": "Bakery" })
    );
    let told: Vec<Value> = plan["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!([one["line"], one["kind"], one["other"]]))
        .collect();
    assert_eq!(
        json!(told),
        json!([
            [3, "duplicate", 2],
            [6, "two_contacts", null],
            [7, "bad_number", null],
            [9, "nothing", null]
        ])
    );
    assert_eq!(plan["issues"][1]["what"].as_str().unwrap().len(), "Ann, Kim".len());
    assert_eq!(facts(&desk.admin).await, before);
    assert_eq!(desk.admin.get("/labels").await, json!([]));
    let problems = desk.admin.post(&format!("{path}/problems"), wish.clone()).await;
    assert_eq!(problems["columns"][4], "Labels");
    assert_eq!(problems["rows"].as_array().unwrap().len(), 4);
    assert_eq!(problems["rows"][2]["cells"], json!(["Nobody", "12", "", "", ""]));
    let done = start(&desk.admin, &path, wish).await;
    assert_eq!(counts(&done), [2, 1, 1, 4], "what was told is what is done");
    assert_eq!((&done["total"], &done["done"]), (&json!(8), &json!(8)));
}

#[tokio::test]
async fn known_contacts_are_filled_overwritten_or_left_alone() {
    let file = "Name,Phone,Company,Mobile\nVera Novak,+15555550123,,+15555550150\n";
    for (known, name, numbers, expected) in [
        ("fill", "Vera", 2, [0, 1, 0, 0]),
        ("overwrite", "Vera Novak", 2, [0, 1, 0, 0]),
        ("leave", "Vera", 1, [0, 0, 1, 0]),
    ] {
        let desk = Desk::start().await;
        let vera = json!({ "name": "Vera", "phone": "+15555550123", "company": "Bakery" });
        let vera = desk.admin.post("/contacts", vera).await;
        let mut follower = desk.admin.follow(None).await;
        let (path, wish) = read(&desk.admin, "a.csv", file).await;
        let done = start(&desk.admin, &path, with(&wish, "known", known)).await;
        assert_eq!(counts(&done), expected, "{known}");
        let now = desk.admin.get(&format!("/contacts/{}", vera["id"].as_str().unwrap())).await;
        assert_eq!((&now["name"], &now["company"]), (&json!(name), &json!("Bakery")), "{known}");
        assert_eq!(now["identities"].as_array().unwrap().len(), numbers, "{known}");
        follower.next("contact_import_changed").await;
        if known != "leave" {
            assert_eq!(follower.next("contact_changed").await["contact_id"], vera["id"]);
            assert_eq!(now["identities"][1]["remark"], "Mobile");
        }
    }
}

#[tokio::test]
async fn files_are_read_in_whatever_they_are_written() {
    let wide = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        if big {
            units.flat_map(u16::to_be_bytes).collect()
        } else {
            units.flat_map(u16::to_le_bytes).collect()
        }
    };
    let desk = Desk::start().await;
    let sheet = "Vorname;Name;Handy\r\nJörg;Müller;(555) 555-0123\r\n";
    let latin: Vec<u8> = sheet.chars().map(|one| u8::try_from(u32::from(one)).unwrap()).collect();
    for (bytes, encoding) in [
        (sheet.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", sheet.as_bytes()].concat(), "UTF-8"),
        (latin, "windows-1252"),
        ([b"\xff\xfe".to_vec(), wide(sheet, false)].concat(), "UTF-16LE"),
        ([b"\xfe\xff".to_vec(), wide(sheet, true)].concat(), "UTF-16BE"),
    ] {
        let draft = try_read(&desk.admin, "kunden.csv", bytes.clone()).await.ok();
        assert_eq!((&draft["encoding"], &draft["delimiter"]), (&json!(encoding), &json!(";")));
        assert_eq!(draft["preview"], json!([["Jörg", "Müller", "(555) 555-0123"]]));
        bring_in(&desk.admin, "kunden.csv", bytes).await;
    }
    let found = facts(&desk.admin).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["name"], "Jörg Müller");
    assert_eq!(found[0]["numbers"], json!([["+15555550123", "Mobile"]]));
}

#[tokio::test]
async fn cards_of_telephones_are_read() {
    let desk = Desk::start().await;
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=56=C4=9B=72=\r\n=61\r\n\
        TEL;CELL:5555550123\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/\r\n 4AAQ\r\n\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo Lane\r\nitem1.TEL;type=pref:+1 (555) 555-0124\r\n\
        item1.X-ABLabel:Boat\r\nitem2.ADR:;;Street;;;;\r\nCATEGORIES:VIP\r\nEND:VCARD\r\n";
    let draft = try_read(&desk.admin, "phone.vcf", file).await.ok();
    assert_eq!((&draft["kind"], &draft["rows"]), (&json!("vcard"), &json!(2)));
    assert_eq!((&draft["photos"], &draft["left_out"]), (&json!(1), &json!(["ADR"])));
    let path = format!("/contact-imports/{}", draft["id"].as_str().unwrap());
    let wish = json!({ "known": "fill", "words": { "mobile": "Handy", "work": "Arbeit", "home": "Privat" } });
    assert_eq!(counts(&start(&desk.admin, &path, wish).await), [2, 0, 0, 0]);
    let found = facts(&desk.admin).await;
    assert_eq!(found[0]["numbers"], json!([["+15555550124", "Boat"]]));
    assert_eq!(found[0]["labels"], json!(["VIP"]));
    assert_eq!(
        (&found[1]["name"], &found[1]["numbers"]),
        (&json!("Věra"), &json!([["+15555550123", "Handy"]]))
    );
}

#[tokio::test]
async fn a_long_file_comes_in_few_by_few_and_the_desk_goes_on() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    let file = customers(1_500);
    let mut follower = desk.admin.follow(None).await;
    let (path, wish) = read(&desk.admin, "long.csv", file.clone()).await;
    let begun = desk.admin.post(&format!("{path}/start"), wish.clone()).await;
    assert_eq!(begun["total"], 1_500);
    desk.says(&line, "+15551000007", "Hello").await;
    let (mut parts, mut last) = (0, Value::Null);
    while last["state"] != "done" {
        follower.next("contact_import_changed").await;
        parts += 1;
        last = desk.admin.get(&path).await;
    }
    assert!(parts >= 3, "{parts} parts");
    let [added, changed, unchanged, skipped] = counts(&last);
    assert_eq!((added + changed, unchanged, skipped), (1_500, 0, 0));
    let seventh = desk.admin.only_session("mine").await;
    assert_eq!(seventh["contact_name"], "Customer 7", "who wrote meanwhile is who was in the file");
    assert_eq!(desk.admin.get("/contacts/counts").await["all"], 1_500);
    assert_eq!(counts(&bring_in(&desk.admin, "long.csv", file).await), [0, 0, 1_500, 0]);
    let whole = export(&desk.admin, "format=csv").await.text;
    assert_eq!(whole.lines().count(), 1_501, "pages follow each other");
    desk.admin.post(&format!("{path}/undo"), Value::Null).await;
    let undone = over(&desk.admin, &path).await;
    let stayed = undone["kept"].as_i64().unwrap() + undone["restored"].as_i64().unwrap();
    assert_eq!((&undone["state"], stayed), (&json!("undone"), 1));
    assert_eq!(desk.admin.get("/contacts/counts").await["all"], 1);
}

#[tokio::test]
async fn an_import_is_taken_back_as_far_as_nobody_acted_since() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    for (name, phone) in [("Vera", "+15555550120"), ("Jo", "+15555550121")] {
        desk.admin.post("/contacts", json!({ "name": name, "phone": phone })).await;
    }
    let before = facts(&desk.admin).await;
    let file = "Name,Phone,Company,Mobile,Label,Birthday\n\
        Vera,+15555550120,Bakery,+15555550140,VIP,May\nJo,+15555550121,Farm,,,\n\
        New,+15555550122,,,,\nWritten,+15555550123,,,,\nChanged,+15555550124,,,,\nNoted,+15555550125,,,,\n";
    let (path, mut wish) = read(&desk.admin, "a.csv", file).await;
    wish["columns"][5] = json!({ "to": "new_field", "name": "Birthday" });
    let done = start(&desk.admin, &path, with(&wish, "label", "Imported")).await;
    assert_eq!(counts(&done), [4, 2, 0, 0]);
    assert!(done["undo_until"].as_i64().unwrap() > done["ended_at"].as_i64().unwrap());
    let all = contacts(&desk.admin).await;
    let path_of = |name: &str| {
        let found = all.iter().find(|one| one["name"] == name).unwrap();
        format!("/contacts/{}", found["id"].as_str().unwrap())
    };
    desk.says(&line, "+15555550123", "Hello").await;
    desk.admin.patch(&path_of("Changed"), json!({ "company": "Other" })).await;
    desk.admin.post(&format!("{}/notes", path_of("Noted")), json!({ "text": "Rye" })).await;
    desk.admin.patch(&path_of("Jo"), json!({ "name": "Joanna" })).await;
    desk.admin.post(&format!("{path}/undo"), Value::Null).await;
    let undone = over(&desk.admin, &path).await;
    let came: Vec<&Value> =
        ["removed", "restored", "kept"].iter().map(|name| &undone[*name]).collect();
    assert_eq!(came, [&json!(1), &json!(1), &json!(4)]);
    let now = facts(&desk.admin).await;
    let names: Vec<&Value> = now.iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Changed", "Joanna", "Noted", "Vera", "Written"]);
    assert_eq!(now[3], before[1], "Vera is who she was");
    let labels: Vec<Value> = desk
        .admin
        .get("/labels")
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(labels, ["Imported"], "what nobody has any more is gone");
    assert_eq!(desk.admin.get("/contact-fields").await, json!([]));
    let twice = desk.admin.try_post(&format!("{path}/undo"), Value::Null).await;
    assert_eq!(twice.refusal(), "409 conflict");
}

#[tokio::test]
async fn an_import_that_broke_off_is_told_and_goes_on_with_the_same_file() {
    let mut desk = Desk::start().await;
    let file = customers(2_000);
    let mut follower = desk.admin.follow(None).await;
    let (path, wish) = read(&desk.admin, "long.csv", file.clone()).await;
    desk.admin.post(&format!("{path}/start"), wish).await;
    follower.next("contact_import_changed").await;
    desk.restart().await;
    let broken = desk.admin.get(&path).await;
    let there = desk.admin.get("/contacts/counts").await["all"].as_i64().unwrap();
    assert_eq!(broken["state"], if there < 2_000 { "interrupted" } else { "done" }, "{broken}");
    assert_eq!(broken["added"], there, "what is counted is what was committed");
    let again = bring_in(&desk.admin, "long.csv", file).await;
    assert_eq!(counts(&again), [2_000 - there, 0, there, 0]);
    let listed = desk.admin.get("/contact-imports").await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[1]["by_name"], desk.admin.name.as_str());
}

#[tokio::test]
async fn files_are_for_supervisors_and_a_file_is_of_whoever_brought_it() {
    let desk = Desk::start().await;
    let (ana, sam) = (desk.agent("Ana", &[]).await, desk.supervisor("Sam").await);
    let file = "Name,Phone,Shoe size\nVera,+15555550123,38\n";
    assert_eq!(try_read(&ana, "a.csv", file).await.refusal(), "403 forbidden");
    assert_eq!(ana.try_get("/contacts/export?format=csv").await.refusal(), "403 forbidden");
    let (path, mut wish) = read(&sam, "a.csv", file).await;
    for agent in [&ana, &desk.admin] {
        let status = agent.try_post(&format!("{path}/check"), wish.clone()).await.status;
        assert!([403, 404].contains(&status), "{status}");
    }
    wish["columns"][2] = json!({ "to": "new_field", "name": "Shoe size" });
    let refused = sam.try_post(&format!("{path}/start"), wish.clone()).await;
    assert_eq!(refused.refusal(), "403 forbidden", "custom fields are made by administrators");
    wish["columns"][2] = json!({ "to": "skip" });
    assert_eq!(counts(&start(&sam, &path, wish.clone()).await), [1, 0, 0, 0]);
    assert_eq!(ana.try_get(&path).await.refusal(), "403 forbidden");
    assert_eq!(ana.try_post(&format!("{path}/undo"), Value::Null).await.refusal(), "403 forbidden");
    assert_eq!(sam.try_post(&format!("{path}/start"), wish).await.status, 404, "once is enough");
    assert_eq!(export(&sam, "format=csv").await.text.lines().count(), 2);
}

#[tokio::test]
async fn hostile_files_are_refused_in_words_or_harmless() {
    let desk = Desk::start().await;
    let admin = &desk.admin;
    for (name, bytes, words) in [
        ("empty", Vec::new(), "empty"),
        ("sheet.xlsx", b"PK\x03\x04\x14\0".to_vec(), "save it as CSV"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\x01\x02\x03\x04\x05\x06\x07\x0e\x0f".to_vec(), "no text"),
        ("wide", "a,".repeat(10_000).into_bytes(), "at most 200"),
        ("header", b"Name,Phone\n".to_vec(), "no contact"),
        ("rows", format!("Phone\n{}", "1\n".repeat(50_001)).into_bytes(), "50,000"),
        ("cards", "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(50_001).into_bytes(), "50,000"),
    ] {
        let answer = try_read(admin, name, bytes).await;
        assert_eq!(answer.refusal(), "422 invalid", "{name}: {}", answer.text);
        assert!(answer.text.contains(words), "{name}: {}", answer.text);
    }
    let large = try_read(admin, "large", vec![b'a'; 10 * 1024 * 1024 + 1]).await;
    assert_eq!(large.refusal(), "413 too_large");
    assert!(large.text.contains("at most 10 MB"), "{}", large.text);
    let cell = "x".repeat(1_000_000);
    let file = format!(
        "Name,Phone,Notes\n<b>=cmd|' /C calc'!A0</b>\0,+15555550123,{cell}\n\
         \"@SUM(1+1)\",\"+1 555 555 0124\u{202e}\",\"\"\"\"\"\"\"\"\n{}\n",
        "\"".repeat(5_001)
    );
    let done = bring_in(admin, "a.csv", file).await;
    assert_eq!(counts(&done)[0], 2, "{done}");
    let found = facts(admin).await;
    let names: Vec<&Value> = found.iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["<b>=cmd|' /C calc'!A0</b>", "@SUM(1+1)"]);
    assert_eq!(found[0]["remarks"], "", "what is too long is left out and told");
    assert_eq!(found[1]["numbers"], json!([["+15555550124", ""]]));
    let (path, wish) = read(admin, "b.csv", "Name,Phone\nA,+15555550130\n").await;
    for wrong in [
        with(&wish, "label", &"x".repeat(41)),
        with(&wish, "known", "sometimes"),
        json!({ "known": "fill" }),
        json!({ "known": "fill", "columns": [{ "to": "field" }, { "to": "number" }] }),
        json!({ "known": "fill", "columns": [{ "to": "new_field" }, { "to": "number" }] }),
        json!({ "known": "fill", "columns": [{ "to": "name", "remark": "\u{0}" }, { "to": "number" }] }),
    ] {
        assert_eq!(admin.try_post(&format!("{path}/check"), wrong).await.refusal(), "422 invalid");
    }
}

/// A table of so many customers.
fn customers(count: u32) -> String {
    let rows = (0..count).map(|at| format!("Customer {at},+1555{:07}", 1_000_000 + at));
    std::iter::once("Name,Phone".to_owned()).chain(rows).collect::<Vec<_>>().join("\n")
}
