/** What every page shares: actions, times, problems, the rail, the palette, forms. */
import type { Translation } from '../text';
import type { shell as english } from '../en/shell';

export const shell: Translation<typeof english> = {
  'app.name': 'Deskbell',

  'device.name': '{program} en {system}',

  'page.not_loaded': 'No se pudo cargar esta página.',

  'action.back': 'Atrás',
  'action.cancel': 'Cancelar',
  'action.close': 'Cerrar',
  'action.copied': 'Copiado',
  'action.copy': 'Copiar',
  'action.delete': 'Eliminar',
  'action.details': 'Detalles',
  'action.discard': 'Descartar',
  'action.dismiss': 'Descartar',
  'action.download': 'Descargar',
  'action.edit': 'Editar',
  'action.more': 'Más acciones',
  'action.open': 'Abrir',
  'action.retry': 'Reintentar',
  'action.save': 'Guardar',
  'action.take_back': 'Retirar',
  'action.try_again': 'Intentar de nuevo',

  'time.now': 'ahora',
  'time.m': '{count} min',
  'time.h': '{count} h',
  'time.d': '{count} d',
  'time.moment': 'un momento',
  'time.minutes': { one: '{count} minuto', other: '{count} minutos' },
  'time.hours': { one: '{count} hora', other: '{count} horas' },
  'time.days': { one: '{count} día', other: '{count} días' },
  'time.today': 'Hoy',
  'time.yesterday': 'Ayer',

  'problem.unknown': 'Algo salió mal aquí. Inténtalo de nuevo.',
  'problem.line_down': 'La oficina no responde. Inténtalo de nuevo en un momento.',
  'problem.forbidden': 'No tienes permiso para hacer eso. Un administrador puede cambiar tu rol.',
  'problem.not_found': 'Ya no está ahí.',
  'problem.locked_out': {
    one: 'Demasiadas contraseñas incorrectas. Inténtalo de nuevo en {count} segundo.',
    other: 'Demasiadas contraseñas incorrectas. Inténtalo de nuevo en {count} segundos.',
  },
  'problem.locked_out_long': 'Demasiadas contraseñas incorrectas. Inténtalo de nuevo en {time}.',

  'line.all_up': 'Todos los canales funcionan',
  'line.settings': 'Ajustes, Canales',
  'line.ask': 'Un administrador se ocupa de los canales.',
  'line.degraded': 'Conviene revisar: {names}',
  'line.offline': 'Sin conexión. Puedes seguir trabajando.',
  'line.offline_waiting': {
    one: 'Sin conexión. Puedes seguir trabajando; {count} mensaje espera.',
    other: 'Sin conexión. Puedes seguir trabajando; {count} mensajes esperan.',
  },

  'rail.label': 'Secciones',
  'rail.inbox': 'Bandeja',
  'rail.settings': 'Ajustes',
  'rail.demo': 'Cliente de demostración',
  'rail.me': '{name}, {presence}',

  'phone.me': 'Yo',

  'presence.available': 'Disponible',
  'presence.away': 'Ausente',
  'presence.business_trip': 'De viaje de trabajo',
  'presence.do_not_disturb': 'No molestar',
  'presence.lunch_break': 'Pausa para comer',
  'presence.off_work': 'Fuera del trabajo',

  'me.presence_failed': 'Tu presencia no cambió',

  sign_out: 'Salir',

  'palette.label': 'Ir a',
  'palette.placeholder': 'Personas, sesiones, acciones, ajustes…',
  'palette.folder': 'Carpeta',
  'palette.none': 'No se encontró nada.',

  'shortcuts.title': 'Teclado',
  'shortcuts.escape': 'Dejar el texto, cerrar paneles',
  'shortcuts.send': 'Enviar',
  'shortcuts.newline': 'Línea nueva',
  'shortcuts.send_next': 'Enviar y pasar a la siguiente',

  'form.optional': '{label} (opcional)',
  'form.kept': 'Guardado. Escribe para sustituirlo.',
  'form.odd': 'Esto no parece correcto para «{label}».',
  'form.right': 'Parece correcto para «{label}»',
  'form.show': 'Mostrar',
  'form.hide': 'Ocultar',
  'form.unsaved': 'Sin guardar',
  'form.revert': 'Deshacer los cambios',
  'form.saved': 'Guardado',

  'leave.title': '¿Salir sin guardar?',
  'leave.text': 'Lo que cambiaste aquí todavía no está guardado.',
  'leave.stay': 'Quedarse',
  'leave.leave': 'Salir sin guardar',

  'period.today': 'Hoy',
  'period.week': '7 días',
  'period.month': '30 días',
  'period.custom': 'Otro periodo',
  'period.from': 'Desde',
  'period.to': 'Hasta',
};
