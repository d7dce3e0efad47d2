import type { channels as english } from '../en/channels';
import type { Translation } from '../text';

export const channels: Translation<typeof english> = {
  'channels.purpose': 'Os números e contas pelos quais os clientes escrevem para você.',
  'channels.period': 'Período dos números',
  'channels.name': 'Nome',
  'channels.status': 'Status',
  'channels.numbers': 'Números',
  'channels.destination': 'Vai para',
  'channels.sent': 'Enviadas',
  'channels.received': 'Recebidas',
  'channels.failed': 'Com falha',
  'channels.total': 'Total de enviadas',
  'channels.actions': 'Ações para {name}',
  'channels.check': 'Verificar agora',
  'channels.disable': 'Desativar',
  'channels.enable': 'Ativar',
  'channels.draft': 'Não concluído',
  'channels.disabled': 'Desativado',
  'channels.act_failed': 'Não deu certo',
  'channels.delete_title': 'Excluir {name}?',
  'channels.delete_text':
    'Ele deixa de receber e enviar, e suas credenciais são esquecidas. As conversas ficam.',
  'channels.delete_there':
    'Remova o endereço também em {provider}: senão ele continuaria enviando para cá.',
  'channels.end_sessions': 'Encerrar também os atendimentos abertos',
  'channels.end_sessions_hint':
    'Sem isso, um canal com atendimentos abertos não pode ser excluído.',
  'channels.refused': {
    one: '{count} requisição foi recusada: {why}',
    other: '{count} requisições foram recusadas: {why}',
  },
  'channels.refused_why':
    'Os segredos guardados aqui ainda são os de {provider}, e o endereço público é aquele que ele chama?',
  'channels.refused_last': 'A última: {time}.',
  'channels.last': 'última: {time}',
  'channels.last_hint': 'A última, seja qual for o período escolhido',

  'refusal.signature': {
    one: '{count} com assinatura errada',
    other: '{count} com assinatura errada',
  },
  'refusal.foreign': { one: '{count} para outra conta', other: '{count} para outra conta' },
  'refusal.clock': {
    one: '{count} antiga demais ou do futuro',
    other: '{count} antigas demais ou do futuro',
  },
  'refusal.password': {
    one: '{count} com senha errada',
    other: '{count} com senha errada',
  },
  'refusal.no_password': { one: '{count} sem senha', other: '{count} sem senha' },
  'refusal.address': { one: '{count} de outro endereço', other: '{count} de outros endereços' },
  'refusal.unknown_address': {
    one: '{count} cujo endereço um túnel esconde',
    other: '{count} cujo endereço um túnel esconde',
  },

  'health.unauthorized':
    'O provedor não aceita estas credenciais. Compare com o que está no site dele.',
  'health.service_unavailable':
    'O provedor está com problemas. As mensagens esperam aqui e saem sozinhas.',
  'health.request_failed':
    'Não foi possível alcançar o provedor. Verifique a conexão com a internet e, se você mesmo digitou o endereço, verifique-o também.',
  'health.slowed':
    'Reduzido para {rate} por segundo: o provedor pediu menos. Volta a acelerar sozinho.',
  'health.paused': 'Em pausa por um instante: o provedor pediu menos. Continua sozinho.',
  'health.unknown': 'O provedor respondeu de um jeito que o Deskbell não conhece.',

  'wizard.title': 'Novo canal {provider}',
  'wizard.purpose': 'Os clientes escrevem para seu número; sua equipe responde aqui.',
  'wizard.steps': 'Etapas',
  'wizard.provider': 'Provedor',
  'wizard.credentials': 'Credenciais',
  'wizard.webhook': 'Webhook',
  'wizard.numbers': 'Números',
  'wizard.options': 'Opções',
  'wizard.test': 'Teste',
  'wizard.check': 'Verificar e continuar',
  'wizard.check_again': 'Verificar de novo',
  'wizard.more_fields': 'Mais campos',
  'wizard.anyway': 'Continuar mesmo assim',
  'wizard.continue': 'Continuar',
  'wizard.without_number': 'Continuar sem número',
  'wizard.switch_on': 'Salvar e ativar',
  'wizard.done': 'Concluir',
  'wizard.to_list': 'Todos os canais',
  'wizard.name_hint': 'Como sua equipe o chama, por exemplo “Número da loja”.',
  'wizard.advanced': 'Avançado',
  'wizard.base_url': 'URL base',
  'wizard.base_url_hint':
    'Só para servidores regionais, gateways e testes. Vazio: a do próprio provedor.',
  'wizard.webhook_url': 'URL do webhook',
  'wizard.webhook_hint': 'Ela nunca muda, mesmo que você feche esta página.',
  'wizard.webhook_text':
    '{provider} envia todas as mensagens dos clientes para este endereço. Informe-o lá como descrito ao lado.',
  'wizard.webhook_text_sets':
    '{provider} envia todas as mensagens dos clientes para este endereço. Se preferir informá-lo por conta própria, veja como ao lado.',
  'wizard.no_public':
    'Este balcão ainda não tem endereço público, então os provedores não conseguem alcançá-lo.',
  'wizard.set_public': 'Defina um em Rede',
  'wizard.no_address': 'Seu balcão ainda não tem endereço público.',
  'wizard.guide': 'No site de {provider}',
  'wizard.guide_gateway': 'No seu gateway',
  'wizard.notes': 'Bom saber',
  'wizard.portal': 'Entre em {host}',
  'wizard.copy_value': 'Copiar {value}',
  'wizard.unconfirmed': 'Não confirmado por {provider}',
  'wizard.unconfirmed_about':
    'Nenhuma fonte pública garante estes dados. Se algum estiver errado, avise a gente: a correção é rápida.',
  'wizard.search_provider': 'Encontre seu provedor',
  'wizard.search_provider_hint': 'Nome da empresa',
  'wizard.group_named': 'Provedores',
  'wizard.group_other': 'Qualquer outro provedor',
  'wizard.no_provider':
    'Nenhum provedor aqui se chama “{name}”. Se ele fala JSON por HTTPS, conecte-o como acima.',
  'wizard.other_provider': 'Escolher outro',

  'webhook.set': 'Configurar para mim',
  'webhook.set_again': 'Configurar de novo',
  'webhook.setting': 'Avisando {provider}…',
  'webhook.set_about': 'O Deskbell avisa {provider} para enviar as mensagens para cá.',
  'webhook.is_set': 'Configurado em {provider} há {time}.',
  'webhook.is_other': '{provider} ainda tem outro endereço: {url}',
  'webhook.is_missing': 'Adicionados depois da configuração em {provider}: {numbers}',
  'webhook.needs_public':
    'Podemos configurar para você assim que o balcão tiver um endereço público.',
  'webhook.needs_numbers': 'Podemos configurar para você assim que o canal tiver um número.',
  'webhook.left': 'O que só você pode fazer em {provider}:',

  'guard.title': 'Proteja este endereço',
  'guard.signing_always':
    '{provider} assina o que envia, e qualquer outra coisa é recusada. Estas travas são um reforço, se você quiser.',
  'guard.signing_address_only':
    '{provider} assina este endereço, mas em geral não o que envia: quem vê um webhook poderia enviar outro. Uma destas travas deixa tudo mais seguro.',
  'guard.signing_with_secret':
    '{provider} assina o que envia assim que você informa o segredo para isso. Sem ele, estas travas deixam estranhos de fora.',
  'guard.signing_never':
    '{provider} não assina nada: quem descobre este endereço poderia escrever para você como se fosse cliente. Não dá para adivinhá-lo, e uma destas travas deixa tudo ainda mais seguro.',
  'guard.networks': 'Só destes endereços',
  'guard.networks_hint': 'Um por linha, como 192.0.2.7 ou 192.0.2.0/27. Vazio: de qualquer lugar.',
  'guard.publish': 'Usar os endereços que {provider} publica',
  'guard.blind':
    'Atrás de um túnel ou proxy, toda chamada parece vir do próprio túnel, e tudo seria recusado. Informe como o seu diz quem chama.',
  'guard.blind_title': 'Recusar todas as mensagens?',
  'guard.blind_ask': 'Atrás de um túnel, todas as mensagens serão recusadas. Salvar mesmo assim?',
  'guard.blind_save': 'Salvar mesmo assim',
  'guard.blind_set': 'Em Rede',
  'guard.user': 'Nome de usuário',
  'guard.password': 'Senha',
  'guard.invent': 'Gerar uma senha',
  'guard.address': 'O endereço com os dois dentro',
  'guard.address_hint':
    'Para quando {provider} não tem campos de nome e senha. Copie agora: a senha não será mostrada de novo.',
  'guard.tell':
    'Informe este nome e esta senha também em {provider}: até lá, as mensagens de lá são recusadas aqui.',
  'guard.user_hint':
    'Informe os dois também em {provider}: em campos próprios ou dentro do endereço, https://name:password@… Os dois vazios: nada é pedido.',

  'numbers.about':
    'Seus números neste provedor. Cada novo atendimento vai para a pessoa ou fila que você escolher.',
  'numbers.add': 'Adicionar um número',
  'numbers.new': 'Novo número',
  'numbers.drop': 'Remover este número',
  'numbers.address': 'Número ou ID de remetente',
  'numbers.number': 'Número',
  'numbers.number_hint': 'Com + e código do país.',
  'numbers.address_hint':
    'Com + e código do país; ou um nome de até 11 caracteres, ao qual os clientes não podem responder.',
  'numbers.short_code': 'Um número curto.',
  'numbers.no_sender_id': '{provider} só aceita números, não nomes.',
  'numbers.sender_id_long': 'Um nome tem no máximo 11 caracteres.',
  'numbers.fetch': 'Buscar meus números',
  'numbers.fetch_about': '{provider} lista os números da sua conta.',
  'numbers.fetching': 'Consultando {provider}…',
  'numbers.none':
    'Sua conta em {provider} não tem números que enviem mensagens. Consiga um lá primeiro.',
  'numbers.found': {
    one: '{count} número na sua conta',
    other: '{count} números na sua conta',
  },
  'numbers.added': 'adicionado',
  'numbers.in_channel': 'já está no canal “{name}”',
  'numbers.needed':
    'Adicione um número primeiro, ou continue sem: você não recebe nada até que haja um.',
  'numbers.take': { one: 'Adicionar {count} número', other: 'Adicionar {count} números' },
  'numbers.one_way': 'Um ID de remetente: os clientes não podem responder a ele.',
  'numbers.destination_hint': 'Quem recebe os novos atendimentos.',
  'numbers.to_queue': 'Fila: {name}',
  'numbers.starters': 'Podem iniciar atendimentos:',

  'options.rate': 'Mensagens por segundo',
  'options.rate_hint':
    'O que passar disso espera na ordem. {rate} serve para uma conta nova em {provider}; quando ele pede menos, o Deskbell reduz sozinho.',
  'options.auto_close': 'Encerrar após dias de silêncio',
  'options.auto_close_hint': 'Contados da última mensagem de qualquer lado. Vazio: nunca.',
  'options.never': 'nunca',
  'options.file_text': 'Texto com arquivos',
  'options.file_text_hint': 'Vai junto quando alguém envia um arquivo sem nenhuma palavra.',

  'options.answers_keywords':
    '{provider} responde sozinho a STOP, START e HELP. Você vê essas mensagens aqui, e não é possível escrever a quem mandou STOP.',
  'options.keywords':
    '{provider} deixa com você a resposta a STOP e HELP. Não é possível escrever a quem mandou STOP; você decide se há resposta automática.',
  'options.stop_text': 'Resposta a STOP',
  'options.stop_text_hint': 'Enviada uma vez quando alguém pede descadastro. Vazio: sem resposta.',
  'options.help_text': 'Resposta a HELP',
  'options.help_text_hint': 'Enviada quando alguém pede HELP. Vazio: sem resposta.',
  'options.propose': 'Usar este',
  'options.stop_text_proposal':
    '{business}: seu descadastro foi feito e você não vai mais receber mensagens. Envie START para voltar a receber.',
  'options.help_text_proposal':
    '{business}: aqui quem responde é uma pessoa. Envie STOP para não receber mais mensagens.',

  'test.in': 'Um cliente consegue falar com você?',
  'test.waiting': 'Envie OI para {number}. Esperando a mensagem…',
  'test.heard': 'Chegou. Os clientes conseguem falar com você.',
  'test.last': 'A última mensagem antes desta chegou há {time}.',
  'test.no_number': 'Adicione um número primeiro.',
  'test.one_way':
    'Os clientes não podem responder a um ID de remetente, então não há o que esperar.',
  'test.out': 'Você consegue falar com um cliente?',
  'test.my_number': 'Seu próprio número de celular',
  'test.send': 'Enviar um teste para mim',
  'test.text': 'Este é um teste de {name}. Funciona.',
  'test.sent': 'A caminho de {number}. Olhe seu celular.',
  'test.failed': 'Não chegou a {number}.',
  'test.delivered': 'Chegou a {number}.',
  'test.again': 'Enviar outro',
  'test.open': 'Abrir o atendimento',
};
