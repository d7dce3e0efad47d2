/** All that the widget says by itself, once in each language. Places are in braces. */

/** What a chat is not without. */
export interface Texts {
  /** The title where the site has none. */
  title: string;
  /** The launcher, while nothing is new. */
  open: string;
  close: string;
  write: string;
  send: string;
  picture: string;
  emoji: string;
  more: string;
  transcript: string;
  /** `{name}` */
  writing: string;
  seen: string;
  sent: string;
  sending: string;
  failed: string;
  down: string;
  /** `{n}` */
  unread: string;
  /** A picture whose link has ended. */
  gone: string;
}

/** What comes with the questions, the menu and pictures. */
export interface More {
  sound: string;
  save: string;
  end: string;
  sure: string;
  keep: string;
  ended: string;
  again: string;
  you: string;
  name: string;
  email: string;
  phone: string;
  company: string;
  subject: string;
  question: string;
  message: string;
  optional: string;
  start: string;
  fill: string;
  wrong: string;
  kind: string;
  large: string;
  remove: string;
}

/** What comes with calls. Those that end with a full stop stand alone; `{name}` is who calls. */
export interface Calls {
  /** The button. */
  call: string;
  /** Who answers, where nobody has a name. */
  us: string;
  asking: string;
  asking_more: string;
  calling: string;
  rings: string;
  incoming: string;
  joining: string;
  shaky: string;
  muted: string;
  mute: string;
  answer: string;
  decline: string;
  cancel: string;
  hang: string;
  again: string;
  back: string;
  close: string;
  ended: string;
  declined: string;
  missed: string;
  missed_theirs: string;
  failed: string;
  offline: string;
  busy: string;
  fast: string;
  never: string;
  down: string;
  denied: string;
  missing: string;
  taken: string;
  insecure: string;
}

export type All = Texts & More;
