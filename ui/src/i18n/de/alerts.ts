/** What rings, what it says, and where one decides it. */
import type { Translation } from '../text';
import type { alerts as english } from '../en/alerts';

export const alerts: Translation<typeof english> = {
  'alert.file': 'Hat eine Datei gesendet',
  'alert.pick_up': 'Annehmen',
  'alert.sample_name': 'Maria',
  'alert.test_title': 'So sieht es aus',
  'alert.test_text': 'Hier stünde die Nachricht eines Kunden.',

  'alert.title.unowned': '{name} wartet',
  'alert.title.mine': '{name}',
  'alert.title.transfer': '{name} wurde Ihnen übergeben',
  'alert.title.asked': 'Jemand aus dem Team bittet um {name}',
  'alert.title.mention': 'Sie wurden in einer Notiz zu {name} erwähnt',
  'alert.title.snooze': '{name} ist wieder da, wie gewünscht',
  'alert.title.failed': 'Ihre Nachricht an {name} wurde nicht gesendet',
  'alert.title.channel_down': '{name} funktioniert nicht mehr',

  'alert.hidden.unowned': 'Jemand wartet',
  'alert.hidden.mine': 'Eine neue Nachricht für Sie',
  'alert.hidden.transfer': 'Ihnen wurde ein Gespräch übergeben',
  'alert.hidden.asked': 'Jemand aus dem Team bittet um eines Ihrer Gespräche',
  'alert.hidden.mention': 'Sie wurden in einer Notiz erwähnt',
  'alert.hidden.snooze': 'Ein Gespräch ist wieder da, wie gewünscht',
  'alert.hidden.failed': 'Eine Ihrer Nachrichten wurde nicht gesendet',
  'alert.hidden.channel_down': 'Ein Kanal funktioniert nicht mehr',

  'notifications.purpose': 'Was für Sie klingelt, wo und wann. Änderungen gelten sofort.',
  'notifications.sound': 'Töne abspielen',
  'notifications.sound_hint': 'Aus: Auf keinem Ihrer Geräte klingelt etwas.',
  'notifications.system': 'Benachrichtigungen des Systems zeigen',
  'notifications.system_hint':
    'Neben der Uhr Ihres Computers, wenn Deskbell nicht im Vordergrund ist.',
  'notifications.denied':
    'Dieser Browser erlaubt hier keine Benachrichtigungen. Sie können das in seinen Einstellungen ändern.',
  'notifications.ask': 'Dieser Browser möchte erst gefragt werden.',
  'notifications.allow': 'Erlauben',
  'notifications.test': 'Beides testen',
  'notifications.rule':
    'Für das Gespräch, das Sie gerade ansehen, klingelt nichts. Wartende Gespräche klingeln nur, solange Sie verfügbar sind.',

  'alerts.not_kept': 'Ihre Auswahl konnte nicht gespeichert werden',
  'alerts.unread': 'Ihre Auswahl konnte nicht gelesen werden. {problem}',
  'alerts.matrix': 'Was, wo und wann',
  'alerts.matrix_hint':
    'Wählen Sie für jeden Ort, an dem Sie sein können. „Testen“ tut, was die Zeile sagt.',
  'alerts.when': 'Wo Sie sind',
  'alerts.when.elsewhere': 'Hier, bei etwas anderem',
  'alerts.when.unfocused': 'In einem anderen Fenster',
  'alerts.when.away': 'Abwesend',
  'alerts.when.elsewhere_hint': 'Deskbell ist vor Ihnen. Was jetzt klingelt, klingelt leise.',
  'alerts.when.unfocused_hint': 'Deskbell ist offen, und Sie arbeiten in einem anderen Fenster.',
  'alerts.when.away_hint':
    'Seit fünf Minuten hat niemand Deskbell berührt, oder es ist geschlossen.',
  'alerts.what': 'Was geschieht',
  'alerts.way.toast': 'Karte',
  'alerts.way.system': 'System',
  'alerts.way.ring': 'Ton',
  'alerts.way.push': 'Push',
  'alerts.cell': '{what}: {way}',
  'alerts.which_sound': 'Ton für: {what}',
  'alerts.which': 'Welcher Ton',
  'alerts.test': 'Testen',
  'alerts.test_row': 'Testen: {what}',
  'alerts.kind.unowned': 'Jemand wartet in meiner Warteschlange',
  'alerts.kind.mine': 'Eine Nachricht in einem meiner Gespräche',
  'alerts.kind.transfer': 'Ein Gespräch wird mir übergeben',
  'alerts.kind.asked': 'Jemand aus dem Team bittet um eines meiner Gespräche',
  'alerts.kind.mention': 'Jemand aus dem Team erwähnt mich in einer Notiz',
  'alerts.kind.snooze': 'Ein zurückgestelltes Gespräch kommt wieder',
  'alerts.kind.failed': 'Eine meiner Nachrichten wurde nicht gesendet',
  'alerts.kind.channel_down': 'Ein Kanal funktioniert nicht mehr',
  'alerts.repeat': 'Für Wartende noch einmal klingeln',
  'alerts.repeat_hint': 'Alle 30 Sekunden, bis jemand annimmt, höchstens 10 Minuten lang.',
  'alerts.private': 'Private Benachrichtigungen',
  'alerts.private_hint':
    'Karten, Benachrichtigungen und Handys zeigen weder, wer geschrieben hat, noch was.',
  'alerts.badge': 'Zahl am Symbol und im Titel',
  'alerts.badge.mine_and_unowned':
    'Meine ungelesenen Nachrichten, und wer in meinen Warteschlangen wartet',
  'alerts.badge.mine': 'Meine ungelesenen Nachrichten',
  'alerts.badge.nothing': 'Keine Zahl',

  'sounds.title': 'Töne',
  'sounds.volume': 'Lautstärke auf diesem Gerät',
  'sounds.hear': 'Anhören',
  'sounds.hear_one': '{sound} anhören',
  'sounds.bell': 'Glocke',
  'sounds.chime': 'Glockenspiel',
  'sounds.marimba': 'Marimba',
  'sounds.knock': 'Klopfen',
  'sounds.ping': 'Ping',
  'sounds.tick': 'Ticken',
  'sounds.own': 'Eigener',
  'sounds.own_title': 'Eigener Ton',
  'sounds.own_none':
    'Noch keine Datei. Sie bleibt auf diesem Gerät; anderswo klingelt stattdessen die Glocke.',
  'sounds.own_choose': 'Datei auswählen',
  'sounds.own_drop': 'Entfernen',
  'sounds.own_large': 'Diese Datei ist zu groß für einen Ton: Nehmen Sie eine bis 2 MB.',
  'sounds.own_wrong':
    'Dieser Browser kann diese Datei nicht abspielen. MP3, WAV und OGG gehen meist.',
  'sounds.silent':
    'Es konnte nichts abgespielt werden. Ist ein Lautsprecher angeschlossen und laut genug?',
  'sounds.flash': 'Auch den Rand des Fensters aufleuchten lassen',
  'sounds.flash_hint': 'Für laute Räume, oder wenn Sie nicht gut hören.',

  'quiet.title': 'Nicht stören',
  'quiet.presence': 'Nichts klingelt oder erscheint bei diesem Status',
  'quiet.hours': 'Ruhezeiten',
  'quiet.hours_hint': 'Nichts klingelt oder erscheint, und kein Handy brummt.',
  'quiet.from': 'Von',
  'quiet.until': 'Bis',
  'quiet.days': 'Beginn am',
  'quiet.zone': 'Nach der Uhr von {zone}',
  'quiet.now': 'Jetzt ist Ruhe.',

  'queue_alerts.title': 'Meine Warteschlangen',
  'queue_alerts.hint': 'Für alle, die in einer Warteschlange warten.',
  'queue_alerts.none':
    'Sie sind in keiner Warteschlange. Ein Administrator kann Sie unter Warteschlangen hinzufügen.',
  'queue_alerts.usual': 'Wie oben',
  'queue_alerts.silent': 'Zeigen, aber lautlos',
  'queue_alerts.off': 'Nichts',

  'push.title': 'Push auf diesem Gerät',
  'push.purpose':
    'Dieses Gerät erfährt Neues, auch wenn keine Seite von Deskbell offen ist. Was gesendet wird, ist verschlüsselt: Der Push-Dienst Ihres Browsers kann es nicht lesen.',
  'push.on': 'Push ist eingeschaltet, über {service}.',
  'push.off': 'Push ist auf diesem Gerät ausgeschaltet.',
  'push.switch_on': 'Push einschalten',
  'push.switch_off': 'Push ausschalten',
  'push.test': 'Test senden',
  'push.tested': 'Der Push-Dienst hat ihn angenommen. Er sollte gleich erscheinen.',
  'push.problem': 'Der letzte Push ist nicht angekommen: {problem}',
  'push.no_subscription': 'Der Browser hat keine Adresse für Push genannt.',
  'push.why.desktop':
    'Das Desktop-Programm zeigt die Benachrichtigungen Ihres Systems selbst. Push ist für Browser und Handys.',
  'push.why.insecure':
    'Browser erlauben Push nur auf sicheren Seiten. Öffnen Sie Deskbell über eine Adresse, die mit https:// beginnt, oder auf dem Computer, auf dem es läuft.',
  'push.why.ios':
    'Legen Sie Deskbell auf iPhone und iPad erst auf den Home-Bildschirm (Teilen, dann Zum Home-Bildschirm), und öffnen Sie es von dort.',
  'push.why.unsupported':
    'Dieser Browser kann kein Push. Ein aktueller Chrome, Edge, Firefox oder Safari kann es.',
  'push.why.denied':
    'Diesem Browser wurde gesagt, dass er hier keine Benachrichtigungen erlauben soll. Erlauben Sie sie für diese Seite in seinen Einstellungen, und kommen Sie dann zurück.',
};
