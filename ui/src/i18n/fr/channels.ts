import type { Translation } from '../text';
import type { channels as english } from '../en/channels';

/** Settings: channels, their wizard and their numbers. */
export const channels: Translation<typeof english> = {
  'channels.purpose': 'Les numéros et les comptes par lesquels les clients vous écrivent.',
  'channels.period': 'Période des chiffres',
  'channels.name': 'Nom',
  'channels.status': 'État',
  'channels.numbers': 'Numéros',
  'channels.destination': 'Destination',
  'channels.sent': 'Envoyés',
  'channels.received': 'Reçus',
  'channels.failed': 'Échecs',
  'channels.total': 'Total envoyé',
  'channels.actions': 'Actions pour {name}',
  'channels.check': 'Vérifier maintenant',
  'channels.disable': 'Désactiver',
  'channels.enable': 'Activer',
  'channels.draft': 'Inachevé',
  'channels.disabled': 'Désactivé',
  'channels.act_failed': 'L’opération a échoué',
  'channels.delete_title': 'Supprimer {name} ?',
  'channels.delete_text':
    'Il ne reçoit et n’envoie plus rien, et ses identifiants sont oubliés. Ses conversations restent.',
  'channels.delete_there':
    'Retirez aussi l’adresse chez {provider} : sinon, les envois vers elle continueraient.',
  'channels.end_sessions': 'Terminer aussi ses conversations ouvertes',
  'channels.end_sessions_hint':
    'Sinon, un canal qui a des conversations ouvertes ne peut pas être supprimé.',
  'channels.refused': {
    one: '{count} requête refusée : {why}',
    other: '{count} requêtes refusées : {why}',
  },
  'channels.refused_why':
    'Les secrets conservés ici sont-ils toujours ceux de {provider}, et l’adresse publique est-elle celle qui est appelée ?',
  'channels.refused_last': 'Dernière : {time}.',
  'channels.last': 'dernier : {time}',
  'channels.last_hint': 'Le dernier, quelle que soit la période choisie',

  'refusal.signature': {
    one: '{count} avec une mauvaise signature',
    other: '{count} avec une mauvaise signature',
  },
  'refusal.foreign': {
    one: '{count} pour un autre compte',
    other: '{count} pour un autre compte',
  },
  'refusal.clock': {
    one: '{count} trop ancienne ou venue du futur',
    other: '{count} trop anciennes ou venues du futur',
  },
  'refusal.password': {
    one: '{count} avec un mauvais mot de passe',
    other: '{count} avec un mauvais mot de passe',
  },
  'refusal.no_password': {
    one: '{count} sans mot de passe',
    other: '{count} sans mot de passe',
  },
  'refusal.address': {
    one: '{count} depuis une autre adresse',
    other: '{count} depuis d’autres adresses',
  },
  'refusal.unknown_address': {
    one: '{count} dont un tunnel masque l’adresse',
    other: '{count} dont un tunnel masque l’adresse',
  },

  'health.unauthorized':
    'Le fournisseur n’accepte pas ces identifiants. Comparez-les avec ceux de son site.',
  'health.service_unavailable':
    'Le fournisseur rencontre un problème. Les messages attendent ici et partiront d’eux-mêmes.',
  'health.request_failed':
    'Impossible de joindre le fournisseur. Vérifiez la connexion internet, ainsi que l’adresse si vous l’avez saisie vous-même.',
  'health.slowed':
    'Ralenti à {rate} par seconde : le fournisseur a demandé moins de messages. Le rythme remontera de lui-même.',
  'health.paused':
    'Courte pause : le fournisseur a demandé moins de messages. L’envoi reprendra de lui-même.',
  'health.unknown': 'Le fournisseur a répondu d’une façon que Deskbell ne connaît pas.',

  'wizard.title': 'Nouveau canal {provider}',
  'wizard.purpose': 'Les clients écrivent à votre numéro ; votre équipe répond ici.',
  'wizard.steps': 'Étapes',
  'wizard.provider': 'Fournisseur',
  'wizard.credentials': 'Identifiants',
  'wizard.webhook': 'Webhook',
  'wizard.numbers': 'Numéros',
  'wizard.options': 'Options',
  'wizard.test': 'Test',
  'wizard.check': 'Vérifier et continuer',
  'wizard.check_again': 'Vérifier à nouveau',
  'wizard.more_fields': 'Plus de champs',
  'wizard.anyway': 'Continuer quand même',
  'wizard.continue': 'Continuer',
  'wizard.without_number': 'Continuer sans numéro',
  'wizard.switch_on': 'Enregistrer et activer',
  'wizard.done': 'Terminé',
  'wizard.to_list': 'Tous les canaux',
  'wizard.name_hint': 'Le nom que lui donne votre équipe, par exemple « Numéro du magasin ».',
  'wizard.advanced': 'Avancé',
  'wizard.base_url': 'URL de base',
  'wizard.base_url_hint':
    'Seulement pour des hôtes régionaux, des passerelles et des tests. Vide : celle du fournisseur.',
  'wizard.webhook_url': 'URL du webhook',
  'wizard.webhook_hint': 'Elle ne change jamais, même si vous fermez cette page.',
  'wizard.webhook_text':
    '{provider} envoie chaque message de client à cette adresse. Saisissez-la là-bas comme décrit à côté.',
  'wizard.webhook_text_sets':
    '{provider} envoie chaque message de client à cette adresse. Si vous préférez la saisir à la main, la marche à suivre est décrite à côté.',
  'wizard.no_public':
    'Cet espace n’a pas encore d’adresse publique, les fournisseurs ne peuvent donc pas le joindre.',
  'wizard.set_public': 'En définir une dans Réseau',
  'wizard.no_address': 'Votre espace n’a pas encore d’adresse publique.',
  'wizard.guide': 'Sur le site de {provider}',
  'wizard.guide_gateway': 'Sur votre passerelle',
  'wizard.notes': 'Bon à savoir',
  'wizard.portal': 'Se connecter à {host}',
  'wizard.copy_value': 'Copier {value}',
  'wizard.unconfirmed': 'Non confirmé par {provider}',
  'wizard.unconfirmed_about':
    'Aucune source publique ne garantit ces points. Si l’un d’eux est faux, dites-le-nous : ce sera vite corrigé.',
  'wizard.search_provider': 'Trouver votre fournisseur',
  'wizard.search_provider_hint': 'Nom de la société',
  'wizard.group_named': 'Fournisseurs',
  'wizard.group_other': 'Tout autre fournisseur',
  'wizard.no_provider':
    'Aucun fournisseur ne s’appelle « {name} » ici. S’il sait échanger du JSON en HTTPS, connectez-le comme ci-dessus.',
  'wizard.other_provider': 'En choisir un autre',

  'webhook.set': 'Configurer pour moi',
  'webhook.set_again': 'Configurer à nouveau',
  'webhook.setting': 'Transmission à {provider}…',
  'webhook.set_about': 'Deskbell demande à {provider} d’envoyer les messages ici.',
  'webhook.is_set': 'Configuré chez {provider} il y a {time}.',
  'webhook.is_other': '{provider} a encore une autre adresse : {url}',
  'webhook.is_missing': 'Ajoutés depuis la configuration chez {provider} : {numbers}',
  'webhook.needs_public':
    'La configuration automatique sera possible quand l’espace aura une adresse publique.',
  'webhook.needs_numbers':
    'La configuration automatique sera possible quand le canal aura un numéro.',
  'webhook.left': 'Ce que vous seul pouvez faire chez {provider} :',

  'guard.title': 'Protéger cette adresse',
  'guard.signing_always':
    '{provider} signe ses envois, et tout le reste est refusé. Ces verrous s’y ajoutent, si vous le souhaitez.',
  'guard.signing_address_only':
    '{provider} signe cette adresse, mais rarement le contenu de ses envois : quiconque voit un webhook pourrait en envoyer un autre. L’un de ces verrous renforce la sécurité.',
  'guard.signing_with_secret':
    '{provider} signe ses envois dès que vous avez saisi le secret correspondant. Sans lui, ces verrous tiennent les inconnus à distance.',
  'guard.signing_never':
    '{provider} ne signe rien : quiconque apprend cette adresse pourrait vous écrire en se faisant passer pour un client. Elle est impossible à deviner, et l’un de ces verrous renforce encore la sécurité.',
  'guard.networks': 'Uniquement depuis ces adresses',
  'guard.networks_hint':
    'Une par ligne, comme 192.0.2.7 ou 192.0.2.0/27. Vide : depuis n’importe où.',
  'guard.publish': 'Utiliser les adresses publiées par {provider}',
  'guard.blind':
    'Derrière un tunnel ou un proxy, chaque appelant ressemble au tunnel lui-même, et tout serait refusé. Indiquez comment le vôtre signale qui appelle.',
  'guard.blind_title': 'Refuser tous les messages ?',
  'guard.blind_ask':
    'Derrière un tunnel, tous les messages seront refusés. Enregistrer malgré tout ?',
  'guard.blind_save': 'Enregistrer malgré tout',
  'guard.blind_set': 'Dans Réseau',
  'guard.user': 'Nom d’utilisateur',
  'guard.password': 'Mot de passe',
  'guard.invent': 'Inventer un mot de passe',
  'guard.address': 'L’adresse avec les deux',
  'guard.address_hint':
    'Si {provider} n’a pas de champs pour un nom et un mot de passe. Copiez-la maintenant : le mot de passe ne sera plus affiché.',
  'guard.tell':
    'Saisissez aussi ce nom et ce mot de passe chez {provider} : d’ici là, ses messages sont refusés ici.',
  'guard.user_hint':
    'Saisissez aussi les deux chez {provider} : dans leurs propres champs, ou dans l’adresse, https://name:password@… Les deux vides : non demandés.',

  'numbers.about':
    'Vos numéros chez ce fournisseur. Chaque nouvelle conversation va à la personne ou à la file d’attente que vous choisissez.',
  'numbers.add': 'Ajouter un numéro',
  'numbers.new': 'Nouveau numéro',
  'numbers.drop': 'Retirer ce numéro',
  'numbers.address': 'Numéro ou nom d’expéditeur',
  'numbers.number': 'Numéro',
  'numbers.number_hint': 'Avec + et l’indicatif du pays.',
  'numbers.address_hint':
    'Avec + et l’indicatif du pays ; ou un nom de 11 caractères au plus, auquel les clients ne peuvent pas répondre.',
  'numbers.short_code': 'Un numéro court.',
  'numbers.no_sender_id': '{provider} n’accepte que des numéros, pas de noms.',
  'numbers.sender_id_long': 'Un nom compte au plus 11 caractères.',
  'numbers.fetch': 'Récupérer mes numéros',
  'numbers.fetch_about': '{provider} fournit la liste des numéros de votre compte.',
  'numbers.fetching': 'Demande à {provider}…',
  'numbers.none':
    'Votre compte chez {provider} n’a aucun numéro capable d’envoyer des messages. Procurez-vous-en d’abord un là-bas.',
  'numbers.found': {
    one: '{count} numéro dans votre compte',
    other: '{count} numéros dans votre compte',
  },
  'numbers.added': 'ajouté',
  'numbers.in_channel': 'déjà dans le canal « {name} »',
  'numbers.needed':
    'Ajoutez d’abord un numéro, ou continuez sans : vous ne pourrez rien recevoir tant qu’il n’y en a pas.',
  'numbers.take': { one: 'Ajouter {count} numéro', other: 'Ajouter {count} numéros' },
  'numbers.one_way': 'Un nom d’expéditeur : les clients ne peuvent pas y répondre.',
  'numbers.destination_hint': 'Qui reçoit ses nouvelles conversations.',
  'numbers.to_queue': 'File d’attente : {name}',
  'numbers.starters': 'Peuvent ouvrir des conversations :',

  'options.rate': 'Messages par seconde',
  'options.rate_hint':
    'Au-delà, les messages attendent leur tour. {rate} convient à un nouveau compte chez {provider} ; s’il en demande moins, Deskbell ralentit de lui-même.',
  'options.auto_close': 'Fermer après des jours de silence',
  'options.auto_close_hint':
    'À compter du dernier message, d’un côté ou de l’autre. Vide : jamais.',
  'options.never': 'jamais',
  'options.file_text': 'Texte accompagnant les fichiers',
  'options.file_text_hint': 'Ajouté quand quelqu’un envoie un fichier sans un mot.',

  'options.answers_keywords':
    '{provider} répond lui-même à STOP, START et HELP. Vous voyez ces messages ici, et il n’est plus possible d’écrire à qui a envoyé STOP.',
  'options.keywords':
    '{provider} vous laisse répondre à STOP et HELP. Il n’est plus possible d’écrire à qui a envoyé STOP ; une réponse automatique dépend de vous.',
  'options.stop_text': 'Réponse à STOP',
  'options.stop_text_hint': 'Envoyée une fois lors d’un désabonnement. Vide : aucune réponse.',
  'options.help_text': 'Réponse à HELP',
  'options.help_text_hint': 'Envoyée quand quelqu’un demande HELP. Vide : aucune réponse.',
  'options.propose': 'Utiliser ce texte',
  'options.stop_text_proposal':
    '{business} : désabonnement pris en compte, vous ne recevrez plus de messages. Envoyez START pour en recevoir à nouveau.',
  'options.help_text_proposal':
    '{business} : ici, une personne vous répond. Envoyez STOP pour ne plus recevoir de messages.',

  'test.in': 'Un client peut-il vous joindre ?',
  'test.waiting': 'Envoyez HELLO au {number}. En attente du message…',
  'test.heard': 'Il est arrivé. Les clients peuvent vous joindre.',
  'test.last': 'Le message précédent est arrivé il y a {time}.',
  'test.no_number': 'Ajoutez d’abord un numéro.',
  'test.one_way':
    'Les clients ne peuvent pas répondre à un nom d’expéditeur, il n’y a donc rien à attendre.',
  'test.out': 'Pouvez-vous joindre un client ?',
  'test.my_number': 'Votre propre numéro de mobile',
  'test.send': 'M’envoyer un test',
  'test.text': 'Ceci est un test de {name}. Tout fonctionne.',
  'test.sent': 'En route vers le {number}. Regardez votre téléphone.',
  'test.failed': 'Il n’est pas arrivé au {number}.',
  'test.delivered': 'Il est arrivé au {number}.',
  'test.again': 'En envoyer un autre',
  'test.open': 'Ouvrir la conversation',
};
