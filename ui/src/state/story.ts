/** Pure: an operation of the timeline as a sentence. */
import { t } from '../i18n';
import { listed } from '../i18n/list';
import { moment, toCome } from '../i18n/time';
import { weekdayMoment } from '../i18n/time';
import { shownNumber } from '../i18n/phone';
import type { Message, Operation } from './types';

type CallChange = Extract<Operation, { kind: 'call_changed' }>;
type ChatCall = Extract<Operation, { kind: 'chat_call' }>;

/** How far a call got. */
function ofCall({ state, name, seconds, reason }: CallChange): string {
  switch (state) {
    case 'ringing':
    case 'busy':
    case 'no_answer':
    case 'cancelled':
      return t(`story.call_${state}`);
    case 'ended':
      if (seconds == null) return t('story.call_ended_plain', { name });
      return t('story.call_ended', { name, time: talk(seconds) });
    case 'failed':
      return reason
        ? t('story.call_failed_why', { name, reason })
        : t('story.call_failed', { name });
    case 'answered':
    case 'not_picked_up':
    case 'uncertain':
    case 'your_phone':
      return t(`story.call_${state}`, { name });
    case 'handed_over':
    case 'starting':
      return t('story.call_your_phone', { name });
  }
}

/** What came of a call in a live chat. */
function ofChatCall({ by, state, name, seconds, reason }: ChatCall): string {
  const time = talk(seconds ?? 0);
  const gone = reason === 'given_up' || reason === 'line_lost';
  const who = name ?? t('story.desk');
  if (state === 'ended')
    return t(by === 'agent' ? 'story.call_ended' : 'story.chat_call', { name: who, time });
  if (by === 'visitor') {
    if (state === 'missed') return t(gone ? 'story.chat_call_given_up' : 'story.chat_call_missed');
    return t(state === 'declined' ? 'story.chat_call_declined' : 'story.chat_call_failed');
  }
  if (state === 'missed') return t(gone ? 'story.call_cancelled' : 'story.call_no_answer');
  return t(state === 'declined' ? 'story.chat_call_refused' : 'story.call_failed', { name: who });
}

/** 1:01 */
function talk(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function story(event: Message, me: string): string {
  const done = event.event;
  if (!done) return event.text;
  const mine = event.author_id != null && event.author_id === me;
  const name = mine ? t('story.you') : (event.author_name ?? t('story.desk'));
  switch (done.kind) {
    case 'opened':
      return t('story.opened', { at: done.at });
    case 'started':
      return t('story.started', { name });
    case 'picked_up':
      return done.from
        ? t('story.picked_up_from', { name, from: done.from })
        : t('story.picked_up', { name });
    case 'transferred':
      return done.from
        ? t('story.transferred_from', { name, from: done.from, to: done.to })
        : t('story.transferred', { name, to: done.to });
    case 'taken_over':
      return done.from
        ? t('story.taken_over_from', { name, from: done.from })
        : t('story.taken_over', { name });
    case 'archived':
      return t('story.archived', { name });
    case 'unarchived':
      return t('story.unarchived', { name });
    case 'ended':
      return done.by === 'agent' ? t('story.ended', { name }) : t(`story.ended_${done.by}`);
    case 'viewed':
      return t('story.viewed', { name });
    case 'resolved':
      return t(done.arrived ? 'story.resolved_arrived' : 'story.resolved_again', { name });
    case 'retried':
      return t('story.retried', { name });
    case 'cancelled':
      return t('story.cancelled', { name });
    case 'scheduled':
      return t('story.scheduled', { name, when: toCome(done.at, event.at) });
    case 'rescheduled':
      return t('story.rescheduled', { name, when: toCome(done.at, event.at) });
    case 'reworded':
      return t('story.reworded', { name });
    case 'sent_early':
      return t('story.sent_early', { name });
    case 'sent_late':
      return t('story.sent_late', { when: moment(done.at, event.at) });
    case 'unscheduled':
      if (done.answered) return t('story.unscheduled_answered');
      return t('story.unscheduled', { name });
    case 'opted_out':
      if (done.told_by === 'provider') return t('story.opted_out_provider');
      return done.word ? t('story.opted_out', { word: done.word }) : t('story.opted_out_plain');
    case 'opted_in':
      return t('story.opted_in', { word: done.word });
    case 'opt_out_lifted':
      return t('story.opt_out_lifted', { name, reason: done.reason });
    case 'brought_in':
      return t('story.brought_in', { name, names: listed(done.names) });
    case 'follows':
      return t('story.follows', { name });
    case 'snoozed':
      return done.until == null
        ? t('story.snoozed_reply', { name })
        : t('story.snoozed', { name, time: weekdayMoment(done.until, event.at) });
    case 'woken':
      return t('story.woken', { name });
    case 'muted':
      return t('story.muted', { name });
    case 'unmuted':
      return t('story.unmuted', { name });
    case 'marked_unread':
      return t('story.marked_unread', { name });
    case 'undone':
      return t(`story.undone_${done.operation}`, { name });
    case 'asked':
      return t('story.asked', { name });
    case 'called':
      return t(done.method === 'provider' ? 'story.called_provider' : 'story.called', {
        name,
        number: shownNumber(done.number),
      });
    case 'call_changed':
      return ofCall(done);
    case 'chat_call':
      return ofChatCall(done);
    case 'opt_out_set':
      return t('story.opt_out_set', { name, reason: done.reason });
    case 'blocked':
      if (event.author_id == null) return t('story.blocked_kept');
      return done.reason
        ? t('story.blocked_reason', { name, reason: done.reason })
        : t('story.blocked', { name });
    case 'unblocked':
      return t('story.unblocked', { name });
    case 'removed':
      return t('story.removed', { name });
    case 'labelled':
      return labelled(name, listed(done.added), listed(done.removed));
  }
}

function labelled(name: string, added: string, removed: string): string {
  if (!removed) return t('story.labelled', { name, added });
  if (!added) return t('story.unlabelled', { name, removed });
  return t('story.relabelled', { name, added, removed });
}
