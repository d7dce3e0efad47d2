/** All that the widget says by itself, once in each language. Places are in braces. */
export interface Texts {
  /** The title where the site has none. */
  title: string;
  open: string;
  close: string;
  write: string;
  send: string;
  picture: string;
  emoji: string;
  more: string;
  sound: string;
  save: string;
  transcript: string;
  end: string;
  sure: string;
  keep: string;
  ended: string;
  again: string;
  you: string;
  writing: string;
  seen: string;
  sent: string;
  sending: string;
  failed: string;
  retry: string;
  remove: string;
  down: string;
  unread: string;
  older: string;
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
  gone: string;
}
