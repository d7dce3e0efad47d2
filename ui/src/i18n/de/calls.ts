/** Calls: the button, how somebody calls, and what the timeline says of them. */
import type { Translation } from '../text';
import type { calls as english } from '../en/calls';

export const calls: Translation<typeof english> = {
  'call.call': 'Anrufen',
  'call.not_allowed':
    'Sie dürfen Kunden nicht anrufen. Ein Administrator kann es unter Personen erlauben.',
  'call.failed': '{name} konnte nicht angerufen werden',
  'call.uncertain': 'Es ist nicht bekannt, ob angerufen wurde',
  'call.uncertain_hint':
    'Der Anbieter hat nicht geantwortet. Wenn Ihr Telefon nicht klingelt, rufen Sie noch einmal an.',
  'call.your_phone': 'Jetzt klingelt Ihr Telefon. Nehmen Sie ab, dann wird {name} angerufen.',

  'settings.calling': 'Anrufe',
  'calling.purpose': 'Was geschieht, wenn Sie auf Anrufen klicken.',
  'calling.tel': 'Das Telefon dieses Geräts',
  'calling.tel_hint': 'Ein Link mit tel: öffnet sich, auf einem Handy die Telefon-App.',
  'calling.sip': 'Ein Softphone',
  'calling.sip_hint': 'Ein Link mit sip: öffnet sich.',
  'calling.callto': 'Ein Programm für callto:',
  'calling.callto_hint': 'Ein Link mit callto: öffnet sich.',
  'calling.pattern': 'Ein eigener Link',
  'calling.pattern_hint': 'Für eine Telefonanlage mit einer Webadresse, die anruft.',
  'calling.provider': 'Über den Anbieter des Kanals',
  'calling.provider_hint':
    'Er ruft Ihr Telefon an, dann den Kunden, der die Nummer des Unternehmens sieht. Wo der Anbieter es kann; beide Anrufe kosten Geld.',
  'calling.link': 'Link',
  'calling.link_hint':
    'Aus {number} wird die Nummer des Kunden mit +, aus {digits} werden nur ihre Ziffern.',
  'calling.link_example': 'https://telefon.example/anruf?an={number}',
  'calling.phone': 'Ihr Telefon',
  'calling.phone_hint': 'Es klingelt zuerst.',
  'calling.test_number': 'Mit einer Nummer ausprobieren',
  'calling.test_hint': 'Zum Beispiel Ihrer eigenen.',
  'calling.test': 'Testen',

  'people.may_call': 'Darf Kunden anrufen',
  'people.may_call_hint': 'Aus einem Gespräch, mit der Schaltfläche Anrufen.',

  'story.called': 'Von {name} angerufen: {number}',
  'story.called_provider': 'Von {name} über den Anbieter angerufen: {number}',
  'story.call_your_phone': 'Das Telefon von {name} klingelt',
  'story.call_ringing': 'Das Telefon des Kunden klingelt',
  'story.call_answered': 'Der Kunde hat den Anruf von {name} angenommen',
  'story.call_ended': 'Der Anruf von {name} endete nach {time}',
  'story.call_ended_plain': 'Der Anruf von {name} ist beendet',
  'story.call_busy': 'Beim Kunden war besetzt',
  'story.call_no_answer': 'Der Kunde hat den Anruf nicht angenommen',
  'story.call_not_picked_up': 'Das eigene Telefon wurde von {name} nicht abgenommen',
  'story.call_cancelled': 'Der Anruf endete, bevor der Kunde ihn annahm',
  'story.call_failed': 'Der Anruf von {name} ist fehlgeschlagen',
  'story.call_failed_why': 'Der Anruf von {name} ist fehlgeschlagen: {reason}',
  'story.call_uncertain': 'Es ist nicht bekannt, was aus dem Anruf von {name} wurde',
  'story.chat_call': '{name} nahm den Anruf des Besuchers an; er endete nach {time}',
  'story.chat_call_missed': 'Niemand hat den Anruf des Besuchers angenommen',
  'story.chat_call_given_up': 'Der Besucher legte auf, bevor jemand abnahm',
  'story.chat_call_declined': 'Der Anruf des Besuchers wurde abgelehnt',
  'story.chat_call_failed': 'Der Anruf des Besuchers ist fehlgeschlagen',
  'story.chat_call_refused': 'Der Besucher lehnte den Anruf von {name} ab',
};
