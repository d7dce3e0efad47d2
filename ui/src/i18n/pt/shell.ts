import type { shell as english } from '../en/shell';
import type { Translation } from '../text';

export const shell: Translation<typeof english> = {
  'app.name': 'Deskbell',

  'device.name': '{program} no {system}',

  'page.not_loaded': 'Não foi possível carregar esta página.',

  'action.back': 'Voltar',
  'action.cancel': 'Cancelar',
  'action.close': 'Fechar',
  'action.copied': 'Copiado',
  'action.copy': 'Copiar',
  'action.delete': 'Excluir',
  'action.details': 'Detalhes',
  'action.discard': 'Descartar',
  'action.dismiss': 'Dispensar',
  'action.download': 'Baixar',
  'action.edit': 'Editar',
  'action.more': 'Mais ações',
  'action.open': 'Abrir',
  'action.retry': 'Tentar de novo',
  'action.save': 'Salvar',
  'action.take_back': 'Cancelar envio',
  'action.try_again': 'Tentar de novo',

  'time.now': 'agora',
  'time.m': '{count}min',
  'time.h': '{count}h',
  'time.d': '{count}d',
  'time.moment': 'um instante',
  'time.minutes': { one: '{count} minuto', other: '{count} minutos' },
  'time.hours': { one: '{count} hora', other: '{count} horas' },
  'time.days': { one: '{count} dia', other: '{count} dias' },
  'time.today': 'Hoje',
  'time.yesterday': 'Ontem',

  'problem.unknown': 'Algo deu errado por aqui. Tente de novo.',
  'problem.line_down': 'O escritório não responde. Tente de novo em instantes.',
  'problem.forbidden': 'Você não tem permissão para isso. Um administrador pode mudar sua função.',
  'problem.not_found': 'Isso não existe mais.',
  'problem.locked_out': {
    one: 'Muitas senhas erradas. Tente de novo em {count} segundo.',
    other: 'Muitas senhas erradas. Tente de novo em {count} segundos.',
  },
  'problem.locked_out_long': 'Muitas senhas erradas. Tente de novo em {time}.',

  'line.all_up': 'Todos os canais no ar',
  'line.settings': 'Configurações, Canais',
  'line.ask': 'Um administrador cuida dos canais.',
  'line.degraded': 'Vale dar uma olhada: {names}',
  'line.offline': 'Sem conexão. Você pode continuar trabalhando.',
  'line.offline_waiting': {
    one: 'Sem conexão. Você pode continuar trabalhando; {count} mensagem espera.',
    other: 'Sem conexão. Você pode continuar trabalhando; {count} mensagens esperam.',
  },

  'rail.label': 'Seções',
  'rail.inbox': 'Caixa de entrada',
  'rail.settings': 'Configurações',
  'rail.demo': 'Cliente de demonstração',
  'rail.me': '{name}, {presence}',

  'phone.me': 'Eu',

  'presence.available': 'Disponível',
  'presence.away': 'Ausente',
  'presence.business_trip': 'Em viagem a trabalho',
  'presence.do_not_disturb': 'Não perturbe',
  'presence.lunch_break': 'Em almoço',
  'presence.off_work': 'Fora do expediente',

  'me.presence_failed': 'Sua presença não mudou',

  sign_out: 'Sair',

  'palette.label': 'Ir para',
  'palette.placeholder': 'Pessoas, atendimentos, ações, configurações…',
  'palette.folder': 'Pasta',
  'palette.none': 'Nada encontrado.',

  'shortcuts.title': 'Teclado',
  'shortcuts.escape': 'Sair do texto, fechar painéis',
  'shortcuts.send': 'Enviar',
  'shortcuts.newline': 'Nova linha',
  'shortcuts.send_next': 'Enviar e ir para o próximo',

  'form.optional': '{label} (opcional)',
  'form.kept': 'Salvo. Digite para substituir.',
  'form.odd': 'Não parece certo para “{label}”.',
  'form.right': 'Parece certo para “{label}”',
  'form.show': 'Mostrar',
  'form.hide': 'Ocultar',
  'form.unsaved': 'Ainda não salvo',
  'form.revert': 'Desfazer alterações',
  'form.saved': 'Salvo',

  'leave.title': 'Sair sem salvar?',
  'leave.text': 'O que você mudou aqui ainda não foi salvo.',
  'leave.stay': 'Ficar',
  'leave.leave': 'Sair',

  'period.today': 'Hoje',
  'period.week': '7 dias',
  'period.month': '30 dias',
  'period.custom': 'Personalizado',
  'period.from': 'De',
  'period.to': 'Até',
};
