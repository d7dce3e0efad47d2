/** Calls of live chat, as those see them who answer and call. */
import type { Translation } from '../text';
import type { voices as english } from '../en/voices';

export const voices: Translation<typeof english> = {
  'voice.visitor': 'زائر',
  'voice.rings': '{name} يتصل',
  'voice.rings_text': 'رُد في Deskbell.',
  'voice.answered_by': 'ردّ {user} على مكالمة {name}',
  'voice.missed': 'فاتتك مكالمة من {name}',
  'voice.ended': 'انتهت المكالمة مع {name} · {time}',
  'voice.declined': 'رفض {name} مكالمتك',
  'voice.not_answered': 'لم يرد {name} على مكالمتك',
  'voice.failed': 'تعذّر إتمام المكالمة',
  'voice.failed_hint':
    'ربما يمنعها جدار حماية. يساعد خادم TURN: الإعدادات، القنوات، الموقع، خيارات متقدمة.',
  'voice.broken': 'انقطعت المكالمة',
  'voice.one': 'أنت في مكالمة بالفعل.',
  'voice.not_begun': 'لم تتم المكالمة',
  'voice.denied':
    'الميكروفون محظور. اسمح به لـ Deskbell في المتصفح بجانب العنوان ثم حاول مرة أخرى.',
  'voice.missing': 'لم يُعثر على ميكروفون. وصّل واحدًا ثم حاول مرة أخرى.',
  'voice.taken': 'لا يمكن استخدام الميكروفون. أغلق ما يستخدمه ثم حاول مرة أخرى.',
  'voice.insecure':
    'لا تسمح المتصفحات بالمكالمات إلا على هذا الحاسوب أو عبر https. افتح Deskbell هكذا.',
  'voice.ringing': 'هناك من يتصل',
  'voice.calls': 'المكالمات',
  'voice.calls_you': 'يتصل بك',
  'voice.for_queue': 'لقائمة الانتظار {name}',
  'voice.answer': 'رد',
  'voice.decline': 'رفض',
  'voice.in_browser': 'الرد في المتصفح',
  'voice.in_browser_hint':
    'لا تنقل هذه النافذة الصوت على لينكس. يفتح متصفحك هذه الجلسة ويمكنك الرد هناك.',
  'voice.asking': 'متصفحك يسأل عن الميكروفون: اسمح به. لا يُسجَّل أي شيء.',
  'voice.calling': 'يرنّ عند {name}…',
  'voice.joining': 'جارٍ الوصل…',
  'voice.shaky': 'الاتصال ضعيف في هذه اللحظة.',
  'voice.muted': 'لا يسمعونك: ميكروفونك مغلق.',
  'voice.talking': 'في مكالمة مع {name}',
  'voice.call': 'مكالمة',
  'voice.mute': 'كتم الصوت',
  'voice.hang_up': 'إنهاء المكالمة',
  'voice.elsewhere': 'أنت في هذه المكالمة في نافذة أخرى.',
  'voice.call_visitor': 'الاتصال بهذا الزائر',
  'key.answer-call': 'الرد على مكالمة من موقع',
  'key.hang-up': 'إنهاء المكالمة أو رفضها',
  'key.mute-call': 'إيقاف الميكروفون أو تشغيله أثناء المكالمة',
};
