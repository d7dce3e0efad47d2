/** What is seen and heard on this device: the clock, and where sounds come from. */
import type { Translation } from '../text';
import type { senses as english } from '../en/senses';

export const senses: Translation<typeof english> = {
  'appearance.clock': 'Reloj',
  'clock.language': 'Como es habitual aquí',
  'clock.12': '12 horas',
  'clock.24': '24 horas',
  'time.theirs': '{mine} · {theirs} donde está {name}',
  'sounds.output': 'Los sonidos salen por',
  'sounds.output_usual': 'La salida habitual',
  'sounds.output_show': 'Mostrar salidas',
  'sounds.output_number': 'Salida {number}',
  'sounds.output_failed':
    'Este dispositivo no dice qué salidas tiene. Los sonidos siguen en la habitual.',
  'sounds.output_hint':
    'Los navegadores solo las nombran a páginas que pueden usar el micrófono. No se graba nada.',
};
