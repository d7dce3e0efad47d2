/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'newer.send_at': '在 {time} 发送',
  'newer.hint_at': '请先看一看。按 {key} 将回复留到预定时间发送，按 Esc 继续书写。',
  'enter.title': '文本框中的 Enter 键',
  'enter.auto': '随设备而定：触摸屏上换行，其他设备上发送',
  'enter.send': 'Enter 发送，Shift+Enter 换行',
  'enter.line': 'Enter 换行，Ctrl+Enter 发送',
  'new.country': '国家/地区',
  'new.country_own': '我们所在地',
  'attach.shrink': '压缩到合适大小',
  'attach.not_shrunk': '无法将 {name} 压缩到足够小。',
  'attach.mms': '超过 {size} 时，运营商可能会压缩图片。',
};
