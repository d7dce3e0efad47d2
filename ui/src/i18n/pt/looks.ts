/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': 'Alto contraste',
  'appearance.window': 'Janela',
  'appearance.status': 'Barra de status',
  'appearance.status_hint':
    'Uma linha fina embaixo: o que espera para ser enviado, o que chegou hoje e quando um cliente escreveu pela última vez em cada canal.',
  'status.label': 'Status',
  'status.waits': {
    one: '{count} mensagem espera para ser enviada',
    other: '{count} mensagens esperam para ser enviadas',
  },
  'status.clear': 'Nada espera para ser enviado',
  'status.today': {
    one: '{count} mensagem recebida hoje',
    other: '{count} mensagens recebidas hoje',
  },
  'status.last': '{channel}: última {time}',
  'status.never': '{channel}: nada recebido ainda',
  'select.short': '{count} escolhidas',
  'thread.said': '{name}: {text}',
  'thread.said_many': {
    one: '{count} mensagem nova de {name}',
    other: '{count} mensagens novas de {name}',
  },
  'list.width': 'Largura da lista',
  'settings.overview': 'Visão geral',
  'settings.office': 'Escritório',
  'settings.mine': 'Para mim',
};
