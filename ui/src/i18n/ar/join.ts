/** How colleagues and phones come in: invitations, the office network, codes to scan. */
import type { Translation } from '../text';
import type { join as english } from '../en/join';

export const join: Translation<typeof english> = {
  'invite.title': 'دعوة زميل',
  'invite.button': 'دعوة برابط',
  'invite.about': 'يختار زميلك اسمه وكلمة مروره. يعمل الرابط مرة واحدة، لمدة أسبوع.',
  'invite.name': 'لمن هذه الدعوة؟',
  'invite.name_hint': 'فقط لكي تتعرّف عليها. يمكن تركه فارغًا.',
  'invite.make': 'إنشاء الرابط',
  'invite.ready': 'الرابط جاهز',
  'invite.ready_about': 'أرسله إلى زميلك، أو دعه يمسح الرمز بهاتفه. يظهر الآن فقط.',
  'invite.link': 'الرابط',
  'invite.code': 'رمز يحتوي على رابط الانضمام',
  'invite.closed':
    'لا يصل إلى هذا العنوان إلا هذا الحاسوب. اسمح أولًا لشبكة مكتبك بالدخول من الشبكة، ثم أنشئ رابطًا.',
  'invite.open_network': 'فتح شبكة المكتب',
  'invite.open': 'الدعوات المفتوحة',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'أي شخص · {role}',
  'invite.until': 'حتى {time}',
  'invite.take_back': 'سحب',
  'invite.taken_back': 'لم يعد الرابط يعمل',
  'invite.failed': 'لم تتغيّر الدعوة',

  'joining.title': 'الانضمام إلى {business}',
  'joining.text': 'وصلتك دعوة من {name}. اختر اسمًا لتسجيل الدخول، وكلمة مرور.',
  'joining.submit': 'انضمام',
  'joining.gone': 'لم تعد هذه الدعوة تعمل',
  'joining.gone_text':
    'استُخدمت، أو سُحبت، أو مضى عليها أكثر من أسبوع. اطلب دعوة جديدة. إن كنت قد انضممت من قبل، فسجّل الدخول.',
  'joining.to_sign_in': 'تسجيل الدخول',
  'joining.signed_in': 'تم تسجيل دخولك هنا باسم {name}. سجّل الخروج أولًا إن كان شخص آخر سينضم.',

  'insecure.text':
    'هذا الاتصال غير مشفّر: قد يتمكن آخرون في هذه الشبكة من القراءة. استخدمه فقط في شبكة تثق بها.',

  'lan.title': 'شبكة المكتب',
  'lan.switch': 'السماح للزملاء في شبكة مكتبك بالدخول',
  'lan.switch_about':
    'يمكن عندئذ للمتصفحات والهواتف ونوافذ Deskbell في الشبكة نفسها تسجيل الدخول هنا.',
  'lan.address': 'العنوان لفريقك',
  'lan.code': 'رمز يحتوي على العنوان لفريقك',
  'lan.scan': 'أو امسحه بهاتف متصل بشبكة Wi-Fi نفسها.',
  'lan.plain':
    'لا شيء مشفّر في طريقه عبر شبكتك. هذا مقبول في مكتب خاص بك، لا في مقهى. للتشفير امنح المكتب اسمًا خاصًا به خلف وكيل شبكة (Proxy) بشهادة.',
  'lan.stuck': 'تعذّر فتحها: {problem}',

  'phone.title': 'على هاتفك',
  'phone.text':
    'امسح هذا بكاميرا هاتفك وسجّل الدخول. وعبر https يمكن أيضًا إضافة الصفحة إلى الشاشة الرئيسية.',
  'phone.closed':
    'لا يمكن للهواتف الوصول إلى هذا المكتب بعد. يمكن لأحد المسؤولين السماح لها بالدخول.',
};
