/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'sign_out.waits_title': 'هل تريد تسجيل الخروج رغم ذلك؟',
  'sign_out.waits': {
    zero: 'لم تصل {count} رسالة إلى المكتب. تبقى على هذا الجهاز وتُرسل عندما تسجّل الدخول هنا مرة أخرى.',
    one: 'لم تصل رسالة واحدة إلى المكتب. تبقى على هذا الجهاز وتُرسل عندما تسجّل الدخول هنا مرة أخرى.',
    two: 'لم تصل رسالتان إلى المكتب. تبقيان على هذا الجهاز وتُرسلان عندما تسجّل الدخول هنا مرة أخرى.',
    few: 'لم تصل {count} رسائل إلى المكتب. تبقى على هذا الجهاز وتُرسل عندما تسجّل الدخول هنا مرة أخرى.',
    many: 'لم تصل {count} رسالة إلى المكتب. تبقى على هذا الجهاز وتُرسل عندما تسجّل الدخول هنا مرة أخرى.',
    other:
      'لم تصل {count} رسالة إلى المكتب. تبقى على هذا الجهاز وتُرسل عندما تسجّل الدخول هنا مرة أخرى.',
  },
  'newer.send_at': 'الإرسال: {time}',
  'newer.hint_at': 'اقرأه. {key} يحفظ ردّك لموعده، وEsc يتيح لك متابعة الكتابة.',
  'enter.title': 'مفتاح Enter في مربع النص',
  'enter.auto': 'حسب الجهاز: سطر جديد على شاشات اللمس، وإلا فالإرسال',
  'enter.send': 'Enter يرسل، وShift+Enter يبدأ سطرًا جديدًا',
  'enter.line': 'Enter يبدأ سطرًا جديدًا، وCtrl+Enter يرسل',
  'new.country': 'البلد',
  'new.country_own': 'بلدنا',
  'attach.shrink': 'ضغط إلى الحجم المناسب',
  'attach.not_shrunk': 'تعذّر تصغير {name} بما يكفي.',
  'attach.mms': 'قد تصغّر شركات الاتصالات الصور التي تزيد على {size}.',
};
