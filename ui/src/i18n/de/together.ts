/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
import type { Translation } from '../text';
import type { together as english } from '../en/together';

export const together: Translation<typeof english> = {
  'folder.mentions': 'Erwähnungen',
  'empty.mentions': 'Niemand hat Sie erwähnt.',
  'empty.mentions_hint':
    'Hier erscheinen Notizen, in denen jemand aus dem Team @ und Ihren Namen schreibt.',
  'list.mention': '{name} hat Sie in einer Notiz erwähnt',
  'list.draft': 'Entwurf: {text}',
  'list.draft_by': { one: 'Entwurf von {names}', other: 'Entwürfe von {names}' },
  'list.writing': { one: '{names} schreibt …', other: '{names} schreiben …' },

  'company.label': 'Teammitglieder hier',
  'company.viewing': { one: '{names} sieht es gerade an', other: '{names} sehen es gerade an' },
  'company.writing': '{name} schreibt',
  'company.writing_note': '{name} schreibt eine Notiz',
  'company.draft': 'Entwurf von {name}',
  'company.draft_note': 'Entwurf einer Notiz von {name}',

  'mention.label': 'Teammitglieder zum Erwähnen',
  'mention.becomes_note': 'Kunden sehen nie Erwähnungen aus dem Team: Daraus wird eine Notiz.',
  'mention.switched': 'Das ist jetzt eine Notiz: Nur das Team sieht sie.',
  'mention.brings_in': 'kann von da an mitlesen',
  'mention.nobody': 'Niemand mit diesem Namen sieht dieses Gespräch.',
  'mention.button': 'Teammitglied erwähnen',

  'draft.replaced': 'Auf einem anderen Gerät haben Sie hier etwas anderes geschrieben:',
  'draft.take_back': 'Hinzufügen',
  'draft.drop': 'Verwerfen',

  'newer.title': {
    one: 'Während Sie schrieben, kam etwas Neues',
    other: 'Während Sie schrieben, kam {count}-mal etwas Neues',
  },
  'newer.hint': 'Lesen Sie es. {key} sendet Ihre Antwort, mit Esc schreiben Sie weiter.',
  'newer.customer': '{name}: {text}',
  'newer.colleague': '{name} hat geantwortet: {text}',
  'newer.note': 'Notiz von {name}: {text}',
  'newer.send': 'Trotzdem senden',
  'newer.back': 'Weiterschreiben',

  'story.brought_in': '{names} von {name} mit einer Notiz dazugeholt',

  'business.customer_language': 'Sprache Ihrer Kundschaft',
  'business.customer_language_hint': 'In ihr sagt der Desk, wann Sie wieder öffnen.',
  'business.drafts_visible': 'Zeigen, was andere im Team gerade schreiben',
  'business.drafts_visible_hint':
    'Aus: Andere sehen, dass jemand eine Antwort begonnen hat, aber nicht ihren Text.',
};
