/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': '在回复和备注之间切换',
  'key.place': '文件夹或视图 {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Shift',
  'key.delete': 'Del',
  'keyboard.character': '{keys} 会输入字符。书写时请与 Ctrl 或 Alt 一起使用。',
  'shortcuts.more': '固定不变',
};
