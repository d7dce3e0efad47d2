/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': '你已离线。当前显示的是 {time} 的内容。',
  'offline.waiting': { other: '{count} 条消息正在等待，恢复连接后发出。' },
  'offline.not_kept': '此设备上没有这段对话。恢复连接后即可打开。',
  'pages.newer': 'Deskbell 已更新',
  'pages.newer_text': '此页面随新版本提供。你写的内容会保留。',
  'pages.reopen': '重新加载',
  'sign_in.passing': '这不是我的设备',
  'sign_in.passing_hint': '不会在上面保存任何内容，关闭浏览器即退出登录。',
  'sign_out.title': '现在退出登录？',
  'sign_out.waiting': '你离线时写的内容还没有发出。退出登录会将其删除。',
  'sign_out.confirm': '退出并删除',
  'info.title': '聊天信息',
  'attach.camera': '拍照',
  'attach.photo': '照片或视频',
  'attach.file': '文件',
  'settings.larger': '在更大的屏幕上更方便。在这里也可以更改所有内容。',
};
