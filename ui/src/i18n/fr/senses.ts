/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': 'Horloge',
  'clock.language': 'Comme d’habitude ici',
  'clock.12': '12 heures',
  'clock.24': '24 heures',
  'time.theirs': '{mine} · {theirs} chez {name}',
  'sounds.output': 'Les sons sortent par',
  'sounds.output_usual': 'La sortie habituelle',
  'sounds.output_show': 'Afficher les sorties',
  'sounds.output_number': 'Sortie {number}',
  'sounds.output_failed':
    'Cet appareil n’indique pas ses sorties. Les sons restent sur la sortie habituelle.',
  'sounds.output_hint':
    'Les navigateurs ne les nomment qu’aux pages qui peuvent utiliser le micro. Rien n’est enregistré.',
};
