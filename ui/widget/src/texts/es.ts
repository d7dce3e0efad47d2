import type { Texts } from '.';

export const texts: Texts = {
  title: 'Chatea con nosotros',
  open: 'Abrir el chat',
  close: 'Cerrar el chat',
  write: 'Escribe un mensaje…',
  send: 'Enviar',
  picture: 'Añadir una imagen',
  emoji: 'Emoji',
  more: 'Más',
  transcript: 'Transcripción del chat',
  writing: '{name} está escribiendo…',
  seen: 'visto',
  sent: 'enviado',
  sending: 'en espera…',
  failed: 'No enviado',
  down: 'Sin conexión. Lo que escribas se guarda y se envía en cuanto vuelva.',
  unread: 'Mensajes nuevos: {n}',
  gone: 'Esta imagen ya no está disponible.',
};
