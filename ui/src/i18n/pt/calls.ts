import type { calls as english } from '../en/calls';
import type { Translation } from '../text';

export const calls: Translation<typeof english> = {
  'call.call': 'Ligar',
  'call.not_allowed':
    'Você não pode ligar para clientes. Um administrador pode permitir isso em Pessoas.',
  'call.failed': 'Não foi possível ligar para {name}',
  'call.uncertain': 'Não se sabe se a ligação foi feita',
  'call.uncertain_hint': 'O provedor não respondeu. Se seu telefone não tocar, ligue mais uma vez.',
  'call.your_phone': 'Seu telefone está tocando. Atenda, e então ligamos para {name}.',

  'settings.calling': 'Ligações',
  'calling.purpose': 'O que acontece quando você clica em Ligar.',
  'calling.tel': 'O telefone deste dispositivo',
  'calling.tel_hint': 'Abre um link que começa com tel:; no celular, o discador.',
  'calling.sip': 'Um softphone',
  'calling.sip_hint': 'Abre um link que começa com sip:.',
  'calling.callto': 'Um programa que aceita callto:',
  'calling.callto_hint': 'Abre um link que começa com callto:.',
  'calling.pattern': 'Um link seu',
  'calling.pattern_hint': 'Para um sistema de telefonia com um endereço web que faz a ligação.',
  'calling.provider': 'Pelo provedor do canal',
  'calling.provider_hint':
    'Ele liga para seu telefone e depois para o cliente, que vê o número da empresa. Onde o provedor oferece; as duas ligações são cobradas.',
  'calling.link': 'Link',
  'calling.link_hint': '{number} vira o número do cliente com o +; {digits}, só os dígitos.',
  'calling.link_example': 'https://pabx.example/ligar?para={number}',
  'calling.phone': 'Seu telefone',
  'calling.phone_hint': 'Ele toca primeiro.',
  'calling.test_number': 'Teste com um número',
  'calling.test_hint': 'O seu, por exemplo.',
  'calling.test': 'Testar',

  'people.may_call': 'Pode ligar para clientes',
  'people.may_call_hint': 'A partir de um atendimento, com o botão Ligar.',

  'story.called': '{name} ligou para {number}',
  'story.called_provider': '{name} ligou para {number} pelo provedor',
  'story.call_your_phone': 'O telefone de {name} está tocando',
  'story.call_ringing': 'O telefone do cliente está tocando',
  'story.call_answered': 'O cliente atendeu a ligação de {name}',
  'story.call_ended': 'A ligação de {name} terminou após {time}',
  'story.call_ended_plain': 'A ligação de {name} terminou',
  'story.call_busy': 'A linha do cliente estava ocupada',
  'story.call_no_answer': 'O cliente não atendeu a ligação',
  'story.call_not_picked_up': '{name} não atendeu o próprio telefone',
  'story.call_cancelled': 'A ligação terminou antes de o cliente atender',
  'story.call_failed': 'A ligação de {name} falhou',
  'story.call_failed_why': 'A ligação de {name} falhou: {reason}',
  'story.call_uncertain': 'Não se sabe o que houve com a ligação de {name}',
};
