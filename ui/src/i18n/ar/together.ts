/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
import type { Translation } from '../text';
import type { together as english } from '../en/together';

export const together: Translation<typeof english> = {
  'folder.mentions': 'الإشارات',
  'empty.mentions': 'لم يُشِر إليك أحد.',
  'empty.mentions_hint': 'تظهر هنا الملاحظات التي يكتب فيها زميل @ واسمك.',
  'list.mention': 'أشار إليك {name} في ملاحظة',
  'list.draft': 'مسودة: {text}',
  'list.draft_by': {
    zero: 'مسودة: {names}',
    one: 'مسودة: {names}',
    two: 'مسودتان: {names}',
    few: 'مسودات: {names}',
    many: 'مسودات: {names}',
    other: 'مسودات: {names}',
  },
  'list.writing': {
    zero: 'يكتب الآن: {names}…',
    one: 'يكتب الآن: {names}…',
    two: 'يكتبان الآن: {names}…',
    few: 'يكتبون الآن: {names}…',
    many: 'يكتبون الآن: {names}…',
    other: 'يكتبون الآن: {names}…',
  },

  'company.label': 'الزملاء هنا',
  'company.viewing': {
    zero: 'يشاهد الآن: {names}',
    one: 'يشاهد الآن: {names}',
    two: 'يشاهدان الآن: {names}',
    few: 'يشاهدون الآن: {names}',
    many: 'يشاهدون الآن: {names}',
    other: 'يشاهدون الآن: {names}',
  },
  'company.writing': 'يكتب الآن: {name}',
  'company.writing_note': 'يكتب ملاحظة الآن: {name}',
  'company.draft': 'مسودة: {name}',
  'company.draft_note': 'مسودة ملاحظة: {name}',

  'mention.label': 'زملاء للإشارة إليهم',
  'mention.becomes_note': 'لا يرى العملاء أسماء الزملاء أبدًا: سيصبح هذا ملاحظة.',
  'mention.switched': 'أصبح هذا ملاحظة: يراها الفريق فقط.',
  'mention.brings_in': 'يمكنه القراءة من الآن فصاعدًا',
  'mention.nobody': 'لا زميل بهذا الاسم يرى هذه الجلسة.',
  'mention.button': 'الإشارة إلى زميل',

  'draft.replaced': 'كتبت هنا شيئًا آخر على جهاز آخر:',
  'draft.take_back': 'إضافته',
  'draft.drop': 'تجاهله',

  'newer.title': {
    zero: 'لم يصل شيء أثناء كتابتك',
    one: 'وصل شيء أثناء كتابتك',
    two: 'وصل شيئان أثناء كتابتك',
    few: 'وصلت {count} أشياء أثناء كتابتك',
    many: 'وصل {count} شيئًا أثناء كتابتك',
    other: 'وصل {count} شيء أثناء كتابتك',
  },
  'newer.hint': 'اقرأه. {key} يرسل ردّك، وEsc يتيح لك متابعة الكتابة.',
  'newer.customer': '{name}: {text}',
  'newer.colleague': 'رد {name}: {text}',
  'newer.note': 'ملاحظة {name}: {text}',
  'newer.send': 'إرسال على أي حال',
  'newer.back': 'متابعة الكتابة',

  'story.brought_in': '{name}: إشراك {names} عبر ملاحظة',

  'business.customer_language': 'لغة عملائك',
  'business.customer_language_hint': 'بها يُخبَر العملاء بموعد فتحكم من جديد.',
  'business.drafts_visible': 'إظهار ما يكتبه الزملاء',
  'business.drafts_visible_hint': 'عند الإيقاف: يرى الآخرون أن أحدهم بدأ ردًا، لكن لا يرون نصه.',
};
