/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': 'Estás sin conexión. Lo que ves es de {time}.',
  'offline.waiting': {
    one: '{count} mensaje espera y saldrá cuando vuelva la conexión.',
    other: '{count} mensajes esperan y saldrán cuando vuelva la conexión.',
  },
  'offline.not_kept':
    'Esta conversación no está en este dispositivo. Se abrirá cuando vuelva la conexión.',
  'pages.newer': 'Deskbell se ha actualizado',
  'pages.newer_text': 'Esta página viene con la versión nueva. Lo que has escrito se conserva.',
  'pages.reopen': 'Recargar',
  'sign_in.passing': 'Este dispositivo no es mío',
  'sign_in.passing_hint': 'No se guarda nada en él, y al cerrar el navegador se cierra tu sesión.',
  'sign_out.title': '¿Cerrar sesión ahora?',
  'sign_out.waiting': 'Lo que escribiste sin conexión aún no ha salido. Al cerrar sesión se borra.',
  'sign_out.confirm': 'Cerrar sesión y borrar',
  'info.title': 'Información del chat',
  'attach.camera': 'Hacer una foto',
  'attach.photo': 'Foto o vídeo',
  'attach.file': 'Archivo',
  'settings.larger': 'Es más fácil en una pantalla más grande. Aquí también puedes cambiarlo todo.',
};
