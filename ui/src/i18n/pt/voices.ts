/** Calls of live chat, as those see them who answer and call. */
import type { Translation } from '../text';
import type { voices as english } from '../en/voices';

export const voices: Translation<typeof english> = {
  'voice.visitor': 'Um visitante',
  'voice.rings': '{name} está ligando',
  'voice.rings_text': 'Atenda no Deskbell.',
  'voice.answered_by': '{user} atendeu a ligação de {name}',
  'voice.missed': 'Ligação perdida de {name}',
  'voice.ended': 'Chamada com {name} encerrada · {time}',
  'voice.declined': '{name} recusou sua ligação',
  'voice.not_answered': '{name} não atendeu sua ligação',
  'voice.failed': 'Não foi possível completar a ligação',
  'voice.failed_hint':
    'Talvez um firewall impeça. Um servidor TURN ajuda: Configurações, Canais, o site, Avançado.',
  'voice.broken': 'A ligação caiu',
  'voice.one': 'Você já está em uma chamada.',
  'voice.not_begun': 'A ligação não aconteceu',
  'voice.denied':
    'O microfone está bloqueado. Permita-o para o Deskbell, no navegador ao lado do endereço, e tente de novo.',
  'voice.missing': 'Nenhum microfone encontrado. Conecte um e tente de novo.',
  'voice.taken': 'O microfone não pode ser usado. Feche o que o está usando e tente de novo.',
  'voice.insecure':
    'Os navegadores só permitem ligações neste computador ou por https. Abra o Deskbell assim.',
  'voice.ringing': 'Alguém está ligando',
  'voice.calls': 'Ligações',
  'voice.calls_you': 'está ligando para você',
  'voice.for_queue': 'para a fila {name}',
  'voice.answer': 'Atender',
  'voice.decline': 'Recusar',
  'voice.in_browser': 'Atender no navegador',
  'voice.in_browser_hint':
    'Esta janela não transmite voz no Linux. Seu navegador abre esta sessão, e lá você pode atender.',
  'voice.asking': 'Seu navegador pede o microfone: permita. Nada é gravado.',
  'voice.calling': 'Chamando {name}…',
  'voice.joining': 'Conectando…',
  'voice.shaky': 'A conexão está fraca no momento.',
  'voice.muted': 'Não ouvem você: seu microfone está desligado.',
  'voice.talking': 'Em chamada com {name}',
  'voice.call': 'Chamada',
  'voice.mute': 'Silenciar',
  'voice.hang_up': 'Desligar',
  'voice.elsewhere': 'Você está nesta chamada em outra janela.',
  'voice.call_visitor': 'Ligar para este visitante',
  'key.answer-call': 'Atender uma ligação de um site',
  'key.hang-up': 'Desligar ou recusar uma ligação',
  'key.mute-call': 'Desligar ou ligar o microfone em uma chamada',
};
