import type { join as english } from '../en/join';
import type { Translation } from '../text';

export const join: Translation<typeof english> = {
  'invite.title': 'Convidar um colega',
  'invite.button': 'Convidar por link',
  'invite.about':
    'A pessoa escolhe o próprio nome e senha. O link funciona uma vez, por uma semana.',
  'invite.name': 'Para quem é?',
  'invite.name_hint': 'Só para você reconhecer. Pode ficar vazio.',
  'invite.make': 'Criar o link',
  'invite.ready': 'O link está pronto',
  'invite.ready_about':
    'Envie à pessoa, ou deixe que ela leia o código com o celular. Ele só é mostrado agora.',
  'invite.link': 'Link',
  'invite.code': 'Código com o link de convite',
  'invite.closed':
    'Só este computador alcança este endereço. Primeiro libere a rede do escritório em Rede, depois crie um link.',
  'invite.open_network': 'Abrir a rede do escritório',
  'invite.open': 'Convites em aberto',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'Qualquer pessoa · {role}',
  'invite.until': 'até {time}',
  'invite.take_back': 'Revogar',
  'invite.taken_back': 'O link não funciona mais',
  'invite.failed': 'O convite não foi alterado',

  'joining.title': 'Entrar em {business}',
  'joining.text': 'Você recebeu um convite de {name}. Escolha um nome de acesso e uma senha.',
  'joining.submit': 'Participar',
  'joining.gone': 'Este convite não funciona mais',
  'joining.gone_text':
    'Ele foi usado, revogado ou tem mais de uma semana. Peça um novo. Se você já participa, entre.',
  'joining.to_sign_in': 'Entrar',
  'joining.signed_in':
    'Você entrou aqui como {name}. Saia antes, se for outra pessoa que vai participar.',

  'insecure.text':
    'Esta conexão não é criptografada: outras pessoas nesta rede poderiam ler. Use só em uma rede em que você confia.',

  'lan.title': 'Rede do escritório',
  'lan.switch': 'Liberar o acesso a colegas na rede do escritório',
  'lan.switch_about':
    'Navegadores, celulares e janelas do Deskbell na mesma rede poderão entrar aqui.',
  'lan.address': 'Endereço para sua equipe',
  'lan.code': 'Código com o endereço para sua equipe',
  'lan.scan': 'Ou leia com um celular no mesmo Wi-Fi.',
  'lan.plain':
    'Nada é criptografado no caminho pela sua rede. Tudo bem em um escritório próprio, não em um café. Para ter criptografia, dê ao balcão um nome próprio atrás de um proxy com certificado.',
  'lan.stuck': 'Não foi possível abrir: {problem}',

  'phone.title': 'No seu celular',
  'phone.text':
    'Leia isto com a câmera do celular e entre. Com https, a página também pode ser adicionada à tela inicial.',
  'phone.closed':
    'Os celulares ainda não alcançam este balcão. Um administrador pode liberar o acesso.',
};
