/** The visitor's line: one JSON object in each text frame, told apart by `t`. */
import type { FieldId } from './look';

/** Answers to the questions before the first message. */
export type Form = Partial<Record<FieldId, string>>;

export interface Picture {
  id: string;
  name: string;
  /** As sniffed by the desk: `image/png`. */
  type: string;
  /** Bytes. */
  size: number;
  /** From the root of the desk; works for 72 hours. */
  url: string;
}

export interface Message {
  /** Grows with every message of this visitor. */
  seq: number;
  id: string;
  from: 'visitor' | 'agent' | 'auto';
  auto?: 'greeting' | 'first' | 'closing' | 'missed';
  name?: string | null;
  photo?: string | null;
  text: string;
  files: Picture[];
  /** RFC 3339. */
  at: string;
  /** Only of what the visitor wrote: the widget's own key. */
  key?: string | null;
}

export interface Agent {
  name: string;
  photo?: string | null;
}

/** What waits in the widget until the desk has it. */
export interface Saying {
  key: string;
  text: string;
  /** Ids of uploaded files. */
  files: string[];
  form?: Form;
  consent?: boolean;
}

export type ToDesk =
  | {
      t: 'hello';
      v: 1;
      token: string;
      since: number;
      page: { url: string; title: string };
      referrer: string;
      language: string;
      zone: string;
      open: boolean;
    }
  | { t: 'page'; url: string; title: string }
  | { t: 'open'; open: boolean }
  | { t: 'away'; away: boolean }
  | ({ t: 'say' } & Saying)
  | { t: 'typing'; on: boolean }
  | { t: 'got' | 'seen'; seq: number }
  | { t: 'more'; before: number }
  | { t: 'end' }
  | CallFrame;

export type ToVisitor =
  | {
      t: 'welcome';
      now: string;
      session: { id: string; open: boolean; agent: Agent | null } | null;
      online: boolean;
      greeting: string | null;
      /** Oldest first. */
      messages: Message[];
      /** Whether there are older ones. */
      more: boolean;
      /** Up to here agents have seen what the visitor wrote. */
      seen: number;
      full: boolean;
      form_needed: boolean;
      /** Whether somebody can take a call now, and what browsers then find each other by. */
      calls?: boolean;
      ice?: Server[];
    }
  | { t: 'taken'; key: string; seq: number; at: string; session: string }
  | { t: 'refused'; key?: string | null; code: string; message: string }
  | ({ t: 'message' } & Message)
  | { t: 'typing'; on: boolean; name?: string | null }
  | { t: 'seen'; seq: number }
  | { t: 'agent'; name?: string; photo?: string | null }
  | { t: 'ended'; by: 'agent' | 'visitor' | 'silence'; text: string | null }
  | { t: 'online'; online: boolean; calls?: boolean; ice?: Server[] }
  | { t: 'more'; messages: Message[]; more: boolean }
  | { t: 'beat' }
  | { t: 'bye'; code: string; message: string }
  | CallFrame;

/** Frames of calls go through as they are: only the call's pieces read them. */
export interface CallFrame {
  t: `call.${string}`;
  call?: string;
  [more: string]: unknown;
}

/** A server that helps two browsers to find each other, or carries what they say. */
export interface Server {
  urls: string[];
  username?: string | null;
  credential?: string | null;
}

/**
 * What is said of a call: by the desk `call.ring`, `ok`, `answer`, `ice`, `state` or `refused`; by the
 * page `leave`, while there is still a line.
 */
export interface CallNews {
  t: string;
  call?: string;
  /** Of `refused`: the call. */
  key?: string | null;
  sdp?: string;
  name?: string | null;
  ice?: Server[];
  candidate?: string;
  code?: string;
  state?: string;
  /** Whether this tab has it. */
  here?: boolean;
  seconds?: number | null;
}
