/** Things to test with. */
import type { Pending } from './outbox.svelte';
import type { ChatCall, Contact, Me, Message, Session } from './types';

export const NOW = new Date(2026, 4, 14, 14, 8).getTime();

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    session_id: 's1',
    seq,
    kind: 'message',
    direction: 'in',
    author_id: null,
    author_name: null,
    text: `text ${seq}`,
    files: [],
    state: 'received',
    automatic: false,
    others: [],
    parts: null,
    error: null,
    attempts: 0,
    due_at: null,
    unless_answered: false,
    reply_to: null,
    client_key: null,
    mentions: [],
    provider_id: null,
    event: null,
    at: NOW + seq,
    updated_at: NOW + seq,
    ...change,
  };
}

export function pending(client_key: string, change: Partial<Pending> = {}): Pending {
  return {
    client_key,
    session_id: 's1',
    text: 'on its way',
    files: [],
    note: false,
    at: NOW,
    state: 'sending',
    problem: '',
    ...change,
  };
}

export function session(id: string, change: Partial<Session> = {}): Session {
  return {
    id,
    status: 'open',
    channel_id: 'c1',
    channel_name: 'Shop number',
    provider: 'twilio',
    number_id: 'n1',
    number: '+15550101183',
    contact_id: 'k1',
    contact_name: 'Maria Rossi',
    identity_id: 'i1',
    address: '+15550102231',
    blocked: false,
    owner_id: null,
    owner_name: null,
    queue_id: 'q1',
    queue_name: 'Sales',
    queue_mode: 'manual',
    started_by: null,
    opened_at: NOW,
    last_message_at: NOW,
    waiting_since: null,
    closes_at: null,
    closed_at: null,
    closed_by: null,
    preview: 'Hello',
    preview_direction: 'in',
    preview_author: null,
    messages_in: 1,
    messages_out: 0,
    failed: 0,
    unread: 0,
    mention: null,
    drafts: [],
    archived: false,
    labels: [],
    campaign_id: null,
    snoozed: false,
    snoozed_until: null,
    woken_at: null,
    reminder: false,
    muted: false,
    marked_unread: false,
    scheduled: 0,
    permits: {
      answer: true,
      note: true,
      bring_in: true,
      pick_up: true,
      transfer: true,
      take_over: false,
      end: true,
    },
    ...change,
  };
}

export function contact(id: string, change: Partial<Contact> = {}): Contact {
  return {
    id,
    name: 'Vera Novak',
    company: '',
    email: '',
    remarks: '',
    language: '',
    time_zone: '',
    values: {},
    labels: [],
    blocked: null,
    identities: [
      { id: `i-${id}`, kind: 'phone', address: '+12025550147', remark: '', opted_out: [] },
    ],
    last_message_at: null,
    created_at: NOW,
    created_by: null,
    ...change,
  };
}

/** Somebody who is signed in. */
export function user(id: string): Me {
  return {
    user: {
      id,
      login: id,
      name: id,
      role: 'agent',
      presence: 'available',
      disabled: false,
      locked_until: null,
      queues: [],
      may_call: false,
      created_at: 1,
    },
    may_administer: false,
    may_supervise: false,
    startable: [],
    presence_idle: false,
    preferences: {},
  };
}

/** A visitor's call that rings for the reader. */
export function chatCall(change: Partial<ChatCall> = {}): ChatCall {
  return {
    id: 'c1',
    session_id: 's1',
    channel_id: 'ch1',
    by: 'visitor',
    state: 'ringing',
    reason: null,
    user_id: null,
    user_name: null,
    started_at: 1_000,
    answered_at: null,
    ended_at: null,
    sdp: 'their offer',
    ice: [],
    ...change,
  };
}
