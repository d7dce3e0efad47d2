/** Search over everything, and inside one conversation. */
import type { Translation } from '../text';
import type { search as english } from '../en/search';

export const search: Translation<typeof english> = {
  'search.title': 'Buscar',
  'search.everything': 'Buscar en todo',
  'search.everything_for': 'Buscar «{words}» en todo',
  'search.placeholder': 'Mensajes, personas, números, nombres de archivo',
  'search.results': 'Resultados',
  'search.tabs': 'Dónde buscar',
  'search.tab.messages': 'Mensajes',
  'search.tab.sessions': 'Sesiones',
  'search.tab.contacts': 'Contactos',
  'search.tab.files': 'Archivos',
  'search.tab_count': '{tab} {count}',
  'search.more_than': '{count}+',

  'search.filters': 'Filtros',
  'search.channel': 'Canal',
  'search.any_channel': 'Cualquier canal',
  'search.author': 'Escrito por',
  'search.any_author': 'Cualquiera',
  'search.direction': 'Dirección',
  'search.any_direction': 'Ambas',
  'search.direction_in': 'De los clientes',
  'search.direction_out': 'Del equipo',
  'search.has_file': 'Con archivos',
  'search.after': 'Desde',
  'search.before': 'Hasta',
  'search.clear_filters': 'Quitar los filtros',

  'search.start': 'Encuentra todo lo que se ha dicho',
  'search.start_hint':
    'Escribe una palabra, un nombre, un número o parte de él. Pon palabras entre «comillas» para encontrarlas juntas.',
  'search.looking': 'Buscando…',
  'search.older': 'Buscar en los anteriores',
  'search.none': 'No se encontró nada',
  'search.none_hint':
    'Prueba con menos letras u otra palabra; los acentos y las mayúsculas no importan.',
  'search.none_filtered': 'No se encontró nada con estos filtros',
  'search.none_here': 'Aquí no se encontró nada',
  'search.elsewhere': { one: '{tab}: {count} resultado', other: '{tab}: {count} resultados' },
  'search.behind':
    'Los mensajes anteriores aún se están preparando para la búsqueda: {percent} listo.',

  'search.by_customer': '{name}, {time}',
  'search.by_user': '{name} a {customer}, {time}',
  'search.note_by': 'Nota de {name} sobre {customer}, {time}',
  'search.nameless': 'Aún sin nombre',
  'search.open_hint': 'Enter lo abre en este punto',
  'search.preview': 'Vista previa',
  'search.sessions_of': 'Mostrar sus sesiones',

  'search.saved': 'Búsquedas guardadas',
  'search.save': 'Guardar esta búsqueda',
  'search.save_name': 'Nombre',
  'search.save_failed': 'La búsqueda no se guardó.',
  'search.forget': 'Quitar la búsqueda guardada {name}',
  'search.forget_failed': 'La búsqueda no se quitó.',

  'find.label': 'Buscar en esta conversación',
  'find.count': '{at} de {count}',
  'find.count_more': '{at} de más de {count}',
  'find.none': 'No encontrado',
  'find.older': 'Más antiguo',
  'find.newer': 'Más reciente',
  'find.close': 'Cerrar',

  'thread.jump_failed': 'No se pudo mostrar el mensaje.',
  'thread.newer_failed': 'No se pudieron cargar los mensajes más recientes.',
  'thread.to_newest': 'Ir a los mensajes más recientes',
};
