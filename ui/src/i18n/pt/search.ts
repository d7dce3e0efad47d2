import type { search as english } from '../en/search';
import type { Translation } from '../text';

export const search: Translation<typeof english> = {
  'search.title': 'Busca',
  'search.everything': 'Buscar em tudo',
  'search.everything_for': 'Buscar “{words}” em tudo',
  'search.placeholder': 'Mensagens, pessoas, números, nomes de arquivos',
  'search.results': 'Resultados',
  'search.tabs': 'Onde buscar',
  'search.tab.messages': 'Mensagens',
  'search.tab.sessions': 'Atendimentos',
  'search.tab.contacts': 'Contatos',
  'search.tab.files': 'Arquivos',
  'search.tab_count': '{tab} {count}',
  'search.more_than': '{count}+',

  'search.filters': 'Filtros',
  'search.channel': 'Canal',
  'search.any_channel': 'Qualquer canal',
  'search.author': 'Escrito por',
  'search.any_author': 'Qualquer pessoa',
  'search.direction': 'Direção',
  'search.any_direction': 'Ambas',
  'search.direction_in': 'Dos clientes',
  'search.direction_out': 'Nossas',
  'search.has_file': 'Com arquivos',
  'search.after': 'De',
  'search.before': 'Até',
  'search.clear_filters': 'Limpar filtros',

  'search.start': 'Encontre tudo o que já foi dito',
  'search.start_hint':
    'Digite uma palavra, um nome, um número ou parte dele. Coloque palavras entre “aspas” para encontrá-las lado a lado.',
  'search.looking': 'Buscando…',
  'search.older': 'Buscar nas mais antigas',
  'search.none': 'Nada encontrado',
  'search.none_hint':
    'Tente menos letras ou outra palavra; acentos e maiúsculas não fazem diferença.',
  'search.none_filtered': 'Nada encontrado com estes filtros',
  'search.none_here': 'Nada encontrado aqui',
  'search.elsewhere': { one: '{tab}: {count} resultado', other: '{tab}: {count} resultados' },
  'search.behind':
    'As mensagens mais antigas ainda estão sendo preparadas para a busca: {percent} prontas.',

  'search.by_customer': '{name}, {time}',
  'search.by_user': '{name} para {customer}, {time}',
  'search.note_by': 'Nota de {name} sobre {customer}, {time}',
  'search.nameless': 'Ainda sem nome',
  'search.open_hint': 'Enter abre neste ponto',
  'search.preview': 'Prévia',
  'search.sessions_of': 'Mostrar os atendimentos',

  'search.saved': 'Buscas salvas',
  'search.save': 'Salvar esta busca',
  'search.save_name': 'Nome',
  'search.save_failed': 'A busca não foi salva.',
  'search.forget': 'Remover a busca salva {name}',
  'search.forget_failed': 'A busca não foi removida.',

  'find.label': 'Buscar nesta conversa',
  'find.count': '{at} de {count}',
  'find.count_more': '{at} de mais de {count}',
  'find.none': 'Não encontrado',
  'find.older': 'Mais antigo',
  'find.newer': 'Mais recente',
  'find.close': 'Fechar',

  'thread.jump_failed': 'Não foi possível mostrar a mensagem.',
  'thread.newer_failed': 'Não foi possível carregar as mensagens mais recentes.',
  'thread.to_newest': 'Ir para as mensagens mais recentes',
};
