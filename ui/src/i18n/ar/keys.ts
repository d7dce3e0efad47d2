/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': 'التبديل بين الرد والملاحظة',
  'key.place': 'المجلد أو طريقة العرض {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Shift',
  'key.delete': 'Del',
  'keyboard.character': '{keys} يكتب حرفًا. أثناء الكتابة استخدمه مع Ctrl أو Alt.',
  'shortcuts.more': 'ثابتة دائمًا',
};
