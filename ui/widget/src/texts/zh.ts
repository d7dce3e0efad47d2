import type { Texts } from '.';

export const texts: Texts = {
  title: '与我们聊天',
  open: '打开聊天',
  close: '关闭聊天',
  write: '输入消息…',
  send: '发送',
  picture: '添加图片',
  emoji: '表情',
  more: '更多',
  transcript: '聊天记录',
  writing: '{name} 正在输入…',
  seen: '已读',
  sent: '已发送',
  sending: '等待发送…',
  failed: '未发送',
  down: '连接已断开。您写的内容会保留，恢复后立即发送。',
  unread: '新消息：{n}',
  gone: '此图片已不可用。',
};
