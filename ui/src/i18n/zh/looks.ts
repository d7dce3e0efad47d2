/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': '高对比度',
  'appearance.window': '窗口',
  'appearance.status': '状态栏',
  'appearance.status_hint':
    '窗口底部的一行：等待发送的消息、今天收到的消息，以及每个渠道最近一次收到客户消息的时间。',
  'status.label': '状态',
  'status.waits': { other: '{count} 条消息等待发送' },
  'status.clear': '没有等待发送的消息',
  'status.today': { other: '今天收到 {count} 条消息' },
  'status.last': '{channel}：最近 {time}',
  'status.never': '{channel}：尚未收到消息',
  'select.short': '已选 {count} 个',
  'thread.said': '{name}：{text}',
  'thread.said_many': { other: '{name} 发来 {count} 条新消息' },
  'list.width': '列表宽度',
  'settings.overview': '概览',
  'settings.office': '办公室',
  'settings.mine': '我的',
};
