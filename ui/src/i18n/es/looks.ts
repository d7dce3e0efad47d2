/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': 'Alto contraste',
  'appearance.window': 'Ventana',
  'appearance.status': 'Barra de estado',
  'appearance.status_hint':
    'Una línea fina abajo: lo que espera para enviarse, lo que llegó hoy y cuándo escribió un cliente por última vez en cada canal.',
  'status.label': 'Estado',
  'status.waits': {
    one: '{count} mensaje espera para enviarse',
    other: '{count} mensajes esperan para enviarse',
  },
  'status.clear': 'Nada espera para enviarse',
  'status.today': { one: '{count} mensaje recibido hoy', other: '{count} mensajes recibidos hoy' },
  'status.last': '{channel}: último {time}',
  'status.never': '{channel}: aún nada recibido',
  'select.short': '{count} elegidas',
  'thread.said': '{name}: {text}',
  'thread.said_many': {
    one: '{count} mensaje nuevo de {name}',
    other: '{count} mensajes nuevos de {name}',
  },
  'list.width': 'Ancho de la lista',
  'settings.overview': 'Resumen',
  'settings.office': 'Oficina',
  'settings.mine': 'Para mí',
};
