import type { Translation } from '../text';
import type { alerts as english } from '../en/alerts';

/** What rings, what it says, and where one decides it. */
export const alerts: Translation<typeof english> = {
  'alert.file': 'A envoyé un fichier',
  'alert.pick_up': 'Prendre en charge',
  'alert.sample_name': 'Maria',
  'alert.test_title': 'Voici à quoi cela ressemble',
  'alert.test_text': 'Le message d’un client apparaîtrait ici.',

  'alert.title.unowned': '{name} attend',
  'alert.title.mine': '{name}',
  'alert.title.transfer': 'On vous a transféré la conversation avec {name}',
  'alert.title.asked': 'Un collègue demande la conversation avec {name}',
  'alert.title.mention': 'On vous mentionne dans une note sur {name}',
  'alert.title.snooze': '{name} est de retour, comme demandé',
  'alert.title.failed': 'Votre message à {name} n’est pas parti',
  'alert.title.channel_down': '{name} ne fonctionne plus',

  'alert.hidden.unowned': 'Quelqu’un attend',
  'alert.hidden.mine': 'Un nouveau message pour vous',
  'alert.hidden.transfer': 'On vous a transféré une conversation',
  'alert.hidden.asked': 'Un collègue demande l’une de vos conversations',
  'alert.hidden.mention': 'On vous mentionne dans une note',
  'alert.hidden.snooze': 'Une conversation est de retour, comme demandé',
  'alert.hidden.failed': 'L’un de vos messages n’est pas parti',
  'alert.hidden.channel_down': 'Un canal ne fonctionne plus',

  'notifications.purpose':
    'Ce qui sonne pour vous, où et quand. Les modifications s’appliquent aussitôt.',
  'notifications.sound': 'Émettre des sons',
  'notifications.sound_hint': 'Désactivé : rien ne sonne sur aucun de vos appareils.',
  'notifications.system': 'Afficher les notifications du système',
  'notifications.system_hint':
    'Près de l’horloge de votre ordinateur, quand Deskbell n’est pas au premier plan.',
  'notifications.denied':
    'Ce navigateur n’autorise pas les notifications de cette page. Vous pouvez changer cela dans ses réglages.',
  'notifications.ask': 'Ce navigateur demande d’abord votre accord.',
  'notifications.allow': 'Autoriser',
  'notifications.test': 'Tester les deux',
  'notifications.rule':
    'Rien ne sonne pour la conversation que vous regardez. Les conversations en attente ne sonnent que si votre statut est Disponible.',

  'alerts.not_kept': 'Votre choix n’a pas pu être enregistré',
  'alerts.unread': 'Vos choix n’ont pas pu être lus. {problem}',
  'alerts.matrix': 'Quoi, où et quand',
  'alerts.matrix_hint':
    'Choisissez pour chaque endroit où vous pouvez être. Tester exécute ce que dit la ligne.',
  'alerts.when': 'Où vous êtes',
  'alerts.when.elsewhere': 'Ici, sur autre chose',
  'alerts.when.unfocused': 'Dans une autre fenêtre',
  'alerts.when.away': 'Absent',
  'alerts.when.elsewhere_hint': 'Deskbell est devant vous. Ce qui sonne alors sonne doucement.',
  'alerts.when.unfocused_hint': 'Deskbell est ouvert, et vous travaillez dans une autre fenêtre.',
  'alerts.when.away_hint': 'Personne n’a touché à Deskbell depuis cinq minutes, ou il est fermé.',
  'alerts.what': 'Ce qui se passe',
  'alerts.way.toast': 'Carte',
  'alerts.way.system': 'Système',
  'alerts.way.ring': 'Son',
  'alerts.way.push': 'Push',
  'alerts.cell': '{what} : {way}',
  'alerts.which_sound': 'Son pour : {what}',
  'alerts.which': 'Quel son',
  'alerts.test': 'Tester',
  'alerts.test_row': 'Tester : {what}',
  'alerts.kind.unowned': 'Quelqu’un attend dans ma file d’attente',
  'alerts.kind.mine': 'Un message dans l’une de mes conversations',
  'alerts.kind.transfer': 'On me transfère une conversation',
  'alerts.kind.asked': 'Un collègue demande l’une de mes conversations',
  'alerts.kind.mention': 'Un collègue me mentionne dans une note',
  'alerts.kind.snooze': 'Une conversation sort de veille',
  'alerts.kind.failed': 'L’un de mes messages n’est pas parti',
  'alerts.kind.channel_down': 'Un canal ne fonctionne plus',
  'alerts.repeat': 'Sonner à nouveau pour ceux qui attendent',
  'alerts.repeat_hint':
    'Toutes les 30 secondes jusqu’à une prise en charge, pendant 10 minutes au plus.',
  'alerts.private': 'Notifications privées',
  'alerts.private_hint':
    'Les cartes, les notifications et les téléphones n’indiquent ni qui a écrit, ni quoi.',
  'alerts.badge': 'Nombre sur l’icône et dans le titre',
  'alerts.badge.mine_and_unowned': 'Mes messages non lus, et qui attend dans mes files d’attente',
  'alerts.badge.mine': 'Mes messages non lus',
  'alerts.badge.nothing': 'Aucun nombre',

  'sounds.title': 'Sons',
  'sounds.volume': 'Volume sur cet appareil',
  'sounds.hear': 'Écouter',
  'sounds.hear_one': 'Écouter {sound}',
  'sounds.bell': 'Sonnette',
  'sounds.chime': 'Carillon',
  'sounds.marimba': 'Marimba',
  'sounds.knock': 'Toc-toc',
  'sounds.ping': 'Ping',
  'sounds.tick': 'Tic',
  'sounds.own': 'Le mien',
  'sounds.own_title': 'Mon propre son',
  'sounds.own_none':
    'Aucun fichier pour l’instant. Il reste sur cet appareil ; ailleurs, la sonnette le remplace.',
  'sounds.own_choose': 'Choisir un fichier',
  'sounds.own_drop': 'Retirer',
  'sounds.own_large': 'Ce fichier est trop long pour un son : choisissez-en un de 2 Mo au plus.',
  'sounds.own_wrong':
    'Ce navigateur ne peut pas lire ce fichier. MP3, WAV et OGG fonctionnent en général.',
  'sounds.silent':
    'Aucun son n’a pu être émis. Un haut-parleur est-il branché, et le volume assez fort ?',
  'sounds.flash': 'Éclairer aussi le bord de la fenêtre',
  'sounds.flash_hint': 'Pour une pièce bruyante, ou si vous entendez mal.',

  'quiet.title': 'Ne pas déranger',
  'quiet.presence': 'Rien ne sonne ni ne s’affiche quand mon statut est',
  'quiet.hours': 'Heures calmes',
  'quiet.hours_hint': 'Rien ne sonne ni ne s’affiche, et aucun téléphone ne vibre.',
  'quiet.from': 'De',
  'quiet.until': 'À',
  'quiet.days': 'À partir de',
  'quiet.zone': 'À l’heure de {zone}',
  'quiet.now': 'C’est calme en ce moment.',

  'queue_alerts.title': 'Mes files d’attente',
  'queue_alerts.hint': 'Pour les personnes qui attendent dans une file d’attente donnée.',
  'queue_alerts.none':
    'Vous n’êtes dans aucune file d’attente. Un administrateur peut vous ajouter dans Files d’attente.',
  'queue_alerts.usual': 'Comme ci-dessus',
  'queue_alerts.silent': 'Afficher, mais sans son',
  'queue_alerts.off': 'Rien',

  'push.title': 'Push sur cet appareil',
  'push.purpose':
    'Cet appareil est prévenu quand aucune page de Deskbell n’est ouverte. Ce qui est envoyé est scellé : le service push de votre navigateur ne peut pas le lire.',
  'push.on': 'Le push est activé. Il passe par {service}.',
  'push.off': 'Le push est désactivé sur cet appareil.',
  'push.switch_on': 'Activer le push',
  'push.switch_off': 'Désactiver le push',
  'push.test': 'Envoyer un test',
  'push.tested': 'Le service push l’a accepté. Il devrait apparaître dans un instant.',
  'push.problem': 'Le dernier push n’est pas arrivé : {problem}',
  'push.no_subscription': 'Le navigateur n’a pas donné d’adresse pour le push.',
  'push.why.desktop':
    'Le programme de bureau affiche lui-même les notifications de votre système. Le push est destiné aux navigateurs et aux téléphones.',
  'push.why.insecure':
    'Les navigateurs n’autorisent le push que sur des pages sécurisées. Ouvrez Deskbell avec une adresse qui commence par https://, ou sur l’ordinateur qui l’exécute.',
  'push.why.ios':
    'Sur iPhone et iPad, ajoutez d’abord Deskbell à l’écran d’accueil (Partager, puis Sur l’écran d’accueil), et ouvrez-le de là.',
  'push.why.unsupported':
    'Ce navigateur ne prend pas en charge le push. Chrome, Edge, Firefox et Safari récents le font.',
  'push.why.denied':
    'Ce navigateur a reçu la consigne de refuser les notifications de cette page. Autorisez-les dans ses réglages pour cette page, puis revenez.',
};
