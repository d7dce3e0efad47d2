/** Settings: channels, their wizard and their numbers. */
import type { Translation } from '../text';
import type { channels as english } from '../en/channels';

export const channels: Translation<typeof english> = {
  'channels.purpose': 'Die Nummern und Konten, über die Kunden Ihnen schreiben.',
  'channels.period': 'Zeitraum der Zahlen',
  'channels.name': 'Name',
  'channels.status': 'Status',
  'channels.numbers': 'Nummern',
  'channels.destination': 'Geht an',
  'channels.sent': 'Gesendet',
  'channels.received': 'Empfangen',
  'channels.failed': 'Fehlgeschlagen',
  'channels.total': 'Insgesamt gesendet',
  'channels.actions': 'Aktionen für {name}',
  'channels.check': 'Jetzt prüfen',
  'channels.disable': 'Ausschalten',
  'channels.enable': 'Einschalten',
  'channels.draft': 'Nicht fertig',
  'channels.disabled': 'Ausgeschaltet',
  'channels.act_failed': 'Das hat nicht geklappt',
  'channels.delete_title': '{name} löschen?',
  'channels.delete_text':
    'Er empfängt und sendet nichts mehr, und seine Zugangsdaten werden vergessen. Seine Gespräche bleiben.',
  'channels.delete_there':
    'Entfernen Sie die Adresse auch bei {provider}: Sonst wird weiter an sie gesendet.',
  'channels.end_sessions': 'Auch seine offenen Gespräche beenden',
  'channels.end_sessions_hint': 'Ein Kanal mit offenen Gesprächen lässt sich sonst nicht löschen.',
  'channels.refused': {
    one: '{count} Anfrage wurde abgelehnt: {why}',
    other: '{count} Anfragen wurden abgelehnt: {why}',
  },
  'channels.refused_why':
    'Sind die hier hinterlegten Geheimnisse noch die von {provider}, und ist die öffentliche Adresse die, die dort aufgerufen wird?',
  'channels.refused_last': 'Zuletzt: {time}.',
  'channels.last': 'zuletzt {time}',
  'channels.last_hint': 'Die letzte, unabhängig vom gewählten Zeitraum',

  'refusal.signature': {
    one: '{count} mit falscher Signatur',
    other: '{count} mit falscher Signatur',
  },
  'refusal.foreign': {
    one: '{count} für ein anderes Konto',
    other: '{count} für ein anderes Konto',
  },
  'refusal.clock': {
    one: '{count} zu alt oder aus der Zukunft',
    other: '{count} zu alt oder aus der Zukunft',
  },
  'refusal.password': {
    one: '{count} mit falschem Passwort',
    other: '{count} mit falschem Passwort',
  },
  'refusal.no_password': { one: '{count} ohne Passwort', other: '{count} ohne Passwort' },
  'refusal.address': {
    one: '{count} von einer anderen Adresse',
    other: '{count} von anderen Adressen',
  },
  'refusal.unknown_address': {
    one: '{count}, deren Adresse ein Tunnel verbirgt',
    other: '{count}, deren Adresse ein Tunnel verbirgt',
  },

  'health.unauthorized':
    'Der Anbieter akzeptiert diese Zugangsdaten nicht. Vergleichen Sie sie mit denen auf seiner Website.',
  'health.service_unavailable':
    'Der Anbieter hat selbst eine Störung. Nachrichten warten hier und gehen von allein hinaus.',
  'health.request_failed':
    'Der Anbieter war nicht erreichbar. Prüfen Sie die Internetverbindung und die Adresse, falls Sie selbst eine eingetragen haben.',
  'health.slowed':
    'Verlangsamt auf {rate} pro Sekunde: Der Anbieter hat um weniger gebeten. Es wird von allein wieder schneller.',
  'health.paused': 'Kurze Pause: Der Anbieter hat um weniger gebeten. Es geht von allein weiter.',
  'health.unknown': 'Der Anbieter hat auf eine Weise geantwortet, die Deskbell nicht kennt.',

  'wizard.title': 'Neuer Kanal: {provider}',
  'wizard.purpose': 'Kunden schreiben an Ihre Nummer; Ihr Team antwortet hier.',
  'wizard.steps': 'Schritte',
  'wizard.provider': 'Anbieter',
  'wizard.credentials': 'Zugangsdaten',
  'wizard.webhook': 'Webhook',
  'wizard.numbers': 'Nummern',
  'wizard.options': 'Optionen',
  'wizard.test': 'Test',
  'wizard.check': 'Prüfen und weiter',
  'wizard.check_again': 'Noch einmal prüfen',
  'wizard.more_fields': 'Weitere Felder',
  'wizard.anyway': 'Trotzdem weiter',
  'wizard.continue': 'Weiter',
  'wizard.without_number': 'Ohne Nummer weiter',
  'wizard.switch_on': 'Speichern und einschalten',
  'wizard.done': 'Fertig',
  'wizard.to_list': 'Alle Kanäle',
  'wizard.name_hint': 'Wie Ihr Team ihn nennt, zum Beispiel „Ladennummer“.',
  'wizard.advanced': 'Erweitert',
  'wizard.base_url': 'Basis-URL',
  'wizard.base_url_hint': 'Nur für regionale Hosts, Gateways und Tests. Leer: die des Anbieters.',
  'wizard.webhook_url': 'Webhook-URL',
  'wizard.webhook_hint': 'Sie ändert sich nie, auch wenn Sie diese Seite schließen.',
  'wizard.webhook_text':
    '{provider} sendet jede Kundennachricht an diese Adresse. Tragen Sie sie dort ein, wie nebenan beschrieben.',
  'wizard.webhook_text_sets':
    '{provider} sendet jede Kundennachricht an diese Adresse. Wenn Sie sie lieber von Hand eintragen, steht nebenan, wie es geht.',
  'wizard.no_public':
    'Dieses Deskbell hat noch keine öffentliche Adresse, daher erreichen Anbieter es nicht.',
  'wizard.set_public': 'Unter Netzwerk festlegen',
  'wizard.no_address': 'Ihr Deskbell hat noch keine öffentliche Adresse.',
  'wizard.guide': 'Auf der Website von {provider}',
  'wizard.guide_gateway': 'Bei Ihrem Gateway',
  'wizard.notes': 'Gut zu wissen',
  'wizard.portal': 'Bei {host} anmelden',
  'wizard.copy_value': '{value} kopieren',
  'wizard.unconfirmed': 'Von {provider} nicht bestätigt',
  'wizard.unconfirmed_about':
    'Keine öffentliche Quelle belegt diese Angaben sicher. Wenn eine falsch ist, sagen Sie es uns: Das ist schnell behoben.',
  'wizard.search_provider': 'Ihren Anbieter suchen',
  'wizard.search_provider_hint': 'Name der Firma',
  'wizard.group_named': 'Anbieter',
  'wizard.group_other': 'Jeder andere Anbieter',
  'wizard.no_provider':
    'Kein Anbieter hier heißt „{name}“. Wenn er JSON über HTTPS spricht, verbinden Sie ihn wie oben.',
  'wizard.other_provider': 'Anderen wählen',

  'webhook.set': 'Für mich eintragen',
  'webhook.set_again': 'Noch einmal eintragen',
  'webhook.setting': 'Wird bei {provider} eingetragen …',
  'webhook.set_about': 'Deskbell teilt {provider} mit, dass Nachrichten hierher gehen.',
  'webhook.is_set': 'Vor {time} bei {provider} eingetragen.',
  'webhook.is_other': 'Bei {provider} steht noch eine andere Adresse: {url}',
  'webhook.is_missing': 'Seit dem Eintragen bei {provider} hinzugekommen: {numbers}',
  'webhook.needs_public':
    'Sie lässt sich für Sie eintragen, sobald Deskbell eine öffentliche Adresse hat.',
  'webhook.needs_numbers': 'Sie lässt sich für Sie eintragen, sobald der Kanal eine Nummer hat.',
  'webhook.left': 'Was nur Sie bei {provider} tun können:',

  'guard.title': 'Diese Adresse schützen',
  'guard.signing_always':
    '{provider} signiert alles Gesendete, und alles andere wird abgelehnt. Diese Schlösser kommen dazu, wenn Sie möchten.',
  'guard.signing_address_only':
    '{provider} signiert diese Adresse, aber meist nicht, was gesendet wird: Wer einen Webhook sieht, könnte einen weiteren senden. Eines dieser Schlösser macht es sicherer.',
  'guard.signing_with_secret':
    '{provider} signiert alles Gesendete, sobald Sie das Geheimnis dafür eingetragen haben. Ohne dieses halten diese Schlösser Fremde fern.',
  'guard.signing_never':
    '{provider} signiert nichts: Wer diese Adresse erfährt, könnte Ihnen als Kunde schreiben. Erraten lässt sie sich nicht, und eines dieser Schlösser macht es noch sicherer.',
  'guard.networks': 'Nur von diesen Adressen',
  'guard.networks_hint': 'Eine pro Zeile, als 192.0.2.7 oder 192.0.2.0/27. Leer: von überall.',
  'guard.publish': 'Die von {provider} veröffentlichten Adressen verwenden',
  'guard.blind':
    'Hinter einem Tunnel oder Proxy sieht jede Anfrage aus wie der Tunnel selbst, und alles würde abgelehnt. Geben Sie an, wie Ihrer mitteilt, wer anfragt.',
  'guard.blind_title': 'Jede Nachricht ablehnen?',
  'guard.blind_ask': 'Hinter einem Tunnel wird jede Nachricht abgelehnt. Trotzdem speichern?',
  'guard.blind_save': 'Trotzdem speichern',
  'guard.blind_set': 'Unter Netzwerk',
  'guard.user': 'Benutzername',
  'guard.password': 'Passwort',
  'guard.invent': 'Passwort erzeugen',
  'guard.address': 'Die Adresse mit beidem darin',
  'guard.address_hint':
    'Wenn {provider} keine Felder für Namen und Passwort hat. Kopieren Sie sie jetzt: Das Passwort wird nicht noch einmal gezeigt.',
  'guard.tell':
    'Tragen Sie Namen und Passwort auch bei {provider} ein: Bis dahin werden Nachrichten von dort hier abgelehnt.',
  'guard.user_hint':
    'Tragen Sie beides auch bei {provider} ein: in eigenen Feldern oder in der Adresse, https://name:password@… Beides leer: wird nicht verlangt.',

  'numbers.about':
    'Ihre Nummern bei diesem Anbieter. Jedes neue Gespräch geht an die Person oder Warteschlange, die Sie wählen.',
  'numbers.add': 'Nummer hinzufügen',
  'numbers.new': 'Neue Nummer',
  'numbers.drop': 'Diese Nummer entfernen',
  'numbers.address': 'Nummer oder Absenderkennung',
  'numbers.number': 'Nummer',
  'numbers.number_hint': 'Mit + und Ländervorwahl.',
  'numbers.address_hint':
    'Mit + und Ländervorwahl; oder ein Name aus bis zu 11 Zeichen, auf den Kunden nicht antworten können.',
  'numbers.short_code': 'Eine Kurzwahlnummer.',
  'numbers.no_sender_id': '{provider} nimmt nur Nummern, keine Namen.',
  'numbers.sender_id_long': 'Ein Name hat höchstens 11 Zeichen.',
  'numbers.fetch': 'Meine Nummern abrufen',
  'numbers.fetch_about': '{provider} listet die Nummern Ihres Kontos auf.',
  'numbers.fetching': '{provider} wird gefragt …',
  'numbers.none':
    'Ihr Konto bei {provider} hat keine Nummern, die Nachrichten senden können. Besorgen Sie dort erst eine.',
  'numbers.found': {
    one: '{count} Nummer in Ihrem Konto',
    other: '{count} Nummern in Ihrem Konto',
  },
  'numbers.added': 'hinzugefügt',
  'numbers.in_channel': 'schon im Kanal „{name}“',
  'numbers.needed':
    'Fügen Sie erst eine Nummer hinzu, oder machen Sie ohne weiter: Bis es eine gibt, können Sie nichts empfangen.',
  'numbers.take': { one: '{count} Nummer hinzufügen', other: '{count} Nummern hinzufügen' },
  'numbers.one_way': 'Eine Absenderkennung: Kunden können nicht darauf antworten.',
  'numbers.destination_hint': 'Wer die neuen Gespräche bekommt.',
  'numbers.to_queue': 'Warteschlange: {name}',
  'numbers.starters': 'Dürfen Gespräche beginnen:',

  'options.rate': 'Nachrichten pro Sekunde',
  'options.rate_hint':
    'Was darüber hinausgeht, wartet der Reihe nach. {rate} passt für ein neues Konto bei {provider}; wird dort um weniger gebeten, wird Deskbell von allein langsamer.',
  'options.auto_close': 'Nach Tagen ohne Nachricht beenden',
  'options.auto_close_hint': 'Gezählt ab der letzten Nachricht beider Seiten. Leer: nie.',
  'options.never': 'nie',
  'options.file_text': 'Text zu Dateien',
  'options.file_text_hint': 'Geht mit, wenn jemand eine Datei ohne ein Wort sendet.',

  'options.answers_keywords':
    '{provider} antwortet selbst auf STOP, START und HELP. Sie sehen diese Nachrichten hier, und wer abbestellt hat, dem kann niemand schreiben.',
  'options.keywords':
    '{provider} überlässt Ihnen die Antwort auf STOP und HELP. Wer abbestellt hat, dem kann niemand schreiben; ob automatisch geantwortet wird, entscheiden Sie.',
  'options.stop_text': 'Antwort auf STOP',
  'options.stop_text_hint':
    'Wird einmal gesendet, wenn jemand Nachrichten abbestellt. Leer: keine Antwort.',
  'options.help_text': 'Antwort auf HELP',
  'options.help_text_hint': 'Wird gesendet, wenn jemand HELP schreibt. Leer: keine Antwort.',
  'options.propose': 'Diesen Text verwenden',
  'options.stop_text_proposal':
    '{business}: Sie haben unsere Nachrichten abbestellt und erhalten keine mehr. Mit START hören Sie wieder von uns.',
  'options.help_text_proposal':
    '{business}: Hier antwortet ein Mensch. Mit STOP erhalten Sie keine Nachrichten mehr.',

  'test.in': 'Kann ein Kunde Sie erreichen?',
  'test.waiting': 'Schreiben Sie HELLO an {number}. Deskbell wartet darauf …',
  'test.heard': 'Es ist angekommen. Kunden können Sie erreichen.',
  'test.last': 'Die letzte Nachricht davor kam vor {time}.',
  'test.no_number': 'Fügen Sie erst eine Nummer hinzu.',
  'test.one_way':
    'Kunden können nicht auf eine Absenderkennung antworten, also gibt es nichts abzuwarten.',
  'test.out': 'Können Sie einen Kunden erreichen?',
  'test.my_number': 'Ihre eigene Handynummer',
  'test.send': 'Testnachricht an mich senden',
  'test.text': 'Das ist ein Test von {name}. Es funktioniert.',
  'test.sent': 'Unterwegs an {number}. Schauen Sie auf Ihr Handy.',
  'test.failed': 'Sie ist bei {number} nicht angekommen.',
  'test.delivered': 'Sie ist bei {number} angekommen.',
  'test.again': 'Noch eine senden',
  'test.open': 'Gespräch öffnen',
};
