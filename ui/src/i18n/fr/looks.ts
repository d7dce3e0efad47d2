/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': 'Contraste élevé',
  'appearance.window': 'Fenêtre',
  'appearance.status': 'Barre d’état',
  'appearance.status_hint':
    'Une fine ligne en bas : ce qui attend d’être envoyé, ce qui est arrivé aujourd’hui et quand un client a écrit pour la dernière fois sur chaque canal.',
  'status.label': 'État',
  'status.waits': {
    one: '{count} message attend d’être envoyé',
    other: '{count} messages attendent d’être envoyés',
  },
  'status.clear': 'Rien n’attend d’être envoyé',
  'status.today': {
    one: '{count} message reçu aujourd’hui',
    other: '{count} messages reçus aujourd’hui',
  },
  'status.last': '{channel} : dernier à {time}',
  'status.never': '{channel} : rien reçu encore',
  'select.short': '{count} choisies',
  'thread.said': '{name} : {text}',
  'thread.said_many': {
    one: '{count} nouveau message de {name}',
    other: '{count} nouveaux messages de {name}',
  },
  'list.width': 'Largeur de la liste',
  'settings.overview': 'Vue d’ensemble',
  'settings.office': 'Bureau',
  'settings.mine': 'Pour moi',
};
