/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': '撤销 取消 undo',
  'find.presence': '离开 在线 状态 午休 忙碌',
  'find.new': '开始 写 消息',
  'find.out': '退出 登出',
  'find.block': '拉黑 屏蔽 垃圾',
  'find.transfer': '转交 分配',
  'find.snooze': '稍后 提醒',
  'find.end': '关闭 完成',
  'find.archive': '完成 收起',
  'deed.reply': '回复',
  'deed.snooze': '稍后 20 分钟提醒',
  'deed.ask_pick_up': '领取与 {name} 的会话？',
  'deed.ask_snooze': '推迟与 {name} 的会话？',
  'deed.ask_text': '这是一个链接的请求。只有在你确实想这样做时才确认。',
  'deed.yes_pick_up': '领取',
  'deed.yes_snooze': '推迟 20 分钟',
  'deed.failed': '通知所请求的操作没有完成',
};
