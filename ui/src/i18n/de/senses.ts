/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': 'Uhr',
  'clock.language': 'Wie hier üblich',
  'clock.12': '12 Stunden',
  'clock.24': '24 Stunden',
  'time.theirs': '{mine} · bei {name} {theirs}',
  'sounds.output': 'Töne kommen aus',
  'sounds.output_usual': 'Die übliche Ausgabe',
  'sounds.output_show': 'Ausgaben zeigen',
  'sounds.output_number': 'Ausgabe {number}',
  'sounds.output_failed':
    'Dieses Gerät nennt seine Ausgaben nicht. Die Töne bleiben bei der üblichen.',
  'sounds.output_hint':
    'Browser nennen sie nur Seiten, die das Mikrofon nutzen dürfen. Es wird nichts aufgenommen.',
};
