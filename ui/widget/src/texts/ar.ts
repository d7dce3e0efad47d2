import type { Texts } from '.';

export const texts: Texts = {
  title: 'تحدّث معنا',
  open: 'فتح المحادثة',
  close: 'إغلاق المحادثة',
  write: 'اكتب رسالة…',
  send: 'إرسال',
  picture: 'إضافة صورة',
  emoji: 'رموز تعبيرية',
  more: 'المزيد',
  transcript: 'نص المحادثة',
  writing: '{name} يكتب…',
  seen: 'شوهدت',
  sent: 'أُرسلت',
  sending: 'في الانتظار…',
  failed: 'لم تُرسل',
  down: 'لا يوجد اتصال. ما تكتبه محفوظ وسيُرسل فور عودته.',
  unread: 'رسائل جديدة: {n}',
  gone: 'لم تعد هذه الصورة متاحة.',
};
