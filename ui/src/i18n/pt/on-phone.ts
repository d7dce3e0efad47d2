/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': 'Você está sem conexão. O que você vê é de {time}.',
  'offline.waiting': {
    one: '{count} mensagem espera e sai quando a conexão voltar.',
    other: '{count} mensagens esperam e saem quando a conexão voltar.',
  },
  'offline.not_kept': 'Esta conversa não está neste dispositivo. Ela abre quando a conexão voltar.',
  'pages.newer': 'O Deskbell foi atualizado',
  'pages.newer_text': 'Esta página vem com a nova versão. O que você escreveu fica.',
  'pages.reopen': 'Recarregar',
  'sign_in.passing': 'Este dispositivo não é meu',
  'sign_in.passing_hint': 'Nada fica guardado nele, e fechar o navegador encerra sua sessão.',
  'sign_out.title': 'Sair agora?',
  'sign_out.waiting': 'O que você escreveu sem conexão ainda não saiu. Sair apaga tudo isso.',
  'sign_out.confirm': 'Sair e apagar',
  'info.title': 'Informações da conversa',
  'attach.camera': 'Tirar uma foto',
  'attach.photo': 'Foto ou vídeo',
  'attach.file': 'Arquivo',
  'settings.larger': 'É mais fácil em uma tela maior. Aqui também dá para mudar tudo.',
};
