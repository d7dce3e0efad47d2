/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': 'تراجع إلغاء undo',
  'find.presence': 'غائب متاح حالة غداء مشغول',
  'find.new': 'بدء كتابة رسالة',
  'find.out': 'خروج مغادرة',
  'find.block': 'حظر إزعاج',
  'find.transfer': 'تحويل إسناد',
  'find.snooze': 'لاحقًا تذكير',
  'find.end': 'إغلاق إنهاء',
  'find.archive': 'تم حفظ',
  'deed.reply': 'رد',
  'deed.snooze': 'تأجيل 20 دقيقة',
  'deed.ask_pick_up': 'هل تستلم الجلسة مع {name}؟',
  'deed.ask_snooze': 'هل تؤجل الجلسة مع {name}؟',
  'deed.ask_text': 'رابط يطلب ذلك. وافق فقط إن كنت تريده.',
  'deed.yes_pick_up': 'استلام',
  'deed.yes_snooze': 'تأجيل 20 دقيقة',
  'deed.failed': 'لم يُنفَّذ ما طلبه الإشعار',
};
