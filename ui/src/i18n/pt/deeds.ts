/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': 'desfazer reverter',
  'find.presence': 'ausente disponível status almoço pausa',
  'find.new': 'iniciar escrever mensagem',
  'find.out': 'sair desconectar',
  'find.block': 'bloquear spam',
  'find.transfer': 'encaminhar atribuir passar',
  'find.snooze': 'depois lembrar adiar',
  'find.end': 'fechar terminar resolver',
  'find.archive': 'feito guardar',
  'deed.reply': 'Responder',
  'deed.snooze': 'Adiar 20 min',
  'deed.ask_pick_up': 'Pegar o atendimento de {name}?',
  'deed.ask_snooze': 'Adiar o atendimento de {name}?',
  'deed.ask_text': 'Um link pede isso. Confirme somente se era o que você queria.',
  'deed.yes_pick_up': 'Pegar',
  'deed.yes_snooze': 'Adiar 20 min',
  'deed.failed': 'O que a notificação pedia não foi feito',
};
