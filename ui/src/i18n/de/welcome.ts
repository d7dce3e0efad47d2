/** Before the desk is open, and the demo beside it. */
import type { Translation } from '../text';
import type { welcome as english } from '../en/welcome';

export const welcome: Translation<typeof english> = {
  'sign_in.title': 'Willkommen zurück bei {business}',
  'sign_in.title_plain': 'Willkommen zurück',
  'sign_in.text': 'Melden Sie sich an, um Ihre Nachrichten zu sehen.',
  'sign_in.login': 'Anmeldename',
  'sign_in.password': 'Passwort',
  'sign_in.submit': 'Anmelden',
  'sign_in.again': 'Bitte melden Sie sich noch einmal an.',
  'sign_in.logged_out': 'Dieses Gerät wurde abgemeldet.',

  'unreachable.title': 'Das Büro antwortet nicht',
  'unreachable.text':
    'Deskbell versucht es weiter. Prüfen Sie, ob der Bürocomputer läuft und ob dieser im selben Netzwerk ist.',
  'unreachable.join': 'Andere Adresse verwenden',

  'damaged.title': 'Der Nachrichtenspeicher braucht Hilfe',

  'join.address': 'Adresse des Büros',
  'join.hint': 'Das Büro zeigt sie unter Einstellungen, Netzwerk.',
  'join.submit': 'Beitreten',
  'join.failed': 'Dort antwortet nichts. Prüfen Sie die Adresse und ob der Bürocomputer läuft.',

  'welcome.title': 'Willkommen bei Deskbell',
  'welcome.text': 'Alle Nachrichten Ihrer Kunden an einem Ort.',
  'welcome.office': 'Diesen Computer als Büro einrichten',
  'welcome.office_hint':
    'Nachrichten kommen hier an und bleiben hier. Ihr Team verbindet sich mit diesem Computer.',
  'welcome.join': 'Einem Büro beitreten',
  'welcome.join_hint':
    'Deskbell läuft schon auf einem anderen Computer. Sie brauchen dessen Adresse.',
  'welcome.look': 'Nur umsehen',
  'welcome.look_hint': 'Deskbell voller Beispielgespräche. Nichts verlässt diesen Computer.',
  'welcome.promise': 'Kein Konto, keine E-Mail-Adresse, keine Karte.',

  'setup.title': 'Ihr Büro',
  'setup.text': 'Sie werden der erste Administrator. Alles hier lässt sich später ändern.',
  'setup.look_title': 'Umsehen',
  'setup.look_text':
    'Deskbell öffnet sich mit Beispielgesprächen. Vergeben Sie einen Namen und ein Passwort.',
  'setup.name': 'Ihr Name',
  'setup.business': 'Name des Unternehmens',
  'setup.business_example': 'Fahrradladen Nord',
  'setup.password_hint': 'Mindestens 8 Zeichen.',
  'setup.password_short': 'Noch ein paar: mindestens 8 Zeichen.',
  'setup.country': 'Land',
  'setup.country_hint': 'Für Nummern, die ohne Ländervorwahl geschrieben werden.',
  'setup.submit': 'Deskbell öffnen',

  'first.title': 'Soll die Glocke klingeln?',
  'first.text': 'Deskbell kann klingeln und eine Benachrichtigung zeigen, wenn ein Kunde schreibt.',
  'first.test': 'Jetzt klingeln und eine zeigen',
  'first.sound':
    'Die Glocke hat geklingelt. Benachrichtigungen sind in diesem Browser nicht erlaubt; Sie können sie später in seinen Einstellungen erlauben.',
  'first.both': 'Die Glocke hat geklingelt, und eine Benachrichtigung ist erschienen.',
  'first.heard': 'Gut, weiter',
  'first.again': 'Noch einmal',
  'first.skip': 'Stumm bleiben',

  'demo.tag': 'DEMO',
  'demo.label': 'Demo-Kunde',
  'demo.about': 'Ein Kunde zum Ausprobieren',
  'demo.hide': 'Demo-Kunden ausblenden',
  'demo.customer': '{name} (Kunde)',
  'demo.choose': 'Kunden wählen',
  'demo.log': 'Was der Kunde sieht',
  'demo.none':
    'Das ist das Handy von {name}. Schreiben Sie etwas, und sehen Sie zu, wie es bei Ihnen ankommt.',
  'demo.lines': 'Fertige Sätze',
  'demo.placeholder': 'Nachricht schreiben …',
  'demo.write_as': 'Als {name} schreiben',
  'demo.send': 'Als Kunde senden',
  'demo.send_photo': 'Foto als Kunde senden',
  'demo.photo': 'Foto',
  'demo.unseen': 'Sie ist nicht in Deskbell erschienen.',
  'demo.faults': 'Störungen auslösen',
  'demo.remove': 'Demo entfernen',
  'demo.remove_title': 'Demo entfernen?',
  'demo.remove_text':
    'Der Demo-Kanal, seine Kunden und ihre Gespräche verschwinden. Sie können die Demo unter Einstellungen, Kanäle wieder einschalten.',
  'demo.removed': 'Die Demo ist weg',
  'demo.remove_failed': 'Die Demo konnte nicht entfernt werden',
  'demo.add': 'Demo einschalten',
  'demo.add_failed': 'Die Demo konnte nicht eingeschaltet werden',
  'demo.say_failed': 'Die Nachricht des Kunden ist nicht angekommen',
  'demo.fault_failed': 'Der Schalter ließ sich nicht umlegen',

  'fault.duplicate': 'Jede Nachricht kommt dreimal',
  'fault.duplicate_hint': 'Sie sehen sie trotzdem nur einmal.',
  'fault.out_of_order': 'Bestätigungen kommen durcheinander',
  'fault.out_of_order_hint': 'Häkchen gehen nie zurück.',
  'fault.rate_limited': 'Zu viele Nachrichten (429)',
  'fault.rate_limited_hint': 'Ihre Antwort wartet und wird erneut versucht.',
  'fault.refused': 'Die Zugangsdaten werden abgelehnt (401)',
  'fault.refused_hint': 'Die Lampe des Kanals wird rot.',
  'fault.failed': 'Antworten schlagen fehl',
  'fault.failed_hint': 'Die Sprechblase sagt, warum, und bietet an, es zu wiederholen.',
  'fault.uncertain': 'Der Anbieter schweigt',
  'fault.uncertain_hint': 'Sie entscheiden: angekommen oder noch einmal senden.',
  'fault.unparsable': 'Unlesbare Webhooks',
  'fault.unparsable_hint': 'Sie bleiben unter Handlungsbedarf.',

  'coach.write': 'Schreiben Sie als Maria, etwa: „Hallo, haben Sie geöffnet?“',
  'coach.open': 'Da ist sie. Öffnen Sie ihre Nachricht.',
  'coach.pick-up': 'Mit P nehmen Sie das Gespräch an. Von da an ist Maria bei Ihnen.',
  'coach.reply': 'Tippen Sie Ihre Antwort, und senden Sie sie.',
  'coach.done':
    'Das ist schon alles. Umschalt R schreibt eine Notiz für das Team, Umschalt E beendet das Gespräch.',
  'coach.step': '{step} von {count}',
  'coach.skip': 'Überspringen',
  'coach.skip_all': 'Alle überspringen',
  'coach.got_it': 'Verstanden',
};
