//! What the switchboard promises: nothing is told too early, nothing is lost on the way to a line
//! that comes back, and time ends what nobody ends.

use deskbell_channels::livechat::frames::Page;
use tokio::sync::mpsc::Receiver;

use super::*;
use crate::chat::hub::{Coming, News, Taken};
use crate::model::ChannelId;

const HASH: TokenHash = [7; 32];

struct Desk {
    hub: Hub,
    rooms: Rooms,
    switchboard: Switchboard,
}

fn desk() -> Desk {
    let rooms = Rooms::new();
    let hub = Hub::new(&rooms);
    let switchboard = Switchboard::new(&hub, &rooms);
    Desk { hub, rooms, switchboard }
}

impl Desk {
    fn visitor(&self) -> (Taken, Receiver<News>) {
        let channel = ChannelId::new();
        let coming = Coming { channel, hash: HASH, page: Page::default(), address: None };
        self.hub.come(coming, 0).unwrap()
    }
}

fn row(by: ChatCaller, user: Option<UserId>) -> ChatCallRow {
    ChatCallRow {
        id: ChatCallId::new(),
        key: "key".into(),
        session: SessionId::new(),
        channel: ChannelId::new(),
        by,
        user,
        user_name: user.map(|_| "Ana".into()),
        state: ChatCallState::Ringing,
        reason: None,
        started_at: 1_000,
        answered_at: None,
        ended_at: None,
    }
}

fn connected(row: &ChatCallRow, user: UserId) -> ChatCallRow {
    let state = ChatCallState::Connected;
    ChatCallRow { state, user: Some(user), answered_at: Some(2_000), ..row.clone() }
}

/// A visitor's call on this line, that rings for these.
fn ringing(on: u64, users: &[UserId]) -> Live {
    let (row, wire) = (row(ChatCaller::Visitor, None), "c-1".to_owned());
    let mut live = Live::begins(row, (HASH, wire), "offer".into(), Vec::new());
    live.line = Some(on);
    (live.rang, live.rings) = (users.to_vec(), users.to_vec());
    live
}

