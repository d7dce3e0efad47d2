/** Live chat: the settings of a site, its snippet, the look at a page, and what is told of visitors. */
import type { Span } from './calls';
import { call, connection, withQuery, type ApiPath } from './client';

export interface PreChatField {
  id: 'name' | 'email' | 'phone' | 'company' | 'subject' | 'question';
  show: boolean;
  required: boolean;
  /** Empty: what the widget calls it in its language. */
  label: string;
}

export interface AutoText {
  on: boolean;
  text: string;
}

export interface ChatAppearance {
  theme: 'light' | 'dark' | 'auto';
  /** `#rrggbb`. */
  colour: string;
  launcher: 'bubble' | 'bar';
  /** 1 to 6. */
  icon: number;
  side: 'left' | 'right';
  /** Pixels from that side, and from below. */
  offset_x: number;
  offset_y: number;
  title: string;
  subtitle: string;
  logo_file_id: string | null;
  agent_info: 'name' | 'name_and_photo' | 'default';
  default_agent_name: string;
  default_agent_photo: string | null;
}

export interface ChatMessages {
  language: 'auto' | 'en' | 'de' | 'es' | 'fr' | 'pt' | 'zh' | 'ar';
  pre_chat: { on: boolean; fields: PreChatField[]; consent: string };
  online_greeting: AutoText;
  offline_greeting: AutoText;
  first_answer: AutoText;
  closed: AutoText;
}

export interface IceServer {
  urls: string[];
  username: string;
  /** What is entered; left out: the one that is kept. */
  credential?: string | null;
  /** Whether one is kept; it is never told again. */
  has_credential?: boolean;
}

export interface ChatSettings {
  domains: string[];
  mode: 'chat' | 'chat_and_calls';
  max_calls: number;
  visitors_may_send: 'text' | 'text_and_images';
  /** `null`: never. */
  close_after_minutes: number | null;
  max_chats: number | null;
  appearance: ChatAppearance;
  messages: ChatMessages;
  ice_servers: IceServer[];
}

export interface ChatSnippet {
  snippet: string;
  script_url: string;
  csp: string[];
  needs_public_url: boolean;
  /** Path of the test page at the workspace. */
  test_path: string;
}

/** What the look at a page found. */
export interface ChatCheck {
  state: 'found' | 'not_found' | 'other_site' | 'wrong_domain' | 'unreachable';
  /** The same in words, with what to do. */
  words: string;
  /** The page that was looked at, where the address led. */
  url: string;
}

/** What passed through a site in a span of time. */
export interface ChatFigures {
  visitors_now: number;
  chats: number;
  missed: number;
  waiting: number;
  /** Half of those who were answered waited less; `null`: nobody was. */
  first_answer_ms: number | null;
}

export const chat = {
  settings: (id: string) => call<ChatSettings>('GET', `/channels/${id}/chat` as ApiPath),
  change: (id: string, settings: ChatSettings) =>
    call<ChatSettings>('PUT', `/channels/${id}/chat` as ApiPath, settings),
  snippet: (id: string) => call<ChatSnippet>('GET', `/channels/${id}/chat/snippet` as ApiPath),
  check: (id: string, url: string) =>
    call<ChatCheck>('POST', `/channels/${id}/chat/check` as ApiPath, { url }),
  figures: (id: string, span: Span) =>
    call<ChatFigures>('GET', withQuery(`/channels/${id}/chat/figures` as ApiPath, span)),
  /** The test page, on the desk's own address. */
  testPage: (path: string) => `${connection.origin}${path}`,
  visitor: (session: string) => call<Visitor>('GET', `/sessions/${session}/visitor` as ApiPath),
};

export interface VisitedPage {
  at: number;
  url: string;
  title: string;
}

/** Told in passing while the line stands: where a visitor is. */
export type VisitFrame =
  ({ type: 'visitor' } & VisitorNews) | { type: 'visitors'; visitors: VisitorNews[] };

export interface VisitorNews {
  session_id: string;
  state: 'online' | 'away' | 'left';
  writing: boolean;
  page?: { url: string; title: string } | null;
}

/** What is known of the visitor of a live chat. */
export interface Visitor {
  state: 'online' | 'away' | 'left';
  writing: boolean;
  page: VisitedPage | null;
  pages: VisitedPage[];
  referrer: string;
  browser: string;
  language: string;
  time_zone: string;
  form: Partial<Record<PreChatField['id'], string>>;
  consented_at: number | null;
  first_seen_at: number;
  last_seen_at: number;
}
