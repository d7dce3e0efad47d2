/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    zero: 'لا رسائل مؤجلة.',
    one: 'رسالة واحدة مؤجلة: لن تُرسل.',
    two: 'رسالتان مؤجلتان: لن تُرسلا.',
    few: '{count} رسائل مؤجلة: لن تُرسل.',
    many: '{count} رسالة مؤجلة: لن تُرسل.',
    other: '{count} رسالة مؤجلة: لن تُرسل.',
  },
  'labels.many': {
    zero: 'تصنيفات الجلسات',
    one: 'تصنيفات جلسة واحدة',
    two: 'تصنيفات جلستين',
    few: 'تصنيفات {count} جلسات',
    many: 'تصنيفات {count} جلسة',
    other: 'تصنيفات {count} جلسة',
  },
  'transfer.follow': 'أبقني متابعًا',
  'transfer.follow_hint': 'ترى ما يحدث ويمكنك كتابة ملاحظات، لكن دون الرد.',
  'story.follows': '{name}: متابعة الجلسة',
  'whole.all': 'عرض الكل',
  'whole.older': 'عرض الأقدم',
  'whole.links': 'الروابط',
  'whole.failed': 'تعذّر تحميل ما سبق',
  'contacts.notes_older': 'عرض الملاحظات الأقدم',
  'contacts.notes_failed': 'تعذّر تحميل الملاحظات الأقدم',
  'past.new': 'جلسة جديدة',
  'past.earlier': 'جلسة سابقة',
  'past.silence': 'السابقة انتهت لأن أحدًا لم يكتب',
  'past.agent': 'السابقة أُنهيت',
  'past.administrator': 'السابقة أنهاها مسؤول',
};
