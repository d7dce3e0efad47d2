/** Calls: the button, how somebody calls, and what the timeline says of them. */
import type { Translation } from '../text';
import type { calls as english } from '../en/calls';

export const calls: Translation<typeof english> = {
  'call.call': 'Llamar',
  'call.not_allowed':
    'No puedes llamar a clientes. Un administrador puede permitírtelo en Personas.',
  'call.failed': 'No se pudo llamar a {name}',
  'call.uncertain': 'No se sabe si la llamada se hizo',
  'call.uncertain_hint': 'El proveedor no respondió. Si tu teléfono no suena, llama otra vez.',
  'call.your_phone': 'Ahora suena tu teléfono. Contesta y después se llama a {name}.',

  'settings.calling': 'Llamadas',
  'calling.purpose': 'Qué ocurre cuando haces clic en «Llamar».',
  'calling.tel': 'El teléfono de este dispositivo',
  'calling.tel_hint': 'Se abre un enlace que empieza por tel:; en un teléfono, el marcador.',
  'calling.sip': 'Un softphone',
  'calling.sip_hint': 'Se abre un enlace que empieza por sip:.',
  'calling.callto': 'Un programa que admite callto:',
  'calling.callto_hint': 'Se abre un enlace que empieza por callto:.',
  'calling.pattern': 'Un enlace propio',
  'calling.pattern_hint': 'Para una centralita con una dirección web que llama.',
  'calling.provider': 'A través del proveedor del canal',
  'calling.provider_hint':
    'Llama a tu teléfono y después al cliente, que ve el número del negocio. Donde el proveedor lo ofrezca; se cobran ambas llamadas.',
  'calling.link': 'Enlace',
  'calling.link_hint':
    '{number} se convierte en el número del cliente con su +; {digits}, solo en sus cifras.',
  'calling.link_example': 'https://centralita.example/call?to={number}',
  'calling.phone': 'Tu teléfono',
  'calling.phone_hint': 'Suena primero.',
  'calling.test_number': 'Pruébalo con un número',
  'calling.test_hint': 'El tuyo, por ejemplo.',
  'calling.test': 'Probar',

  'people.may_call': 'Puede llamar a clientes',
  'people.may_call_hint': 'Desde una sesión, con el botón «Llamar».',

  'story.called': '{name} llamó a {number}',
  'story.called_provider': '{name} llamó a {number} a través del proveedor',
  'story.call_your_phone': 'Suena el teléfono de {name}',
  'story.call_ringing': 'Suena el teléfono del cliente',
  'story.call_answered': 'El cliente contestó la llamada de {name}',
  'story.call_ended': 'La llamada de {name} terminó después de {time}',
  'story.call_ended_plain': 'La llamada de {name} terminó',
  'story.call_busy': 'La línea del cliente estaba ocupada',
  'story.call_no_answer': 'El cliente no contestó la llamada',
  'story.call_not_picked_up': '{name} no contestó su propio teléfono',
  'story.call_cancelled': 'La llamada terminó antes de que el cliente contestara',
  'story.call_failed': 'La llamada de {name} falló',
  'story.call_failed_why': 'La llamada de {name} falló: {reason}',
  'story.call_uncertain': 'No se sabe qué fue de la llamada de {name}',
  'story.chat_call': '{name} atendió la llamada del visitante; terminó después de {time}',
  'story.chat_call_missed': 'Nadie contestó la llamada del visitante',
  'story.chat_call_given_up': 'El visitante colgó antes de que alguien contestara',
  'story.chat_call_declined': 'Se rechazó la llamada del visitante',
  'story.chat_call_failed': 'La llamada del visitante falló',
  'story.chat_call_refused': 'El visitante rechazó la llamada de {name}',
};
