//! A database of version 2, as a desk left it, becomes one with live chat: nothing of it is lost.

use rusqlite::Connection;
use rusqlite_migration::Migrations;

use super::{STEPS, backups, prepare, version};

/// What a desk of version 2 had: a channel that closes after three days, two numbers, who may start
/// from one of them, and a session.
const BEFORE: &str = "
    INSERT INTO users (id, login, name, role, password_hash, created_at)
        VALUES ('u1', 'ada', 'Ada', 'administrator', 'x', 1);
    INSERT INTO queues (id, name, mode, created_at) VALUES ('q1', 'Sales', 'auto', 1);
    INSERT INTO channels (id, provider, name, state, token, rate, auto_close_days, created_at)
        VALUES ('c1', 'general', 'Shop', 'active', 't1', 1.0, 3, 1),
               ('c2', 'general', 'Other', 'draft', 't2', 1.0, NULL, 1);
    INSERT INTO numbers (id, channel_id, address, kind, user_id, queue_id, created_at, deleted_at)
        VALUES ('n1', 'c1', '+15555550100', 'e164', NULL, 'q1', 1, NULL),
               ('n2', 'c1', 'Bakery', 'sender_id', 'u1', NULL, 2, 7);
    INSERT INTO number_starters (number_id, user_id) VALUES ('n1', 'u1');
    INSERT INTO contacts (id, name, name_key, needle, created_at)
        VALUES ('k1', 'Vera', 'vera', 'vera', 1);
    INSERT INTO identities (id, contact_id, kind, address, created_at)
        VALUES ('i1', 'k1', 'phone', '+15555550123', 1);
    INSERT INTO sessions (id, status, channel_id, number_id, identity_id, contact_id, queue_id,
        opened_at, last_message_at) VALUES ('s1', 'open', 'c1', 'n1', 'i1', 'k1', 'q1', 1, 1);
";

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn a_desk_of_the_version_before_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deskbell.db");
    let mut old = Connection::open(&path).unwrap();
    Migrations::new(STEPS[..2].to_vec()).to_latest(&mut old).unwrap();
    old.execute_batch(BEFORE).unwrap();
    drop(old);

    let prepared = prepare(folder.path(), 1_000).unwrap();
    assert!(!prepared.fresh && prepared.read_only.is_none());
    assert_eq!(backups(folder.path()).len(), 1, "the file as it was is kept");
    let new = Connection::open(&path).unwrap();
    assert_eq!(version(&new).unwrap(), STEPS.len());
    for (sql, expected) in [
        ("SELECT auto_close_minutes FROM channels WHERE id = 'c1'", 3 * 1_440),
        ("SELECT count(*) FROM channels WHERE auto_close_minutes IS NULL", 1),
        ("SELECT count(*) FROM numbers", 2),
        (
            "SELECT count(*) FROM numbers WHERE id = 'n1' AND queue_id = 'q1' AND deleted_at IS NULL",
            1,
        ),
        ("SELECT count(*) FROM numbers WHERE id = 'n2' AND user_id = 'u1' AND deleted_at = 7", 1),
        ("SELECT count(*) FROM number_starters WHERE number_id = 'n1' AND user_id = 'u1'", 1),
        ("SELECT count(*) FROM sessions s JOIN numbers n ON n.id = s.number_id", 1),
        ("SELECT count(*) FROM contacts WHERE anonymous = 0", 1),
        ("SELECT count(*) FROM pragma_foreign_key_check", 0),
    ] {
        assert_eq!(number(&new, sql), expected, "{sql}");
    }
    new.pragma_update(None, "foreign_keys", "ON").unwrap();
    assert!(new.execute("DELETE FROM numbers WHERE id = 'n1'", []).is_err(), "a session names it");
    let website = "INSERT INTO numbers (id, channel_id, address, kind, queue_id, created_at) \
        VALUES ('n3', 'c2', 'www.shop.example', 'website', 'q1', 1)";
    assert_eq!(new.execute(website, []).unwrap(), 1);
    let twice = website.replace("'n3'", "'n4'");
    assert!(new.execute(&twice, []).is_err(), "an address is a channel's once");
}
