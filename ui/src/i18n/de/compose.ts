/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'newer.send_at': 'Senden: {time}',
  'newer.hint_at':
    'Lesen Sie es. {key} hebt Ihre Antwort für ihre Zeit auf, mit Esc schreiben Sie weiter.',
  'enter.title': 'Enter im Textfeld',
  'enter.auto': 'Wie das Gerät: neue Zeile auf Touchscreens, sonst senden',
  'enter.send': 'Enter sendet, Umschalt+Enter beginnt eine neue Zeile',
  'enter.line': 'Enter beginnt eine neue Zeile, Strg+Enter sendet',
  'new.country': 'Land',
  'new.country_own': 'Unseres',
  'attach.shrink': 'Passend verkleinern',
  'attach.not_shrunk': '{name} ließ sich nicht klein genug machen.',
  'attach.mms': 'Über {size} verkleinern Netzbetreiber Bilder unterwegs womöglich.',
};
