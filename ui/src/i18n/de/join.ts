/** How colleagues and phones come in: invitations, the office network, codes to scan. */
import type { Translation } from '../text';
import type { join as english } from '../en/join';

export const join: Translation<typeof english> = {
  'invite.title': 'Ins Team einladen',
  'invite.button': 'Per Link einladen',
  'invite.about':
    'Wer den Link bekommt, wählt Namen und Passwort selbst. Der Link gilt einmal, eine Woche lang.',
  'invite.name': 'Für wen ist er?',
  'invite.name_hint': 'Nur, damit Sie ihn wiedererkennen. Darf leer bleiben.',
  'invite.make': 'Link erstellen',
  'invite.ready': 'Der Link ist bereit',
  'invite.ready_about':
    'Senden Sie ihn weiter, oder lassen Sie den Code mit dem Handy scannen. Er wird nur jetzt gezeigt.',
  'invite.link': 'Link',
  'invite.code': 'Code mit dem Link zum Beitreten',
  'invite.closed':
    'Nur dieser Computer erreicht diese Adresse. Öffnen Sie erst unter Netzwerk das Büronetz, und erstellen Sie dann einen Link.',
  'invite.open_network': 'Büronetz öffnen',
  'invite.open': 'Offene Einladungen',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'Beliebige Person · {role}',
  'invite.until': 'bis {time}',
  'invite.take_back': 'Zurücknehmen',
  'invite.taken_back': 'Der Link gilt nicht mehr',
  'invite.failed': 'Die Einladung wurde nicht geändert',

  'joining.title': '{business} beitreten',
  'joining.text':
    '{name} lädt Sie ein. Wählen Sie einen Namen, mit dem Sie sich anmelden, und ein Passwort.',
  'joining.submit': 'Beitreten',
  'joining.gone': 'Diese Einladung gilt nicht mehr',
  'joining.gone_text':
    'Sie wurde benutzt, zurückgenommen oder ist älter als eine Woche. Bitten Sie um eine neue. Wenn Sie schon beigetreten sind, melden Sie sich an.',
  'joining.to_sign_in': 'Anmelden',
  'joining.signed_in':
    'Sie sind hier als {name} angemeldet. Melden Sie sich erst ab, wenn jemand anderes beitritt.',

  'insecure.text':
    'Diese Verbindung ist nicht verschlüsselt: Andere in diesem Netzwerk könnten mitlesen. Nutzen Sie sie nur in einem Netzwerk, dem Sie vertrauen.',

  'lan.title': 'Büronetz',
  'lan.switch': 'Ihr Team im Büronetz hereinlassen',
  'lan.switch_about':
    'Browser, Handys und Deskbell-Fenster im selben Netzwerk können sich dann hier anmelden.',
  'lan.address': 'Adresse für Ihr Team',
  'lan.code': 'Code mit der Adresse für Ihr Team',
  'lan.scan': 'Oder mit einem Handy im selben WLAN scannen.',
  'lan.plain':
    'Auf dem Weg durch Ihr Netzwerk ist nichts verschlüsselt. Im eigenen Büro ist das in Ordnung, in einem Café nicht. Für Verschlüsselung geben Sie Deskbell einen eigenen Namen hinter einem Proxy mit Zertifikat.',
  'lan.stuck': 'Es konnte nicht geöffnet werden: {problem}',

  'phone.title': 'Auf Ihrem Handy',
  'phone.text':
    'Scannen Sie das mit der Kamera Ihres Telefons und melden Sie sich an. Über https lässt sich die Seite auch zum Startbildschirm hinzufügen.',
  'phone.closed':
    'Handys erreichen dieses Deskbell noch nicht. Ein Administrator kann sie hereinlassen.',
};
