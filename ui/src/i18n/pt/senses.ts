/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': 'Relógio',
  'clock.language': 'Como de costume aqui',
  'clock.12': '12 horas',
  'clock.24': '24 horas',
  'time.theirs': '{mine} · {theirs} onde está {name}',
  'sounds.output': 'Os sons saem por',
  'sounds.output_usual': 'A saída habitual',
  'sounds.output_show': 'Mostrar saídas',
  'sounds.output_number': 'Saída {number}',
  'sounds.output_failed':
    'Este dispositivo não informa suas saídas. Os sons continuam na habitual.',
  'sounds.output_hint':
    'Os navegadores só as informam a páginas que podem usar o microfone. Nada é gravado.',
};
