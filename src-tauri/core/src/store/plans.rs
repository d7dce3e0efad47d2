//! Shows that no question that is asked all day reads whole tables: each is put to an empty store
//! while SQLite tells what it runs, and the plans are looked through. Only for tests.

use std::cell::RefCell;

use deskbell_channels::exchange::Request;
use deskbell_channels::form::IdentityKind;
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::access::Caller;
use crate::model::{
    ChannelId, ContactId, DeviceId, Direction, Folder, Holding, LabelId, MessageId, QueueId, Role,
    SessionFilter, SessionId, SessionSort, SessionStatus, UserId,
};
use crate::store::session_lists::{self, Place, Wanted};
use crate::store::{
    channels, contact_files, deliveries, drafts, events, marks, messages, outbox, sessions,
    timeline, undo,
};

thread_local! {
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Tables that grow with every message or customer.
const LARGE: [&str; 10] = [
    "messages",
    "sessions",
    "session_marks",
    "events",
    "deliveries",
    "identities",
    "contacts",
    "files",
    "mentions",
    "drafts",
];

/// What `ask` runs on a new store.
fn statements(ask: impl FnOnce(&Connection)) -> (Connection, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let prepared = crate::store::migrate::prepare(folder.path(), 1).unwrap();
    let connection = Connection::open(&prepared.path).unwrap();
    SAID.with_borrow_mut(Vec::clear);
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
    ask(&connection);
    connection.trace_v2(TraceEventCodes::empty(), None);
    (connection, SAID.with_borrow_mut(std::mem::take))
}

fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event
        && let Some(sql) = statement.expanded_sql()
    {
        SAID.with_borrow_mut(|said| said.push(sql));
    }
}

/// Steps of a plan that read all of a large table, by its name or by the letter it has in `sql`.
fn whole_tables(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
    let steps: Vec<String> = steps.map(Result::unwrap).collect();
    let large = |step: &String| {
        let Some(rest) = step.strip_prefix("SCAN ") else { return false };
        let name = rest.split(' ').next().unwrap_or_default();
        // An index of what is open, fails or waits is short by its condition.
        let short = [
            "sessions_open",
            "sessions_failed",
            "sessions_closed",
            "sessions_campaign",
            "messages_outbox",
            "messages_in_flight",
            "files_pending",
            "deliveries_unreadable",
            "session_marks_snoozed",
        ]
        .iter()
        .any(|index| rest.contains(index));
        !short
            && LARGE
                .iter()
                .any(|table| name == *table || sql.contains(&format!(" {table} {name} ")))
    };
    steps.into_iter().filter(large).collect()
}

fn check(what: &str, ask: impl FnOnce(&Connection)) {
    let (connection, said) = statements(ask);
    assert!(!said.is_empty(), "{what} asked nothing");
    for sql in said {
        let found = whole_tables(&connection, &sql);
        assert!(found.is_empty(), "{what}: {found:?}\n{sql}");
    }
}

fn caller(role: Role) -> Caller {
    Caller {
        user: UserId::new(),
        name: "Ana".into(),
        role,
        queues: vec![QueueId::new()],
        device: DeviceId::new(),
    }
}

#[test]
fn the_outbox_asks_its_indexes() {
    let (channel, session) = (ChannelId::new(), SessionId::new());
    check("oldest_due", |c| drop(outbox::oldest_due(c, channel, 1)));
    check("next_due", |c| drop(outbox::next_due(c, channel, 1)));
    check("in_flight", |c| drop(outbox::in_flight(c, channel)));
    check("known_ids", |c| drop(outbox::known_ids(c, session, 1)));
    check("depth", |c| drop(outbox::depth(c)));
    check("of_provider_id", |c| drop(outbox::of_provider_id(c, channel, "x")));
    check("of_past_attempt", |c| drop(outbox::of_past_attempt(c, channel, "x")));
    check("waiting_messages", |c| drop(channels::waiting_messages(c, channel)));
}