fn told(news: &mut Receiver<News>) -> Vec<CallTold> {
    std::iter::from_fn(|| news.try_recv().ok())
        .filter_map(|one| match one {
            News::Call(news) => Some(news.told.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn what_a_visitor_tells_before_the_answer_waits_for_it() {
    let desk = desk();
    let (taken, mut news) = desk.visitor();
    let (ana, ben) = (UserId::new(), UserId::new());
    let live = ringing(taken.line(), &[ana, ben]);
    let (id, ringing) = (live.row.id, live.row.clone());
    let mut team = desk.rooms.subscribe();
    desk.switchboard.begin(live);
    assert_eq!(desk.switchboard.of_user(ana)[0].sdp.as_deref(), Some("offer"));
    desk.switchboard.visitor_candidate(&HASH, ("c-1", taken.line()), "way 1");
    desk.switchboard.visitor_candidate(&HASH, ("c-1", taken.line() + 1), "of another line");
    desk.switchboard.visitor_candidate(&[8; 32], ("c-1", taken.line()), "of another visitor");
    let agent = Agent { user: ana, device: DeviceId::new() };
    let seen = desk.switchboard.answer(&connected(&ringing, ana), agent, "answer".into()).unwrap();
    assert_eq!((seen.state, seen.sdp), (ChatCallState::Connected, None));
    let heard = told(&mut news);
    assert!(matches!(&heard[0], CallTold::Answered { user, .. } if *user == ana), "{heard:?}");
    assert!(matches!(&heard[1], CallTold::State { state: ChatCallState::Connected, .. }));
    let ways: Vec<_> = std::iter::from_fn(|| team.try_recv().ok())
        .filter_map(|told| match &told.stir {
            crate::rooms::Stir::Call(TeamNews::Candidate(_, way)) => Some(way.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(ways, ["way 1"]);
    assert!(desk.switchboard.of_user(ben).is_empty(), "it rings for nobody else any more");
    assert!(desk.switchboard.rang_for(id, ben));
}

#[test]
fn more_ways_than_are_taken_are_passed_over() {
    let desk = desk();
    let (taken, _news) = desk.visitor();
    let ana = UserId::new();
    let live = ringing(taken.line(), &[ana]);
    let (id, before) = (live.row.id, live.row.clone());
    desk.switchboard.begin(live);
    for _ in 0..CANDIDATES + 50 {
        desk.switchboard.visitor_candidate(&HASH, ("c-1", taken.line()), "way");
    }
    let agent = Agent { user: ana, device: DeviceId::new() };
    desk.switchboard.answer(&connected(&before, ana), agent, "answer".into()).unwrap();
    assert_eq!(desk.switchboard.told_to(ana).len(), CANDIDATES);
    for _ in 0..CANDIDATES {
        desk.switchboard.agent_candidate(id, ana, "way").unwrap();
    }
    let more = desk.switchboard.agent_candidate(id, ana, "way").unwrap_err();
    assert!(matches!(more, Error::TooManyRequests(_)), "{more}");
    let stranger = desk.switchboard.agent_candidate(id, UserId::new(), "way").unwrap_err();
    assert!(matches!(stranger, Error::CallOver), "{stranger}");
}

#[test]
fn it_rings_on_for_the_others_until_the_last_declines() {
    let desk = desk();
    let (taken, _news) = desk.visitor();
    let (ana, ben, eva) = (UserId::new(), UserId::new(), UserId::new());
    let live = ringing(taken.line(), &[ana, ben]);
    let id = live.row.id;
    desk.switchboard.begin(live);
    assert_eq!(desk.switchboard.decline(id, eva), None);
    assert_eq!(desk.switchboard.decline(id, ana), Some(Declined::RingsOn));
    assert_eq!(desk.switchboard.seen_by(id, ana).unwrap().sdp, None);
    desk.switchboard.ring_also_for(id, ana);
    assert_eq!(desk.switchboard.of_user(ana), [], "who declined is left alone");
    desk.switchboard.ring_for(id, &[ana, eva]);
    assert_eq!(desk.switchboard.of_user(ben), [], "it went to somebody else");
    assert!(desk.switchboard.seen_by(id, eva).unwrap().sdp.is_some());
    assert_eq!(desk.switchboard.decline(id, eva), Some(Declined::Last));
}

#[test]
fn time_ends_what_rings_and_what_has_lost_an_end() {
    let desk = desk();
    let (taken, _news) = desk.visitor();
    let (ana, device) = (UserId::new(), DeviceId::new());
    let page = desk.switchboard.come(ana, device);
    let live = ringing(taken.line(), &[ana]);
    let (id, before) = (live.row.id, live.row.clone());
    desk.switchboard.begin(live);
    assert_eq!(desk.switchboard.due(1_000 + RINGING - 1), []);
    assert_eq!(desk.switchboard.due(1_000 + RINGING), [(id, Due::NoAnswer)]);
    let agent = Agent { user: ana, device };
    desk.switchboard.answer(&connected(&before, ana), agent, "answer".into()).unwrap();
    assert_eq!(desk.switchboard.due(900_000), [], "they talk for as long as they like");
    drop(page);
    assert_eq!(desk.switchboard.due(1_000_000), []);
    let again = desk.switchboard.come(ana, device);
    assert_eq!(desk.switchboard.due(1_000_000 + GONE), [], "the page is back");
    drop(again);
    assert_eq!(desk.switchboard.due(2_000_000), []);
    assert_eq!(desk.switchboard.due(2_000_000 + GONE), [(id, Due::LineLost)]);
}

#[test]
fn a_line_that_comes_back_hears_everything_again() {
    let desk = desk();
    let (taken, _news) = desk.visitor();
    let (ana, device) = (UserId::new(), DeviceId::new());
    let _page = desk.switchboard.come(ana, device);
    let live = ringing(taken.line(), &[ana]);
    let (id, before) = (live.row.id, live.row.clone());
    desk.switchboard.begin(live);
    let agent = Agent { user: ana, device };
    desk.switchboard.answer(&connected(&before, ana), agent, "answer".into()).unwrap();
    desk.switchboard.agent_candidate(id, ana, "way").unwrap();
    drop(taken);
    assert_eq!(desk.switchboard.due(10_000), []);
    let (back, mut news) = desk.visitor();
    assert!(!desk.switchboard.claim(&[8; 32], "c-1", back.line()), "it is another visitor's");
    assert!(desk.switchboard.claim(&HASH, "c-1", back.line()));
    let heard = told(&mut news);
    assert!(
        matches!(heard[0], CallTold::State { line: Some(on), .. } if on == back.line()),
        "{heard:?}"
    );
    assert!(matches!(heard[1], CallTold::Answered { .. }) && heard.len() == 3, "{heard:?}");
    assert_eq!(desk.switchboard.due(10_000 + GONE), []);
    let ended = ChatCallRow { state: ChatCallState::Ended, ended_at: Some(5_000), ..before };
    desk.switchboard.end(&ended);
    assert!(!desk.switchboard.claim(&HASH, "c-1", back.line()));
}

#[test]
fn an_agents_call_rings_at_every_page_of_the_visitor_and_the_first_answer_has_it() {
    let desk = desk();
    let (first, mut one) = desk.visitor();
    let ana = UserId::new();
    let row = row(ChatCaller::Agent, Some(ana));
    let mut live = Live::begins(row.clone(), (HASH, "c-2".into()), "offer".into(), Vec::new());
    live.agent = Some(Agent { user: ana, device: DeviceId::new() });
    desk.switchboard.begin(live);
    let (second, mut other) = desk.visitor();
    assert!(matches!(told(&mut one)[0], CallTold::Rings { .. }));
    let late = desk.switchboard.rings_at(&HASH).unwrap();
    assert_eq!(late.call, "c-2");
    assert!(!desk.switchboard.claim(&HASH, "c-2", first.line()), "it is not answered yet");
    desk.switchboard.agent_candidate(row.id, ana, "way").unwrap();
    assert_eq!(told(&mut one), []);
    let talks = connected(&row, ana);
    assert!(desk.switchboard.visitor_answers(&talks, second.line(), "answer".into()));
    assert!(matches!(told(&mut other)[1], CallTold::Candidate(_)));
    assert_eq!(told(&mut one).len(), 1, "the other page hears only that it is over there");
    assert_eq!(desk.switchboard.told_to(ana).len(), 1);
    assert_eq!(desk.switchboard.rings_at(&HASH), None);
}
