import type { Translation } from '../text';
import type { calls as english } from '../en/calls';

/** Calls: the button, how somebody calls, and what the timeline says of them. */
export const calls: Translation<typeof english> = {
  'call.call': 'Appeler',
  'call.not_allowed':
    'Vous ne pouvez pas appeler les clients. Un administrateur peut l’autoriser dans Personnes.',
  'call.failed': 'Impossible d’appeler {name}',
  'call.uncertain': 'On ne sait pas si l’appel a été passé',
  'call.uncertain_hint':
    'Le fournisseur n’a pas répondu. Si votre téléphone ne sonne pas, appelez encore une fois.',
  'call.your_phone': 'Votre téléphone sonne. Décrochez, puis l’appel vers {name} sera lancé.',

  'settings.calling': 'Appels',
  'calling.purpose': 'Ce qui se passe quand vous cliquez sur Appeler.',
  'calling.tel': 'Le téléphone de cet appareil',
  'calling.tel_hint':
    'Un lien qui commence par tel: s’ouvre ; sur un téléphone, c’est le clavier d’appel.',
  'calling.sip': 'Un softphone',
  'calling.sip_hint': 'Un lien qui commence par sip: s’ouvre.',
  'calling.callto': 'Un programme qui accepte callto:',
  'calling.callto_hint': 'Un lien qui commence par callto: s’ouvre.',
  'calling.pattern': 'Votre propre lien',
  'calling.pattern_hint': 'Pour un système téléphonique qui appelle par une adresse web.',
  'calling.provider': 'Par le fournisseur du canal',
  'calling.provider_hint':
    'Il appelle votre téléphone, puis le client, qui voit le numéro de l’entreprise. Là où le fournisseur le propose ; les deux appels sont facturés.',
  'calling.link': 'Lien',
  'calling.link_hint':
    '{number} devient le numéro du client avec son +, {digits} seulement ses chiffres.',
  'calling.link_example': 'https://pbx.example/appel?to={number}',
  'calling.phone': 'Votre téléphone',
  'calling.phone_hint': 'Il sonne en premier.',
  'calling.test_number': 'Essayer avec un numéro',
  'calling.test_hint': 'Le vôtre, par exemple.',
  'calling.test': 'Tester',

  'people.may_call': 'Peut appeler les clients',
  'people.may_call_hint': 'Depuis une conversation, avec le bouton Appeler.',

  'story.called': '{number} : appel par {name}',
  'story.called_provider': '{number} : appel par {name} via le fournisseur',
  'story.call_your_phone': '{name} : le téléphone sonne',
  'story.call_ringing': 'Le téléphone du client sonne',
  'story.call_answered': '{name} : le client a répondu à l’appel',
  'story.call_ended': '{name} : appel terminé après {time}',
  'story.call_ended_plain': '{name} : appel terminé',
  'story.call_busy': 'La ligne du client était occupée',
  'story.call_no_answer': 'Le client n’a pas répondu à l’appel',
  'story.call_not_picked_up': '{name} n’a pas décroché son propre téléphone',
  'story.call_cancelled': 'L’appel a pris fin avant que le client réponde',
  'story.call_failed': '{name} : échec de l’appel',
  'story.call_failed_why': '{name} : échec de l’appel, {reason}',
  'story.call_uncertain': '{name} : on ne sait pas ce qu’est devenu l’appel',
  'story.chat_call': '{name} a pris l’appel du visiteur ; il a pris fin après {time}',
  'story.chat_call_missed': 'Personne n’a répondu à l’appel du visiteur',
  'story.chat_call_given_up': 'Le visiteur a raccroché avant que quelqu’un réponde',
  'story.chat_call_declined': 'L’appel du visiteur a été refusé',
  'story.chat_call_failed': 'L’appel du visiteur a échoué',
  'story.chat_call_refused': '{name} : le visiteur a refusé l’appel',
};
