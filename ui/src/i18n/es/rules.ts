/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    one: '{count} mensaje espera para más tarde: no se enviará.',
    other: '{count} mensajes esperan para más tarde: no se enviarán.',
  },
  'labels.many': {
    one: 'Etiquetar {count} sesión',
    other: 'Etiquetar {count} sesiones',
  },
  'transfer.follow': 'Seguir leyendo',
  'transfer.follow_hint': 'Ves lo que pasa y puedes escribir notas, pero no responder.',
  'story.follows': '{name} sigue leyendo',
  'whole.all': 'Mostrar todo',
  'whole.older': 'Mostrar anteriores',
  'whole.links': 'Enlaces',
  'whole.failed': 'No se pudo cargar lo anterior',
  'contacts.notes_older': 'Mostrar notas anteriores',
  'contacts.notes_failed': 'No se pudieron cargar las notas anteriores',
  'past.new': 'Sesión nueva',
  'past.earlier': 'Sesión anterior',
  'past.silence': 'la anterior finalizó porque nadie escribió',
  'past.agent': 'la anterior se finalizó',
  'past.administrator': 'la anterior la finalizó un administrador',
};
