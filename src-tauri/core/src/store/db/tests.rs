//! Writers and readers together: groups that share a commit, errors, panics, closing.

use std::sync::Barrier;

use super::*;
use crate::model::{ContactId, QueueId};
use crate::store::{contacts, migrate};

struct Store {
    db: Db,
    bus: Bus,
    _folder: tempfile::TempDir,
    prepared: migrate::Prepared,
}

fn store() -> Store {
    let folder = tempfile::tempdir().unwrap();
    let prepared = migrate::prepare(folder.path(), 1_000).unwrap();
    let bus = Bus::new(1_024);
    let db = Db::open(&prepared.path, &bus, None).unwrap();
    Store { db, bus, _folder: folder, prepared }
}

fn queue_changed() -> Event {
    Event::QueueChanged { queue_id: QueueId::new() }
}

async fn contacts_named(db: &Db, name: &'static str) -> i64 {
    db.read(move |connection| {
        let sql = "SELECT count(*) FROM contacts WHERE name = ?1";
        Ok(connection.query_row(sql, [name], |row| row.get(0))?)
    })
    .await
    .unwrap()
}

/// Holds the writer until the returned barrier is passed, so that what follows shares a commit.
fn hold(db: &Db) -> (Arc<Barrier>, tokio::task::JoinHandle<()>) {
    let barrier = Arc::new(Barrier::new(2));
    let (inside, db) = (Arc::clone(&barrier), db.clone());
    let held = tokio::spawn(async move {
        db.write(move |_| {
            inside.wait();
            Ok(())
        })
        .await
        .unwrap();
    });
    (barrier, held)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_failed_or_panicking_write_undoes_nothing_of_its_group() {
    let store = store();
    let mut heard = store.bus.subscribe();
    let (barrier, held) = hold(&store.db);
    let mut writes = Vec::new();
    for number in 0..30 {
        let db = store.db.clone();
        writes.push(tokio::spawn(async move {
            db.write(move |tx| {
                contacts::insert(tx, ContactId::new(), "kept", None, 1)?;
                tx.emit(queue_changed(), Audience::everyone());
                match number % 3 {
                    0 => Ok(()),
                    1 => Err(Error::NotFound("thing")),
                    _ => panic!("on purpose"),
                }
            })
            .await
        }));
    }
    tokio::task::spawn_blocking(move || barrier.wait()).await.unwrap();
    held.await.unwrap();
    let mut good = 0;
    for write in writes {
        good += i32::from(write.await.unwrap().is_ok());
    }
    assert_eq!(good, 10);
    assert_eq!(contacts_named(&store.db, "kept").await, 10);
    let mut last = 0;
    for _ in 0..10 {
        let logged = heard.try_recv().unwrap();
        assert!(logged.seq > last);
        last = logged.seq;
    }
    assert!(heard.try_recv().is_err(), "an undone write told an event");
    store.db.close();
    store.prepared.stopped_cleanly();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_heard_only_when_its_write_can_be_read() {
    let store = store();
    let mut heard = store.bus.subscribe();
    for _ in 0..20 {
        let db = store.db.clone();
        let write = tokio::spawn(async move {
            db.write(|tx| {
                contacts::insert(tx, ContactId::new(), "seen", None, 1)?;
                tx.emit(queue_changed(), Audience::everyone());
                Ok(())
            })
            .await
        });
        let logged = heard.recv().await.unwrap();
        let seen = contacts_named(&store.db, "seen").await;
        assert_eq!(seen, logged.seq, "one contact for each event so far");
        write.await.unwrap().unwrap();
    }
    store.db.close();
}

#[tokio::test]
async fn a_store_that_can_only_be_read_refuses_with_the_reason() {
    let store = store();
    let reader =
        Db::open(&store.prepared.path, &store.bus, Some("from a newer version".into())).unwrap();
    let refused = reader.write(|_| Ok(())).await.unwrap_err();
    assert!(matches!(refused, Error::ReadOnly(reason) if reason == "from a newer version"));
    assert_eq!(contacts_named(&reader, "x").await, 0);
    reader.close();
    store.db.close();
}

#[tokio::test]
async fn writes_wait_in_line_and_a_closed_store_refuses() {
    let store = store();
    store.db.write(|tx| contacts::insert(tx, ContactId::new(), "before", None, 1)).await.unwrap();
    store.db.close();
    let refused = store.db.write(|_| Ok(())).await.unwrap_err();
    assert!(matches!(refused, Error::Stopping));
}
