/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    other: '有 {count} 条定时消息：它们将不会发送。',
  },
  'labels.many': {
    other: '为 {count} 个会话设置标签',
  },
  'transfer.follow': '让我继续旁观',
  'transfer.follow_hint': '你可以查看后续内容并写备注，但不能回复。',
  'story.follows': '{name} 继续旁观',
  'whole.all': '显示全部',
  'whole.older': '显示更早的',
  'whole.links': '链接',
  'whole.failed': '无法加载更早的内容',
  'contacts.notes_older': '显示更早的备注',
  'contacts.notes_failed': '无法加载更早的备注',
  'past.new': '新会话',
  'past.earlier': '更早的会话',
  'past.silence': '上一个因无人发消息而结束',
  'past.agent': '上一个已结束',
  'past.administrator': '上一个由管理员结束',
};
