/** Settings: channels, their wizard and their numbers. */
import type { Translation } from '../text';
import type { channels as english } from '../en/channels';

export const channels: Translation<typeof english> = {
  'channels.purpose': 'Los números y cuentas por los que te escriben los clientes.',
  'channels.period': 'Periodo de las cifras',
  'channels.name': 'Nombre',
  'channels.status': 'Estado',
  'channels.numbers': 'Números',
  'channels.destination': 'Va a',
  'channels.sent': 'Enviados',
  'channels.received': 'Recibidos',
  'channels.failed': 'Fallidos',
  'channels.total': 'Total de enviados',
  'channels.actions': 'Acciones para {name}',
  'channels.check': 'Comprobar ahora',
  'channels.disable': 'Desactivar',
  'channels.enable': 'Activar',
  'channels.draft': 'Sin terminar',
  'channels.disabled': 'Desactivado',
  'channels.act_failed': 'No funcionó',
  'channels.delete_title': '¿Eliminar {name}?',
  'channels.delete_text':
    'Deja de recibir y enviar, y se olvidan sus credenciales. Sus conversaciones se conservan.',
  'channels.delete_there':
    'Quita también la dirección en {provider}: si no, seguiría enviando mensajes a ella.',
  'channels.end_sessions': 'Finalizar también sus sesiones abiertas',
  'channels.end_sessions_hint':
    'De otro modo, un canal con sesiones abiertas no se puede eliminar.',
  'channels.refused': {
    one: 'Se rechazó {count} solicitud: {why}',
    other: 'Se rechazaron {count} solicitudes: {why}',
  },
  'channels.refused_why':
    '¿Los secretos guardados aquí siguen siendo los de {provider}, y es la dirección pública la misma a la que llama?',
  'channels.refused_last': 'Última: {time}.',
  'channels.last': 'último: {time}',
  'channels.last_hint': 'El último, sea cual sea el periodo elegido',

  'refusal.signature': {
    one: '{count} con una firma incorrecta',
    other: '{count} con una firma incorrecta',
  },
  'refusal.foreign': { one: '{count} para otra cuenta', other: '{count} para otra cuenta' },
  'refusal.clock': {
    one: '{count} demasiado antigua o del futuro',
    other: '{count} demasiado antiguas o del futuro',
  },
  'refusal.password': {
    one: '{count} con una contraseña incorrecta',
    other: '{count} con una contraseña incorrecta',
  },
  'refusal.no_password': { one: '{count} sin contraseña', other: '{count} sin contraseña' },
  'refusal.address': {
    one: '{count} desde otra dirección',
    other: '{count} desde otras direcciones',
  },
  'refusal.unknown_address': {
    one: '{count} cuya dirección oculta un túnel',
    other: '{count} cuya dirección oculta un túnel',
  },

  'health.unauthorized':
    'El proveedor no acepta estas credenciales. Compáralas con las de su sitio.',
  'health.service_unavailable':
    'El proveedor tiene problemas propios. Los mensajes esperan aquí y saldrán solos.',
  'health.request_failed':
    'No se pudo contactar con el proveedor. Comprueba la conexión a internet y la dirección, si la escribiste tú.',
  'health.slowed':
    'Ritmo reducido a {rate} por segundo: el proveedor pidió menos. Volverá a acelerar solo.',
  'health.paused': 'Hace una pausa: el proveedor pidió menos. Continuará solo.',
  'health.unknown': 'El proveedor respondió de una forma que Deskbell no conoce.',

  'wizard.title': 'Nuevo canal de {provider}',
  'wizard.purpose': 'Los clientes escriben a tu número; tu equipo responde aquí.',
  'wizard.steps': 'Pasos',
  'wizard.provider': 'Proveedor',
  'wizard.credentials': 'Credenciales',
  'wizard.webhook': 'Webhook',
  'wizard.numbers': 'Números',
  'wizard.options': 'Opciones',
  'wizard.test': 'Prueba',
  'wizard.check': 'Comprobar y continuar',
  'wizard.check_again': 'Comprobar de nuevo',
  'wizard.more_fields': 'Más campos',
  'wizard.anyway': 'Continuar de todos modos',
  'wizard.continue': 'Continuar',
  'wizard.without_number': 'Seguir sin número',
  'wizard.switch_on': 'Guardar y activar',
  'wizard.done': 'Listo',
  'wizard.to_list': 'Todos los canales',
  'wizard.name_hint': 'Como lo llama tu equipo, por ejemplo «Número de la tienda».',
  'wizard.advanced': 'Avanzado',
  'wizard.base_url': 'URL base',
  'wizard.base_url_hint':
    'Solo para servidores regionales, pasarelas y pruebas. Vacío: la del proveedor.',
  'wizard.webhook_url': 'URL del webhook',
  'wizard.webhook_hint': 'No cambia nunca, aunque cierres esta página.',
  'wizard.webhook_text':
    '{provider} envía a esta dirección cada mensaje de los clientes. Introdúcela allí como se describe al lado.',
  'wizard.webhook_text_sets':
    '{provider} envía a esta dirección cada mensaje de los clientes. Si prefieres introducirla a mano, se describe al lado.',
  'wizard.no_public':
    'Este mostrador aún no tiene dirección pública, así que los proveedores no llegan a él.',
  'wizard.set_public': 'Definir una en Red',
  'wizard.no_address': 'Tu mostrador aún no tiene dirección pública.',
  'wizard.guide': 'En el sitio de {provider}',
  'wizard.guide_gateway': 'En tu pasarela',
  'wizard.notes': 'Conviene saber',
  'wizard.portal': 'Entra en {host}',
  'wizard.copy_value': 'Copiar {value}',
  'wizard.unconfirmed': 'Sin confirmar por {provider}',
  'wizard.unconfirmed_about':
    'Ninguna fuente pública lo dice con certeza. Si algo de esto está mal, avísanos: se corrige enseguida.',
  'wizard.search_provider': 'Busca tu proveedor',
  'wizard.search_provider_hint': 'Nombre de la empresa',
  'wizard.group_named': 'Proveedores',
  'wizard.group_other': 'Cualquier otro proveedor',
  'wizard.no_provider':
    'Aquí ningún proveedor se llama «{name}». Si habla JSON por HTTPS, conéctalo como se indica arriba.',
  'wizard.other_provider': 'Elegir otro',

  'webhook.set': 'Configurarlo por mí',
  'webhook.set_again': 'Configurarlo de nuevo',
  'webhook.setting': 'Avisando a {provider}…',
  'webhook.set_about': 'Deskbell indica a {provider} que envíe aquí los mensajes.',
  'webhook.is_set': 'Configurado en {provider} hace {time}.',
  'webhook.is_other': '{provider} todavía tiene otra dirección: {url}',
  'webhook.is_missing': 'Añadidos después de configurarlo en {provider}: {numbers}',
  'webhook.needs_public':
    'Se puede configurar por ti en cuanto el mostrador tenga una dirección pública.',
  'webhook.needs_numbers': 'Se puede configurar por ti en cuanto el canal tenga un número.',
  'webhook.left': 'Lo que solo tú puedes hacer en {provider}:',

  'guard.title': 'Proteger esta dirección',
  'guard.signing_always':
    '{provider} firma lo que envía, y cualquier otra cosa se rechaza. Estos candados se suman, si los quieres.',
  'guard.signing_address_only':
    '{provider} firma esta dirección, pero casi nunca lo que envía: quien vea un webhook podría enviar otro. Uno de estos candados la hace más segura.',
  'guard.signing_with_secret':
    '{provider} firma lo que envía en cuanto introduces el secreto correspondiente. Sin él, estos candados cierran el paso a extraños.',
  'guard.signing_never':
    '{provider} no firma nada: quien conozca esta dirección podría escribirte como si fuera un cliente. No se puede adivinar, y uno de estos candados la hace aún más segura.',
  'guard.networks': 'Solo desde estas direcciones',
  'guard.networks_hint':
    'Una por línea, como 192.0.2.7 o 192.0.2.0/27. Vacío: desde cualquier sitio.',
  'guard.publish': 'Usar las direcciones que publica {provider}',
  'guard.blind':
    'Detrás de un túnel o un proxy, cada llamada parece venir del propio túnel y se rechazaría todo. Indica cómo muestra el tuyo quién llama.',
  'guard.blind_title': '¿Rechazar todos los mensajes?',
  'guard.blind_ask':
    'Detrás de un túnel se rechazarán todos los mensajes. ¿Guardar de todos modos?',
  'guard.blind_save': 'Guardar de todos modos',
  'guard.blind_set': 'En Red',
  'guard.user': 'Nombre de usuario',
  'guard.password': 'Contraseña',
  'guard.invent': 'Inventar una contraseña',
  'guard.address': 'La dirección con ambos incluidos',
  'guard.address_hint':
    'Para cuando {provider} no tiene campos de nombre y contraseña. Cópiala ahora: la contraseña no se vuelve a mostrar.',
  'guard.tell':
    'Introduce este nombre y esta contraseña también en {provider}: hasta entonces, aquí se rechazan sus mensajes.',
  'guard.user_hint':
    'Introduce ambos también en {provider}: en sus propios campos o dentro de la dirección, https://name:password@… Si ambos están vacíos, no se piden.',

  'numbers.about':
    'Tus números en este proveedor. Cada sesión nueva va a la persona o cola que elijas.',
  'numbers.add': 'Añadir un número',
  'numbers.new': 'Número nuevo',
  'numbers.drop': 'Quitar este número',
  'numbers.address': 'Número o nombre de remitente',
  'numbers.number': 'Número',
  'numbers.number_hint': 'Con + y código de país.',
  'numbers.address_hint':
    'Con + y código de país; o un nombre de hasta 11 caracteres, al que los clientes no pueden responder.',
  'numbers.short_code': 'Un número corto.',
  'numbers.no_sender_id': '{provider} solo admite números, no nombres.',
  'numbers.sender_id_long': 'Un nombre tiene 11 caracteres como máximo.',
  'numbers.fetch': 'Obtener mis números',
  'numbers.fetch_about': '{provider} muestra los números de tu cuenta.',
  'numbers.fetching': 'Preguntando a {provider}…',
  'numbers.none':
    'Tu cuenta en {provider} no tiene números que puedan enviar mensajes. Consigue uno allí primero.',
  'numbers.found': {
    one: '{count} número en tu cuenta',
    other: '{count} números en tu cuenta',
  },
  'numbers.added': 'añadido',
  'numbers.in_channel': 'ya está en el canal «{name}»',
  'numbers.needed':
    'Añade primero un número o sigue sin él: hasta que haya uno, no puedes recibir nada.',
  'numbers.take': { one: 'Añadir {count} número', other: 'Añadir {count} números' },
  'numbers.one_way': 'Un nombre de remitente: los clientes no pueden responderle.',
  'numbers.destination_hint': 'Quién recibe sus sesiones nuevas.',
  'numbers.to_queue': 'Cola: {name}',
  'numbers.starters': 'Pueden abrir sesiones:',

  'options.rate': 'Mensajes por segundo',
  'options.rate_hint':
    'Los que pasen de ahí esperan en orden. {rate} va bien para una cuenta nueva en {provider}; si pide menos, Deskbell reduce el ritmo solo.',
  'options.auto_close': 'Cerrar tras días de silencio',
  'options.auto_close_hint':
    'Se cuentan desde el último mensaje de cualquiera de las partes. Vacío: nunca.',
  'options.never': 'nunca',
  'options.file_text': 'Texto con los archivos',
  'options.file_text_hint': 'Acompaña a un archivo que se envía sin texto.',

  'options.answers_keywords':
    '{provider} responde por sí mismo a STOP, START y HELP. Aquí ves esos mensajes, y no se puede escribir a nadie que se haya dado de baja.',
  'options.keywords':
    '{provider} te deja a ti responder a STOP y HELP. No se puede escribir a nadie que se haya dado de baja; la respuesta automática la decides tú.',
  'options.stop_text': 'Respuesta a STOP',
  'options.stop_text_hint': 'Se envía una vez cuando alguien se da de baja. Vacío: sin respuesta.',
  'options.help_text': 'Respuesta a HELP',
  'options.help_text_hint': 'Se envía cuando alguien pide HELP. Vacío: sin respuesta.',
  'options.propose': 'Usar esto',
  'options.stop_text_proposal':
    '{business}: te has dado de baja y no recibirás más mensajes. Escribe START para volver a recibirlos.',
  'options.help_text_proposal':
    '{business}: aquí responde una persona. Escribe STOP para no recibir más mensajes.',

  'test.in': '¿Puede escribirte un cliente?',
  'test.waiting': 'Envía HELLO a {number}. Esperando el mensaje…',
  'test.heard': 'Llegó. Los clientes pueden escribirte.',
  'test.last': 'El último mensaje anterior llegó hace {time}.',
  'test.no_number': 'Añade primero un número.',
  'test.one_way':
    'Los clientes no pueden responder a un nombre de remitente, así que no hay nada que esperar.',
  'test.out': '¿Puedes escribir a un cliente?',
  'test.my_number': 'Tu propio número de móvil',
  'test.send': 'Enviarme una prueba',
  'test.text': 'Esto es una prueba de {name}. Funciona.',
  'test.sent': 'En camino a {number}. Mira tu teléfono.',
  'test.failed': 'No llegó a {number}.',
  'test.delivered': 'Llegó a {number}.',
  'test.again': 'Enviar otra',
  'test.open': 'Abrir la sesión',
};
