/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': 'أنت غير متصل. ما تراه هو من {time}.',
  'offline.waiting': {
    zero: 'لا رسائل تنتظر.',
    one: 'رسالة واحدة تنتظر وستُرسل عند عودة الاتصال.',
    two: 'رسالتان تنتظران وستُرسلان عند عودة الاتصال.',
    few: '{count} رسائل تنتظر وستُرسل عند عودة الاتصال.',
    many: '{count} رسالة تنتظر وستُرسل عند عودة الاتصال.',
    other: '{count} رسالة تنتظر وستُرسل عند عودة الاتصال.',
  },
  'offline.not_kept': 'هذه المحادثة ليست على هذا الجهاز. ستُفتح عند عودة الاتصال.',
  'pages.newer': 'تم تحديث Deskbell',
  'pages.newer_text': 'تأتي هذه الصفحة مع الإصدار الجديد. ما كتبته يبقى.',
  'pages.reopen': 'إعادة التحميل',
  'sign_in.passing': 'هذا ليس جهازي',
  'sign_in.passing_hint': 'لا يُحفظ عليه شيء، وإغلاق المتصفح يسجّل خروجك.',
  'sign_out.title': 'تسجيل الخروج الآن؟',
  'sign_out.waiting': 'ما كتبته دون اتصال لم يُرسل بعد. تسجيل الخروج يحذفه.',
  'sign_out.confirm': 'تسجيل الخروج والحذف',
  'info.title': 'معلومات المحادثة',
  'attach.camera': 'التقاط صورة',
  'attach.photo': 'صورة أو فيديو',
  'attach.file': 'ملف',
  'settings.larger': 'الأمر أسهل على شاشة أكبر. ويمكنك تغيير كل شيء هنا أيضًا.',
};
