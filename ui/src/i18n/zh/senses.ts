/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': '时钟',
  'clock.language': '按此处惯例',
  'clock.12': '12 小时制',
  'clock.24': '24 小时制',
  'time.theirs': '{mine} · {name} 当地 {theirs}',
  'sounds.output': '声音输出到',
  'sounds.output_usual': '默认输出',
  'sounds.output_show': '显示输出设备',
  'sounds.output_number': '输出 {number}',
  'sounds.output_failed': '此设备没有提供输出列表，声音仍用默认输出。',
  'sounds.output_hint': '浏览器只向可使用麦克风的页面提供设备名称。不会录音。',
};
