/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': 'زائر · {page}',
  'visitor.id': 'زائر {id}',
  'chat.website': 'الموقع',
  'story.ended_visitor': 'أنهاه الزائر',
  'past.visitor': 'السابقة أنهاها الزائر',
  'visitor.online': 'في الصفحة',
  'visitor.away': 'في علامة تبويب أخرى',
  'visitor.left': 'غادر',
  'visitor.left_hint': 'غادر {name} الصفحة وسيرى جوابك في الزيارة التالية.',
  'visitor.away_hint': '{name} في علامة تبويب أخرى ويسمع حين تجيب.',
  'visitor.writes': 'يكتب…',
  'visitor.writes_name': '{name} يكتب…',
  'visitor.ended': 'انتهت هذه المحادثة. الرسالة التالية من الزائر تفتح محادثة جديدة.',
  'visitor.ended_self': 'أنهى الزائر هذه المحادثة. رسالته التالية تفتح محادثة جديدة.',
};
