import type { Texts } from '.';

export const texts: Texts = {
  title: 'Chat with us',
  open: 'Open chat',
  close: 'Close chat',
  write: 'Write a message…',
  send: 'Send',
  picture: 'Add a picture',
  emoji: 'Emoji',
  more: 'More',
  transcript: 'Chat transcript',
  writing: '{name} is writing…',
  seen: 'seen',
  sent: 'sent',
  sending: 'waiting…',
  failed: 'Not sent',
  down: 'No connection. What you write is kept and sent as soon as it is back.',
  unread: 'New messages: {n}',
  gone: 'This picture is no longer available.',
};
