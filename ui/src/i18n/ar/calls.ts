/** Calls: the button, how somebody calls, and what the timeline says of them. */
import type { Translation } from '../text';
import type { calls as english } from '../en/calls';

export const calls: Translation<typeof english> = {
  'call.call': 'اتصال',
  'call.not_allowed':
    'ليست لديك صلاحية للاتصال بالعملاء. يمكن لأحد المسؤولين السماح بذلك من الأشخاص.',
  'call.failed': 'تعذّر الاتصال بـ {name}',
  'call.uncertain': 'لا يُعرف إن كانت المكالمة قد أُجريت',
  'call.uncertain_hint': 'لم يستجب المزوّد. إن لم يرن هاتفك فأعد الاتصال مرة واحدة.',
  'call.your_phone': 'هاتفك يرن الآن. أجب عليه، ثم يُتصل بـ {name}.',

  'settings.calling': 'الاتصال',
  'calling.purpose': 'ما يحدث عند النقر على «اتصال».',
  'calling.tel': 'هاتف هذا الجهاز',
  'calling.tel_hint': 'يُفتح رابط يبدأ بـ \u2066tel:\u2069، وعلى الهاتف تُفتح لوحة الاتصال.',
  'calling.sip': 'هاتف برمجي',
  'calling.sip_hint': 'يُفتح رابط يبدأ بـ \u2066sip:\u2069.',
  'calling.callto': 'برنامج يدعم \u2066callto:\u2069',
  'calling.callto_hint': 'يُفتح رابط يبدأ بـ \u2066callto:\u2069.',
  'calling.pattern': 'رابط خاص بك',
  'calling.pattern_hint': 'لنظام هاتف له عنوان ويب يجري الاتصال.',
  'calling.provider': 'عبر مزوّد القناة',
  'calling.provider_hint':
    'يتصل بهاتفك، ثم بالعميل الذي يرى رقم النشاط التجاري. حيثما يوفّر المزوّد ذلك؛ وتُحتسب تكلفة المكالمتين.',
  'calling.link': 'الرابط',
  'calling.link_hint': 'يصبح {number} رقم العميل مع علامة +، و{digits} أرقامه فقط.',
  // The isolate keeps the order of the address where a line runs from right to left.
  'calling.link_example': '\u2066https://pbx.example/call?to={number}\u2069',
  'calling.phone': 'هاتفك',
  'calling.phone_hint': 'يرن أولًا.',
  'calling.test_number': 'التجربة برقم',
  'calling.test_hint': 'رقمك مثلًا.',
  'calling.test': 'اختبار',

  'people.may_call': 'يمكنه الاتصال بالعملاء',
  'people.may_call_hint': 'من الجلسة، بزر «اتصال».',

  'story.called': '{name}: الاتصال بالرقم \u2066{number}\u2069',
  'story.called_provider': '{name}: الاتصال بالرقم \u2066{number}\u2069 عبر المزوّد',
  'story.call_your_phone': '{name}: الهاتف يرن',
  'story.call_ringing': 'هاتف العميل يرن',
  'story.call_answered': '{name}: أجاب العميل على المكالمة',
  'story.call_ended': '{name}: انتهت المكالمة بعد {time}',
  'story.call_ended_plain': '{name}: انتهت المكالمة',
  'story.call_busy': 'خط العميل مشغول',
  'story.call_no_answer': 'لم يجب العميل على المكالمة',
  'story.call_not_picked_up': '{name}: لا إجابة على الهاتف الشخصي',
  'story.call_cancelled': 'انتهت المكالمة قبل أن يجيب العميل',
  'story.call_failed': '{name}: فشلت المكالمة',
  'story.call_failed_why': '{name}: فشلت المكالمة: {reason}',
  'story.call_uncertain': '{name}: لا يُعرف مصير المكالمة',
  'story.chat_call': '{name}: رد على مكالمة الزائر وانتهت بعد {time}',
  'story.chat_call_missed': 'لم يرد أحد على مكالمة الزائر',
  'story.chat_call_given_up': 'أنهى الزائر المكالمة قبل أن يرد أحد',
  'story.chat_call_declined': 'رُفضت مكالمة الزائر',
  'story.chat_call_failed': 'فشلت مكالمة الزائر',
  'story.chat_call_refused': '{name}: رفض الزائر المكالمة',
};
