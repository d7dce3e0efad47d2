/** A phone in the hand: without a line, sheets, signing out of a device. */
export const onPhone = {
  'offline.since': 'You are offline. What you see is from {time}.',
  'offline.waiting': {
    one: '{count} message waits and leaves when the line is back.',
    other: '{count} messages wait and leave when the line is back.',
  },
  'offline.not_kept': 'This conversation is not on this device. It opens when the line is back.',
  'pages.newer': 'Deskbell was updated',
  'pages.newer_text': 'This page comes with the new version. What you have written stays.',
  'pages.reopen': 'Reload',
  'sign_in.passing': 'This is not my device',
  'sign_in.passing_hint': 'Nothing is kept on it, and closing the browser signs you out.',
  'sign_out.title': 'Sign out now?',
  'sign_out.waiting': 'What you wrote without a line has not left yet. Signing out deletes it.',
  'sign_out.confirm': 'Sign out and delete',
  'info.title': 'Chat information',
  'attach.camera': 'Take a photo',
  'attach.photo': 'Photo or video',
  'attach.file': 'File',
  'settings.larger': 'Easier on a larger screen. You can change everything here as well.',
} as const;
