import type { Translation } from '../text';
import type { welcome as english } from '../en/welcome';

/** Before the desk is open, and the demo beside it. */
export const welcome: Translation<typeof english> = {
  'sign_in.title': 'Bon retour chez {business}',
  'sign_in.title_plain': 'Bon retour',
  'sign_in.text': 'Connectez-vous pour voir vos messages.',
  'sign_in.login': 'Nom de connexion',
  'sign_in.password': 'Mot de passe',
  'sign_in.submit': 'Se connecter',
  'sign_in.again': 'Veuillez vous reconnecter.',
  'sign_in.logged_out': 'Cet appareil a été déconnecté.',

  'unreachable.title': 'Le bureau ne répond pas',
  'unreachable.text':
    'Deskbell continue d’essayer. Vérifiez que l’ordinateur du bureau est allumé et que celui-ci est sur le même réseau.',
  'unreachable.join': 'Utiliser une autre adresse',

  'damaged.title': 'La base de messages a besoin d’aide',

  'join.address': 'Adresse du bureau',
  'join.hint': 'Le bureau l’affiche dans Paramètres, Réseau.',
  'join.submit': 'Rejoindre',
  'join.failed':
    'Rien ne répond à cette adresse. Vérifiez-la, et que l’ordinateur du bureau est allumé.',

  'welcome.title': 'Bienvenue dans Deskbell',
  'welcome.text': 'Tous les messages de vos clients, dans un seul espace.',
  'welcome.office': 'Faire de cet ordinateur le bureau',
  'welcome.office_hint':
    'Les messages arrivent ici et restent ici. Votre équipe se connecte à cet ordinateur.',
  'welcome.join': 'Rejoindre un bureau',
  'welcome.join_hint':
    'Deskbell fonctionne déjà sur un autre ordinateur. Il vous faut son adresse.',
  'welcome.look': 'Juste jeter un œil',
  'welcome.look_hint':
    'Un espace rempli de conversations d’exemple. Rien ne quitte cet ordinateur.',
  'welcome.promise': 'Aucun compte à créer, pas d’adresse e-mail, pas de carte bancaire.',

  'setup.title': 'Votre bureau',
  'setup.text': 'Vous en devenez le premier administrateur. Tout cela peut être modifié plus tard.',
  'setup.look_title': 'Jeter un œil',
  'setup.look_text':
    'L’espace s’ouvre avec des conversations d’exemple. Donnez-lui un nom et un mot de passe.',
  'setup.name': 'Votre nom',
  'setup.business': 'Nom de l’entreprise',
  'setup.business_example': 'Vélos du Nord',
  'setup.password_hint': 'Au moins 8 caractères.',
  'setup.password_short': 'Encore quelques-uns : 8 caractères au moins.',
  'setup.country': 'Pays',
  'setup.country_hint': 'Pour les numéros écrits sans indicatif de pays.',
  'setup.submit': 'Ouvrir l’espace',

  'first.title': 'La sonnette doit-elle sonner ?',
  'first.text': 'Deskbell peut sonner et afficher une notification quand un client écrit.',
  'first.test': 'Sonner et en afficher une maintenant',
  'first.sound':
    'La sonnette a sonné. Les notifications ne sont pas autorisées dans ce navigateur ; vous pourrez les autoriser plus tard dans ses réglages.',
  'first.both': 'La sonnette a sonné et une notification est apparue.',
  'first.heard': 'Bien, continuer',
  'first.again': 'Encore une fois',
  'first.skip': 'Rester silencieux',

  'demo.tag': 'DÉMO',
  'demo.label': 'Client de démo',
  'demo.about': 'Un client pour faire des essais',
  'demo.hide': 'Masquer le client de démo',
  'demo.customer': '{name} (client)',
  'demo.choose': 'Choisir un client',
  'demo.log': 'Ce que voit le client',
  'demo.none':
    'Voici le téléphone de {name}. Écrivez quelque chose et voyez-le arriver dans votre espace.',
  'demo.lines': 'Phrases toutes prêtes',
  'demo.placeholder': 'Écrivez un message…',
  'demo.write_as': 'Écrire en tant que {name}',
  'demo.send': 'Envoyer en tant que client',
  'demo.send_photo': 'Envoyer une photo en tant que client',
  'demo.photo': 'Photo',
  'demo.unseen': 'Il n’est pas encore apparu dans l’espace.',
  'demo.faults': 'Provoquer des pannes',
  'demo.remove': 'Supprimer la démo',
  'demo.remove_title': 'Supprimer la démo ?',
  'demo.remove_text':
    'Le canal de démo, ses clients et leurs conversations disparaissent. Vous pouvez la réactiver dans Paramètres, Canaux.',
  'demo.removed': 'La démo est supprimée',
  'demo.remove_failed': 'La démo n’a pas pu être supprimée',
  'demo.add': 'Activer la démo',
  'demo.add_failed': 'La démo n’a pas pu être activée',
  'demo.say_failed': 'Le message du client n’est pas arrivé',
  'demo.fault_failed': 'Cet interrupteur n’a pas bougé',

  'fault.duplicate': 'Chaque message arrive trois fois',
  'fault.duplicate_hint': 'Vous ne le voyez quand même qu’une fois.',
  'fault.out_of_order': 'Les accusés de réception arrivent dans le désordre',
  'fault.out_of_order_hint': 'Les coches ne reviennent jamais en arrière.',
  'fault.rate_limited': 'Trop de messages (429)',
  'fault.rate_limited_hint': 'Votre réponse attend, puis est tentée à nouveau.',
  'fault.refused': 'Les identifiants sont refusés (401)',
  'fault.refused_hint': 'Le voyant du canal passe au rouge.',
  'fault.failed': 'Les réponses échouent',
  'fault.failed_hint': 'La bulle dit pourquoi et propose de réessayer.',
  'fault.uncertain': 'Le fournisseur reste muet',
  'fault.uncertain_hint': 'À vous de décider : il est arrivé, ou renvoyer.',
  'fault.unparsable': 'Webhooks illisibles',
  'fault.unparsable_hint': 'Ils sont conservés dans « À traiter ».',

  'coach.write': 'Écrivez en tant que Maria : essayez « Bonjour, êtes-vous ouverts ? »',
  'coach.open': 'La voilà. Ouvrez son message.',
  'coach.pick-up': 'Appuyez sur P pour la prendre en charge. Dès lors, elle est à vous.',
  'coach.reply': 'Saisissez votre réponse et envoyez-la.',
  'coach.done':
    'C’est tout ce qu’il y a à savoir. Maj R écrit une note pour l’équipe, Maj E termine la conversation.',
  'coach.step': '{step} sur {count}',
  'coach.skip': 'Passer',
  'coach.skip_all': 'Tout passer',
  'coach.got_it': 'Compris',
};