/// Everything that a list can be narrowed to, one after the other.
fn filters() -> Vec<SessionFilter> {
    let none = SessionFilter::default();
    vec![
        none.clone(),
        SessionFilter { channel: Some(ChannelId::new()), ..none.clone() },
        SessionFilter { queue: Some(QueueId::new()), ..none.clone() },
        SessionFilter { owner: Some(Holding::Me), ..none.clone() },
        SessionFilter { owner: Some(Holding::Nobody), ..none.clone() },
        SessionFilter { labels: vec![LabelId::new(), LabelId::new()], ..none.clone() },
        SessionFilter { status: Some(SessionStatus::Closed), ..none.clone() },
        SessionFilter { unread: true, unanswered: true, ..none.clone() },
        SessionFilter { has_file: true, direction: Some(Direction::In), ..none.clone() },
        SessionFilter { before: Some(9), after: Some(1), ..none },
    ]
}

#[test]
fn every_folder_asks_its_indexes() {
    let after = Some(Place { key: 1, id: SessionId::new() });
    for role in [Role::Agent, Role::Administrator] {
        let caller = caller(role);
        for folder in [
            Folder::Recent,
            Folder::Mine,
            Folder::Unowned,
            Folder::Mentions,
            Folder::Archived,
            Folder::Snoozed,
            Folder::All,
            Folder::Attention,
            Folder::Campaign,
        ] {
            if folder == Folder::All && role == Role::Agent {
                continue;
            }
            check(&format!("{folder:?}"), |c| {
                for filter in filters() {
                    for (after, sort) in
                        [(None, None), (after, None), (after, Some(SessionSort::Waiting))]
                    {
                        let filter = filter.clone();
                        let said = Vec::new();
                        let wanted = Wanted { folder, filter, said, sort, after, limit: 50 };
                        session_lists::page(c, &caller, &wanted).unwrap();
                    }
                }
            });
        }
        check("counts", |c| drop(session_lists::counts(c, &caller)));
        check("of_contact", |c| {
            drop(session_lists::of_contact(c, &caller, ContactId::new(), 50));
        });
    }
}

#[test]
fn a_thread_and_what_comes_in_ask_their_indexes() {
    let (session, message, user) = (SessionId::new(), MessageId::new(), UserId::new());
    check("last", |c| drop(messages::of_session(c, session, messages::Span::Last, 40)));
    check("before", |c| drop(messages::of_session(c, session, messages::Span::Before(9), 40)));
    check("get", |c| drop(messages::get(c, message)));
    check("answered_since", |c| drop(messages::answered_since(c, session, user, 1)));
    check("audience", |c| drop(sessions::audience(c, session)));
    check("drafts", |c| drop(drafts::of_others(c, user, session)));
    check("my drafts", |c| drop(drafts::of_user(c, user, 100)));
    check("last_seq", |c| drop(messages::last_seq(c, session)));
    check("of_client_key", |c| drop(messages::of_client_key(c, "12345678")));
    let request = Request {
        method: "POST".into(),
        path_and_query: "/".into(),
        public_origins: Vec::new(),
        headers: Vec::new(),
        body: "x".into(),
        received_at: 1,
        kept: false,
    };
    check("is_kept", |c| drop(deliveries::is_kept(c, ChannelId::new(), &request)));
    check("was_viewed", |c| drop(messages::was_viewed(c, session, user, 1)));
    check("of_address", |c| drop(messages::of_address(c, IdentityKind::Demo, "maria", 100)));
    check("recount_failed", |c| drop(sessions::recount_failed(c, session)));
    check("within_reach", |c| drop(sessions::within_reach(c, user, 100)));
    check("silent", |c| drop(sessions::silent(c, 1, 100)));
    check("timeline", |c| drop(timeline::part(c, session, 9, 40)));
    check("earlier", |c| drop(timeline::earlier(c, session)));
    check("shared", |c| drop(contact_files::part(c, session, 9, 40)));
    check("due", |c| drop(marks::due(c, 1, 100)));
    check("acted_since", |c| drop(undo::acted_since(c, session, 1)));
    check("after", |c| drop(events::after(c, 1, 100)));
    check("oldest", |c| drop(events::oldest(c)));
}
