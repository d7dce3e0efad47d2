/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    one: '{count} mensagem espera para mais tarde: não será enviada.',
    other: '{count} mensagens esperam para mais tarde: não serão enviadas.',
  },
  'labels.many': {
    one: 'Etiquetar {count} atendimento',
    other: 'Etiquetar {count} atendimentos',
  },
  'transfer.follow': 'Continuar a acompanhar',
  'transfer.follow_hint': 'Você vê o que acontece e pode escrever notas, mas não responder.',
  'story.follows': '{name} continua a acompanhar',
  'whole.all': 'Mostrar tudo',
  'whole.older': 'Mostrar anteriores',
  'whole.links': 'Links',
  'whole.failed': 'Não foi possível carregar o que veio antes',
  'contacts.notes_older': 'Mostrar notas anteriores',
  'contacts.notes_failed': 'Não foi possível carregar as notas anteriores',
  'past.new': 'Novo atendimento',
  'past.earlier': 'Atendimento anterior',
  'past.silence': 'o anterior foi encerrado porque ninguém escreveu',
  'past.agent': 'o anterior foi encerrado',
  'past.administrator': 'o anterior foi encerrado por um administrador',
};
