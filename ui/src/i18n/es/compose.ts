/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'newer.send_at': 'Enviar: {time}',
  'newer.hint_at': 'Léelo. {key} guarda tu respuesta para su hora, Esc te deja seguir escribiendo.',
  'enter.title': 'Enter en el cuadro de texto',
  'enter.auto': 'Según el dispositivo: línea nueva en pantallas táctiles; si no, envía',
  'enter.send': 'Enter envía, Mayús+Enter empieza una línea nueva',
  'enter.line': 'Enter empieza una línea nueva, Ctrl+Enter envía',
  'new.country': 'País',
  'new.country_own': 'El nuestro',
  'attach.shrink': 'Comprimir para que quepa',
  'attach.not_shrunk': 'No se pudo reducir {name} lo suficiente.',
  'attach.mms': 'Por encima de {size}, las operadoras pueden reducir las imágenes.',
};
