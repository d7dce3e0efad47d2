//! What providers tell of messages that we handed to them: news of a state, and ids that were not
//! known yet. Nothing ever moves backwards, and nothing is sent twice for it.

use deskbell_channels::exchange::{Failure, Receipt, ReceiptStatus};

use crate::error::Result;
use crate::model::{ChannelId, MessageId, MessageState};
use crate::store::outbox::{self as store, Told};
use crate::store::{Tx, messages};
use crate::{optouts, outbox, routing};

/// Applies news of a message; `false`: it was known already, or changes nothing.
pub(crate) fn apply(tx: &mut Tx<'_>, channel: ChannelId, receipt: &Receipt) -> Result<bool> {
    let news = News {
        provider_id: &receipt.provider_id,
        told: routing::state_of(&receipt.status),
        failure: match &receipt.status {
            ReceiptStatus::Failed(failure) => Some(failure),
            ReceiptStatus::Sent | ReceiptStatus::Delivered | ReceiptStatus::Read => None,
        },
    };
    if let Some(found) = store::of_provider_id(tx, channel, news.provider_id)? {
        return advance(tx, &found, &news);
    }
    if let Some(past) = store::of_past_attempt(tx, channel, news.provider_id)? {
        return apply_past(tx, &past, &news);
    }
    if let Some(ours) = receipt.our_id.as_deref().and_then(|id| id.parse::<MessageId>().ok())
        && let Some(found) = store::of_our_id(tx, channel, ours)?
    {
        return settle(tx, channel, &found, &news);
    }
    let now = tx.now();
    store::keep_early_receipt(tx, channel, news.provider_id, news.told, news.failure, now)
}

/// A receipt in our words.
struct News<'a> {
    provider_id: &'a str,
    told: MessageState,
    failure: Option<&'a Failure>,
}

impl News<'_> {
    /// The customer has it.
    fn arrived(&self) -> bool {
        matches!(self.told, MessageState::Delivered | MessageState::Read)
    }
}

/// Brings a message to the state that is told, if that is no step back.
fn advance(tx: &mut Tx<'_>, message: &Told, news: &News<'_>) -> Result<bool> {
    if !routing::advances(message.state, news.told) {
        return Ok(false);
    }
    let now = tx.now();
    messages::set_state(tx, message.id, news.told, news.failure, now)?;
    outbox::tell_state(tx, message.session, message.id, message.state, news.told)?;
    if let Some(failure) = news.failure {
        optouts::heed(tx, message.session, failure)?;
    }
    Ok(true)
}

/// News of an attempt before the one that a person has asked for. Only that it arrived after all
/// matters, and only while the new attempt has not left: then it need not leave.
fn apply_past(tx: &mut Tx<'_>, message: &Told, news: &News<'_>) -> Result<bool> {
    if !news.arrived() || message.state != MessageState::Queued {
        return Ok(false);
    }
    tracing::info!(message.id = %message.id, "the attempt before arrived after all");
    advance(tx, message, news)
}

/// News under an id that is new, of a message that we know by our own: the provider took an attempt
/// whose answer never came.
fn settle(tx: &mut Tx<'_>, channel: ChannelId, message: &Told, news: &News<'_>) -> Result<bool> {
    let now = tx.now();
    // A person has asked for it anew: that is taken back only if the customer has it already.
    let asked_anew = message.state == MessageState::Queued && message.attempts == 0;
    if message.provider_id.is_some() || (asked_anew && !news.arrived()) {
        let kept = store::keep_past_attempt(tx, channel, news.provider_id, message.id, now)?;
        return Ok(apply_past(tx, message, news)? || kept);
    }
    if !routing::advances(message.state, news.told) {
        let kept = store::keep_past_attempt(tx, channel, news.provider_id, message.id, now)?;
        return Ok(kept);
    }
    tracing::info!(channel.id = %channel, message.id = %message.id,
        "the provider's news settles a message whose answer never came");
    store::set_provider_id(tx, message.id, news.provider_id)?;
    advance(tx, message, news)
}
