/** Calls of live chat, as those see them who answer and call. */
import type { Translation } from '../text';
import type { voices as english } from '../en/voices';

export const voices: Translation<typeof english> = {
  'voice.visitor': 'Un visitante',
  'voice.rings': '{name} está llamando',
  'voice.rings_text': 'Contesta en Deskbell.',
  'voice.answered_by': '{user} contestó la llamada de {name}',
  'voice.missed': 'Llamada perdida de {name}',
  'voice.ended': 'Llamada con {name} terminada · {time}',
  'voice.declined': '{name} rechazó tu llamada',
  'voice.not_answered': '{name} no contestó tu llamada',
  'voice.failed': 'No se pudo establecer la llamada',
  'voice.failed_hint':
    'Quizá la impide un cortafuegos. Ayuda un servidor TURN: Ajustes, Canales, el sitio web, Avanzado.',
  'voice.broken': 'La llamada se cortó',
  'voice.one': 'Ya estás en una llamada.',
  'voice.not_begun': 'No hubo llamada',
  'voice.denied':
    'El micrófono está bloqueado. Permítelo para Deskbell, en el navegador junto a la dirección, e inténtalo de nuevo.',
  'voice.missing': 'No se encontró ningún micrófono. Conecta uno e inténtalo de nuevo.',
  'voice.taken':
    'No se puede usar el micrófono. Cierra lo que lo esté usando e inténtalo de nuevo.',
  'voice.insecure':
    'Los navegadores solo permiten llamadas en este equipo o por https. Abre Deskbell así.',
  'voice.ringing': 'Alguien llama',
  'voice.calls': 'Llamadas',
  'voice.calls_you': 'te llama',
  'voice.for_queue': 'para la cola {name}',
  'voice.answer': 'Contestar',
  'voice.decline': 'Rechazar',
  'voice.in_browser': 'Contestar en el navegador',
  'voice.in_browser_hint':
    'Esta ventana no transmite voz en Linux. Tu navegador abre esta sesión y ahí puedes contestar.',
  'voice.asking': 'Tu navegador pide el micrófono: permítelo. No se graba nada.',
  'voice.calling': 'Sonando en {name}…',
  'voice.joining': 'Conectando…',
  'voice.shaky': 'La conexión es débil en este momento.',
  'voice.muted': 'No te oyen: tu micrófono está apagado.',
  'voice.talking': 'En llamada con {name}',
  'voice.call': 'Llamada',
  'voice.mute': 'Silenciar',
  'voice.hang_up': 'Colgar',
  'voice.elsewhere': 'Tienes esta llamada en otra ventana.',
  'voice.call_visitor': 'Llamar a este visitante',
  'key.answer-call': 'Contestar una llamada de un sitio web',
  'key.hang-up': 'Colgar o rechazar una llamada',
  'key.mute-call': 'Apagar o encender el micrófono en una llamada',
};
