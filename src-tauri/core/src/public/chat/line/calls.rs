//! What a line's frames do with calls, and what it is told of them.

use deskbell_channels::livechat::frames::CallFrame;

use super::{Known, Line, failed, refuse};
use crate::app::App;
use crate::chat::calls::visitors::{self, Heard, Rung, Wish, Word};
use crate::chat::hub::{Allowed, CallNews, CallTold};
use crate::chat::saying::Refusal;
use crate::chat::visits;
use crate::clock;
use crate::model::{ChatMode, UserId};

use super::super::frames::{Agent, DeskFrame, Ice};
use super::super::socket::{End, Wire};
use super::super::told;

impl Line {
    /// Servers for a call, if the visitor could call at this moment.
    pub(super) async fn servers(&self, app: &App) -> Result<Option<Vec<Ice>>, End> {
        if self.site.settings().mode != ChatMode::ChatAndCalls {
            return Ok(None);
        }
        let channel = self.site.row.channel;
        let servers = visitors::outlook(app, channel, self.taken.hash()).await.map_err(failed)?;
        Ok(servers.map(|all| all.into_iter().map(Ice::from).collect()))
    }

    /// A line that comes while somebody calls hears it.
    pub(super) async fn ring_if_called(&mut self, app: &App, wire: &mut Wire) -> Result<(), End> {
        match visitors::rings_at(app, self.taken.hash()) {
            Some(news) => self.call_news(app, wire, &news).await,
            None => Ok(()),
        }
    }

    /// Does what a frame about a call asks for.
    pub(super) async fn call(
        &mut self,
        app: &App,
        wire: &mut Wire,
        frame: CallFrame,
    ) -> Result<(), End> {
        let (hash, line) = (*self.taken.hash(), self.taken.line());
        let heard = match frame {
            CallFrame::Ring { call, sdp, form, consent } => {
                return self.ring(app, wire, Wish { call, sdp, form, consent }).await;
            }
            CallFrame::Ice { call, candidate } => {
                visitors::add_candidate(app, &hash, (&call, line), &candidate);
                return Ok(());
            }
            CallFrame::Answer { call, sdp } => {
                visitors::answer(app, &hash, (&call, line), sdp).await
            }
            CallFrame::Here { call } => visitors::here(app, &hash, (&call, line)).await,
            CallFrame::Decline { call } => visitors::end(app, &hash, &call, Word::Declines).await,
            CallFrame::End { call } => visitors::end(app, &hash, &call, Word::HangsUp).await,
            CallFrame::Failed { call } => visitors::end(app, &hash, &call, Word::Failed).await,
        };
        match heard.map_err(failed)? {
            Heard::Done => Ok(()),
            Heard::Over(news) => self.call_news(app, wire, &news).await,
        }
    }

    async fn ring(&mut self, app: &App, wire: &mut Wire, wish: Wish) -> Result<(), End> {
        let call = wish.call.clone();
        if self.taken.may_call(clock::now()) == Allowed::TooFast {
            return refuse(wire, call, Refusal::TooFast).await;
        }
        let line = self.taken.line();
        let rung = visitors::ring(app, self.speaker(), line, wish).await.map_err(failed)?;
        match rung {
            Err(refusal) => refuse(wire, call, refusal).await,
            Ok(Rung::Over(news)) => self.call_news(app, wire, &news).await,
            Ok(Rung::Rings { session, audience, identity, servers }) => {
                if self.known.session != Some((session, true)) {
                    self.known = Known { session: Some((session, true)), agent: None, seen: 0 };
                }
                self.know(app, identity, (session, audience));
                let ice = servers.into_iter().map(Ice::from).collect();
                wire.tell(&DeskFrame::CallOk { call, ice }).await?;
                self.look(app, wire).await
            }
        }
    }

    /// Tells the browser something about a call.
    pub(super) async fn call_news(
        &mut self,
        app: &App,
        wire: &mut Wire,
        news: &CallNews,
    ) -> Result<(), End> {
        let call = news.call.clone();
        let frame = match &news.told {
            CallTold::Rings { user, sdp, servers } => {
                let (name, photo) = self.caller(app, *user).await?;
                let ice = servers.iter().cloned().map(Ice::from).collect();
                DeskFrame::CallRing { call, sdp: sdp.to_string(), name, photo, ice }
            }
            CallTold::Answered { user, sdp } => {
                let (name, photo) = self.caller(app, *user).await?;
                DeskFrame::CallAnswer { call, sdp: sdp.to_string(), name, photo }
            }
            CallTold::Candidate(candidate) => {
                DeskFrame::CallIce { call, candidate: candidate.to_string() }
            }
            CallTold::State { state, line, seconds, reason } => DeskFrame::CallState {
                call,
                state: *state,
                here: *line == Some(self.taken.line()),
                seconds: *seconds,
                reason: *reason,
            },
        };
        wire.tell(&frame).await
    }

    /// Name and photo of somebody of the team, as far as this site shows them.
    async fn caller(
        &self,
        app: &App,
        user: UserId,
    ) -> Result<(Option<String>, Option<String>), End> {
        let (name, photo) = visits::name_of(app, user).await.map_err(failed)?;
        let shown = told::agent(&self.site, Some(&name), photo);
        Ok(shown.map_or((None, None), |Agent { name, photo }| (Some(name), photo)))
    }
}
