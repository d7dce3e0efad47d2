//! How what the store knows looks to a visitor: whose name and photo are shown, and where files are.
//! And what a line was told already. Pure.

use std::collections::BTreeMap;

use super::frames::{Agent, From, Line, LineFile};
use super::{keys, look};
use crate::chat::sites::Site;
use crate::model::{
    AgentInfo, Direction, FileId, FileState, IdentityId, MessageId, MessageState, Time,
};
use crate::store::chat_lines::ChatLine;
use crate::store::visitors::TokenHash;

/// Places that a line remembers to have told; of a longer chat the older ones.
const REMEMBERED: usize = 500;

/// What a user of this name and photo is to the visitors of a site.
pub(super) fn agent(site: &Site, name: Option<&str>, photo: Option<FileId>) -> Option<Agent> {
    let of = &site.settings().appearance;
    let own = name.filter(|name| !name.is_empty())?;
    let usual = of.default_agent_name.as_str();
    let (name, photo) = match of.agent_info {
        AgentInfo::Name => (own, of.default_agent_photo),
        AgentInfo::NameAndPhoto => (own, photo.or(of.default_agent_photo)),
        AgentInfo::Default => (usual, of.default_agent_photo),
    };
    let photo = photo.map(|file| look::picture(site, file));
    (!name.is_empty()).then(|| Agent { name: name.to_owned(), photo })
}

/// For whom lines are put into words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) site: &'a Site,
    pub(super) hash: &'a TokenHash,
    pub(super) visitor: IdentityId,
    pub(super) now: Time,
}

/// A line as its visitor reads it.
pub(super) fn line(reader: &Reader<'_>, line: ChatLine) -> Line {
    let Reader { site, hash, visitor, now } = *reader;
    let from = match (line.direction, line.automatic) {
        (Direction::In | Direction::None, _) => From::Visitor,
        (Direction::Out, true) => From::Auto,
        (Direction::Out, false) => From::Agent,
    };
    let shown = match from {
        From::Agent => agent(site, line.author.as_deref(), line.photo),
        From::Visitor | From::Auto => None,
    };
    let (name, photo) = shown.map_or((None, None), |one| (Some(one.name), one.photo));
    let here = line.files.into_iter().filter(|file| file.state == FileState::Stored);
    let files = here.map(|file| LineFile {
        url: format!(
            "/chat/{}/files/{}/{}",
            site.token,
            file.id,
            keys::make(hash, &site.token, visitor, file.id, now)
        ),
        id: file.id,
        name: file.name,
        kind: file.content_type,
        size: file.size,
    });
    Line {
        seq: line.seq,
        id: line.id,
        from,
        auto: line.auto,
        name,
        photo,
        text: line.text,
        files: files.collect(),
        at: line.at,
        key: line.key.and_then(|key| key.split_once('.').map(|(_, own)| own.to_owned())),
    }
}

/// What a line was told.
#[derive(Debug, Default)]
pub(super) struct Told {
    places: BTreeMap<i64, MessageId>,
    /// Up to here everything counts as told.
    floor: i64,
    /// The newest place when the line began.
    begin: i64,
}

impl Told {
    /// The line begins: what is older than this and was on its way already is not news.
    pub(super) fn begin_at(&mut self, seq: i64) {
        self.begin = self.begin.max(seq);
    }

    /// Whether a line is news; from now on it is not.
    pub(super) fn is_news(&mut self, line: &ChatLine) -> bool {
        let on_its_way = line.direction == Direction::Out && line.state == MessageState::Sent;
        if line.seq <= self.floor || (line.seq <= self.begin && !on_its_way) {
            return false;
        }
        self.note(line.seq, line.id)
    }

    /// Notes that a line was told, or need not be; `false`: it was noted before.
    pub(super) fn note(&mut self, seq: i64, id: MessageId) -> bool {
        let new = self.places.insert(seq, id).is_none();
        if self.places.len() > REMEMBERED
            && let Some((place, _)) = self.places.pop_first()
        {
            self.floor = self.floor.max(place);
        }
        new
    }

    /// The newest place that was told.
    pub(super) fn newest(&self) -> i64 {
        self.places.keys().next_back().copied().unwrap_or(self.begin)
    }

    /// What was told up to a place.
    pub(super) fn upto(&self, seq: i64) -> Vec<MessageId> {
        self.places.range(..=seq).map(|(_, id)| *id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SessionId;

    fn said(seq: i64, direction: Direction, state: MessageState) -> ChatLine {
        ChatLine {
            seq,
            id: MessageId::new(),
            session: SessionId::new(),
            direction,
            author: None,
            photo: None,
            auto: None,
            automatic: false,
            text: String::new(),
            files: Vec::new(),
            state,
            key: None,
            at: 0,
        }
    }

    #[test]
    fn each_line_is_told_once_whenever_it_leaves() {
        let mut told = Told::default();
        told.begin_at(20);
        let late = said(18, Direction::Out, MessageState::Sent);
        assert!(told.is_news(&late), "it left after the line began");
        assert!(!told.is_news(&ChatLine { state: MessageState::Delivered, ..late }));
        assert!(!told.is_news(&said(10, Direction::Out, MessageState::Read)), "it is history");
        assert!(!told.is_news(&said(10, Direction::In, MessageState::Received)));
        let fresh = said(21, Direction::In, MessageState::Received);
        assert!(told.is_news(&fresh));
        assert!(!told.is_news(&fresh));
        assert!(
            told.is_news(&said(22, Direction::Out, MessageState::Delivered)),
            "another tab has it"
        );
        assert_eq!(told.newest(), 22);
        assert_eq!(told.upto(21).len(), 2);
    }

    #[test]
    fn a_long_chat_takes_no_more_room_and_tells_nothing_twice() {
        let mut told = Told::default();
        for seq in 1..2_000 {
            assert!(told.is_news(&said(seq, Direction::Out, MessageState::Sent)));
        }
        assert_eq!(told.places.len(), REMEMBERED);
        assert!(!told.is_news(&said(3, Direction::Out, MessageState::Sent)));
    }
}
