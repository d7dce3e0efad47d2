/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': 'الساعة',
  'clock.language': 'كالمعتاد هنا',
  'clock.12': '12 ساعة',
  'clock.24': '24 ساعة',
  'time.theirs': '{mine} · {theirs} عند {name}',
  'sounds.output': 'تصدر الأصوات من',
  'sounds.output_usual': 'المخرج المعتاد',
  'sounds.output_show': 'إظهار المخارج',
  'sounds.output_number': 'المخرج {number}',
  'sounds.output_failed': 'لا يذكر هذا الجهاز مخارجه. تبقى الأصوات على المخرج المعتاد.',
  'sounds.output_hint':
    'لا تسمّيها المتصفحات إلا للصفحات التي يجوز لها استخدام الميكروفون. لا يُسجَّل شيء.',
};
