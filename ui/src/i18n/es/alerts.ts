/** What rings, what it says, and where one decides it. */
import type { Translation } from '../text';
import type { alerts as english } from '../en/alerts';

export const alerts: Translation<typeof english> = {
  'alert.file': 'Envió un archivo',
  'alert.pick_up': 'Atender',
  'alert.sample_name': 'Maria',
  'alert.test_title': 'Así se ve',
  'alert.test_text': 'Aquí estaría el mensaje de un cliente.',

  'alert.title.unowned': '{name} está esperando',
  'alert.title.mine': '{name}',
  'alert.title.transfer': 'Te transfirieron la sesión de {name}',
  'alert.title.asked': 'Un compañero pide la sesión de {name}',
  'alert.title.mention': 'Te mencionaron en una nota sobre {name}',
  'alert.title.snooze': '{name} está de vuelta, como pediste',
  'alert.title.failed': 'Tu mensaje a {name} no salió',
  'alert.title.channel_down': '{name} ha dejado de funcionar',

  'alert.hidden.unowned': 'Alguien está esperando',
  'alert.hidden.mine': 'Un mensaje nuevo para ti',
  'alert.hidden.transfer': 'Te transfirieron una conversación',
  'alert.hidden.asked': 'Un compañero pide una de tus conversaciones',
  'alert.hidden.mention': 'Te mencionaron en una nota',
  'alert.hidden.snooze': 'Una conversación está de vuelta, como pediste',
  'alert.hidden.failed': 'Un mensaje tuyo no salió',
  'alert.hidden.channel_down': 'Un canal ha dejado de funcionar',

  'notifications.purpose': 'Qué suena para ti, dónde y cuándo. Los cambios valen al instante.',
  'notifications.sound': 'Reproducir sonidos',
  'notifications.sound_hint': 'Desactivado: no suena nada en ninguno de tus dispositivos.',
  'notifications.system': 'Mostrar notificaciones del sistema',
  'notifications.system_hint':
    'Junto al reloj de tu ordenador, cuando Deskbell no está en primer plano.',
  'notifications.denied':
    'Este navegador no permite notificaciones desde aquí. Puedes cambiarlo en su configuración.',
  'notifications.ask': 'Este navegador quiere que se le pregunte antes.',
  'notifications.allow': 'Permitir',
  'notifications.test': 'Probar ambos',
  'notifications.rule':
    'No suena nada para la sesión que estás viendo. Las sesiones en espera solo suenan mientras estás en «Disponible».',

  'alerts.not_kept': 'No se pudo guardar tu elección',
  'alerts.unread': 'No se pudieron leer tus preferencias. {problem}',
  'alerts.matrix': 'Qué, dónde y cuándo',
  'alerts.matrix_hint':
    'Elige para cada lugar en el que puedas estar. «Probar» hace lo que dice la fila.',
  'alerts.when': 'Dónde estás',
  'alerts.when.elsewhere': 'Aquí, en otra cosa',
  'alerts.when.unfocused': 'En otra ventana',
  'alerts.when.away': 'Lejos',
  'alerts.when.elsewhere_hint': 'Tienes Deskbell delante. Lo que suena ahora, suena bajito.',
  'alerts.when.unfocused_hint': 'Deskbell está abierto y trabajas en otra ventana.',
  'alerts.when.away_hint': 'Nadie ha tocado Deskbell en cinco minutos, o está cerrado.',
  'alerts.what': 'Qué ocurre',
  'alerts.way.toast': 'Tarjeta',
  'alerts.way.system': 'Sistema',
  'alerts.way.ring': 'Sonido',
  'alerts.way.push': 'Push',
  'alerts.cell': '{what}: {way}',
  'alerts.which_sound': 'Sonido de: {what}',
  'alerts.which': 'Qué sonido',
  'alerts.test': 'Probar',
  'alerts.test_row': 'Probar: {what}',
  'alerts.kind.unowned': 'Alguien espera en mi cola',
  'alerts.kind.mine': 'Un mensaje en una sesión mía',
  'alerts.kind.transfer': 'Me transfieren una sesión',
  'alerts.kind.asked': 'Un compañero pide una sesión mía',
  'alerts.kind.mention': 'Un compañero me menciona en una nota',
  'alerts.kind.snooze': 'Vuelve una sesión pospuesta',
  'alerts.kind.failed': 'Un mensaje mío no salió',
  'alerts.kind.channel_down': 'Un canal deja de funcionar',
  'alerts.repeat': 'Volver a sonar por quienes esperan',
  'alerts.repeat_hint':
    'Cada 30 segundos hasta que alguien atienda, durante 10 minutos como máximo.',
  'alerts.private': 'Notificaciones privadas',
  'alerts.private_hint':
    'Las tarjetas, las notificaciones y los teléfonos no muestran quién escribió ni qué.',
  'alerts.badge': 'Número en el icono y en el título',
  'alerts.badge.mine_and_unowned': 'Mis mensajes sin leer y quienes esperan en mis colas',
  'alerts.badge.mine': 'Mis mensajes sin leer',
  'alerts.badge.nothing': 'Ningún número',

  'sounds.title': 'Sonidos',
  'sounds.volume': 'Volumen en este dispositivo',
  'sounds.hear': 'Escuchar',
  'sounds.hear_one': 'Escuchar {sound}',
  'sounds.bell': 'Timbre',
  'sounds.chime': 'Carillón',
  'sounds.marimba': 'Marimba',
  'sounds.knock': 'Golpe',
  'sounds.ping': 'Ping',
  'sounds.tick': 'Tic',
  'sounds.own': 'El mío',
  'sounds.own_title': 'Mi propio sonido',
  'sounds.own_none':
    'Aún no hay archivo. Se queda en este dispositivo; en los demás suena el timbre en su lugar.',
  'sounds.own_choose': 'Elegir un archivo',
  'sounds.own_drop': 'Quitar',
  'sounds.own_large':
    'Este archivo es demasiado largo para un sonido: usa uno de 2 MB como máximo.',
  'sounds.own_wrong':
    'Este navegador no puede reproducir ese archivo. MP3, WAV y OGG suelen funcionar.',
  'sounds.silent': 'No se pudo reproducir nada. ¿Hay un altavoz conectado y con el volumen alto?',
  'sounds.flash': 'Iluminar también el borde de la ventana',
  'sounds.flash_hint': 'Para un lugar ruidoso, o si no oyes bien.',

  'quiet.title': 'No molestar',
  'quiet.presence': 'No suena ni aparece nada mientras mi presencia es',
  'quiet.hours': 'Horas de silencio',
  'quiet.hours_hint': 'No suena ni aparece nada, y ningún teléfono vibra.',
  'quiet.from': 'Desde',
  'quiet.until': 'Hasta',
  'quiet.days': 'Empiezan el',
  'quiet.zone': 'Según el reloj de {zone}',
  'quiet.now': 'Ahora hay silencio.',

  'queue_alerts.title': 'Mis colas',
  'queue_alerts.hint': 'Para quienes esperan en una cola.',
  'queue_alerts.none': 'No estás en ninguna cola. Un administrador puede añadirte en Colas.',
  'queue_alerts.usual': 'Como arriba',
  'queue_alerts.silent': 'Mostrar, pero sin sonido',
  'queue_alerts.off': 'Nada',

  'push.title': 'Push en este dispositivo',
  'push.purpose':
    'Este dispositivo recibe avisos cuando no hay ninguna página de Deskbell abierta. Lo que se envía va sellado: el servicio push de tu navegador no puede leerlo.',
  'push.on': 'El push está activado. Lo trae {service}.',
  'push.off': 'El push está desactivado en este dispositivo.',
  'push.switch_on': 'Activar el push',
  'push.switch_off': 'Desactivar el push',
  'push.test': 'Enviar una prueba',
  'push.tested': 'El servicio push la ha aceptado. Debería aparecer en un momento.',
  'push.problem': 'El último push no llegó: {problem}',
  'push.no_subscription': 'El navegador no dio ninguna dirección para el push.',
  'push.why.desktop':
    'El programa de escritorio muestra él mismo las notificaciones de tu sistema. El push es para navegadores y teléfonos.',
  'push.why.insecure':
    'Los navegadores solo permiten el push en páginas seguras. Abre Deskbell con una dirección que empiece por https://, o en el ordenador donde funciona.',
  'push.why.ios':
    'En iPhone y iPad, añade primero Deskbell a la pantalla de inicio (Compartir y después Añadir a pantalla de inicio) y ábrelo desde ahí.',
  'push.why.unsupported':
    'Este navegador no tiene push. Un Chrome, Edge, Firefox o Safari actual sí lo tiene.',
  'push.why.denied':
    'A este navegador se le indicó que no permita notificaciones desde aquí. Permítelas en su configuración para esta página y vuelve.',
};
