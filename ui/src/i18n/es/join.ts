/** How colleagues and phones come in: invitations, the office network, codes to scan. */
import type { Translation } from '../text';
import type { join as english } from '../en/join';

export const join: Translation<typeof english> = {
  'invite.title': 'Invitar a un compañero',
  'invite.button': 'Invitar con un enlace',
  'invite.about':
    'Cada persona elige su nombre y su contraseña. El enlace sirve una vez, durante una semana.',
  'invite.name': '¿Para quién es?',
  'invite.name_hint': 'Solo para que lo reconozcas. Puede quedar vacío.',
  'invite.make': 'Crear el enlace',
  'invite.ready': 'El enlace está listo',
  'invite.ready_about':
    'Envíaselo o deja que escanee el código con su teléfono. Solo se muestra ahora.',
  'invite.link': 'Enlace',
  'invite.code': 'Código con el enlace para unirse',
  'invite.closed':
    'Solo este ordenador llega a esta dirección. Primero da acceso a la red de tu oficina en Red y luego crea un enlace.',
  'invite.open_network': 'Abrir la red de la oficina',
  'invite.open': 'Invitaciones pendientes',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'Cualquiera · {role}',
  'invite.until': 'hasta {time}',
  'invite.take_back': 'Retirar',
  'invite.taken_back': 'El enlace ya no funciona',
  'invite.failed': 'La invitación no cambió',

  'joining.title': 'Unirse a {business}',
  'joining.text': '{name} te invita. Elige un nombre de usuario y una contraseña.',
  'joining.submit': 'Unirse',
  'joining.gone': 'Esta invitación ya no funciona',
  'joining.gone_text':
    'Se usó, se retiró o tiene más de una semana. Pide una nueva. Si ya te uniste, entra.',
  'joining.to_sign_in': 'Entrar',
  'joining.signed_in': 'Aquí ya entraste como {name}. Sal primero si se va a unir otra persona.',

  'insecure.text':
    'Esta conexión no está cifrada: otras personas de esta red podrían leerla. Úsala solo en una red de confianza.',

  'lan.title': 'Red de la oficina',
  'lan.switch': 'Dar acceso a los compañeros de la red de tu oficina',
  'lan.switch_about':
    'Así pueden entrar aquí los navegadores, teléfonos y ventanas de Deskbell de la misma red.',
  'lan.address': 'Dirección para tu equipo',
  'lan.code': 'Código con la dirección para tu equipo',
  'lan.scan': 'O escanéalo con un teléfono en la misma wifi.',
  'lan.plain':
    'Nada va cifrado al pasar por tu red. En una oficina propia no es problema; en una cafetería, sí. Para cifrarlo, da al mostrador un nombre propio detrás de un proxy con certificado.',
  'lan.stuck': 'No se pudo abrir: {problem}',

  'phone.title': 'En tu teléfono',
  'phone.text':
    'Escanéalo con la cámara del teléfono e inicia sesión. Con https, la página también se puede añadir a la pantalla de inicio.',
  'phone.closed':
    'Los teléfonos aún no llegan a este mostrador. Un administrador puede darles acceso.',
};
