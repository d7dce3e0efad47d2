import type { Texts } from '.';

export const texts: Texts = {
  title: 'Fale conosco',
  open: 'Abrir o chat',
  close: 'Fechar o chat',
  write: 'Escreva uma mensagem…',
  send: 'Enviar',
  picture: 'Anexar uma imagem',
  emoji: 'Emoji',
  more: 'Mais',
  transcript: 'Transcrição da conversa',
  writing: '{name} está escrevendo…',
  seen: 'visto',
  sent: 'enviado',
  sending: 'aguardando…',
  failed: 'Não enviado',
  down: 'Sem conexão. O que você escrever fica guardado e será enviado assim que ela voltar.',
  unread: 'Mensagens novas: {n}',
  gone: 'Esta imagem não está mais disponível.',
};
