/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': 'deshacer revertir',
  'find.presence': 'ausente disponible estado almuerzo pausa',
  'find.new': 'empezar escribir mensaje',
  'find.out': 'salir cerrar sesión',
  'find.block': 'bloquear spam',
  'find.transfer': 'derivar asignar pasar',
  'find.snooze': 'luego recordar aplazar',
  'find.end': 'cerrar terminar resolver',
  'find.archive': 'hecho guardar',
  'deed.reply': 'Responder',
  'deed.snooze': 'Posponer 20 min',
  'deed.ask_pick_up': '¿Atender la sesión con {name}?',
  'deed.ask_snooze': '¿Posponer la sesión con {name}?',
  'deed.ask_text': 'Un enlace lo pide. Acepta solo si lo querías.',
  'deed.yes_pick_up': 'Atender',
  'deed.yes_snooze': 'Posponer 20 min',
  'deed.failed': 'No se hizo lo que pedía la notificación',
};
