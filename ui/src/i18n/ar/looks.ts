/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': 'تباين عالٍ',
  'appearance.window': 'النافذة',
  'appearance.status': 'شريط الحالة',
  'appearance.status_hint':
    'سطر رفيع في الأسفل: ما ينتظر الإرسال، وما وصل اليوم، ومتى وصلت آخر رسالة من عميل على كل قناة.',
  'status.label': 'الحالة',
  'status.waits': {
    zero: 'لا رسائل تنتظر الإرسال',
    one: 'رسالة واحدة تنتظر الإرسال',
    two: 'رسالتان تنتظران الإرسال',
    few: '{count} رسائل تنتظر الإرسال',
    many: '{count} رسالة تنتظر الإرسال',
    other: '{count} رسالة تنتظر الإرسال',
  },
  'status.clear': 'لا شيء ينتظر الإرسال',
  'status.today': {
    zero: 'لم تصل رسائل اليوم',
    one: 'وصلت رسالة واحدة اليوم',
    two: 'وصلت رسالتان اليوم',
    few: 'وصلت {count} رسائل اليوم',
    many: 'وصلت {count} رسالة اليوم',
    other: 'وصلت {count} رسالة اليوم',
  },
  'status.last': '{channel}: آخر رسالة {time}',
  'status.never': '{channel}: لم يصل شيء بعد',
  'select.short': 'المحدد: {count}',
  'thread.said': '{name}: {text}',
  'thread.said_many': {
    zero: 'لا رسائل جديدة من {name}',
    one: 'رسالة جديدة من {name}',
    two: 'رسالتان جديدتان من {name}',
    few: '{count} رسائل جديدة من {name}',
    many: '{count} رسالة جديدة من {name}',
    other: '{count} رسالة جديدة من {name}',
  },
  'list.width': 'عرض القائمة',
  'settings.overview': 'نظرة عامة',
  'settings.office': 'المكتب',
  'settings.mine': 'لي',
};
