/** What the actions of the keymap are called. */
import { t } from '../i18n';
import { PLACES, type ActionId } from './keymap.svelte';

const NAMES = {
  'open-contact': 'contacts.open',
  send: 'shortcuts.send',
  'send-next': 'shortcuts.send_next',
  'send-archive': 'shortcuts.send_archive',
  'edit-failed': 'shortcuts.edit_failed',
  quote: 'actions.quote',
  'copy-text': 'actions.copy',
  forward: 'actions.forward',
  'save-files': 'actions.save',
  'message-details': 'actions.details',
} as const;
type Named = keyof typeof NAMES;
type Place = `place-${(typeof PLACES)[number]}`;

function isNamed(action: ActionId): action is Named {
  return action in NAMES;
}

function isPlace(action: ActionId): action is Place {
  return action.startsWith('place-');
}

export function actionName(action: ActionId): string {
  if (isPlace(action)) return t('key.place', { number: action.slice('place-'.length) });
  return isNamed(action) ? t(NAMES[action]) : t(`key.${action}`);
}

export const GROUP_NAMES = {
  anywhere: 'keyboard.anywhere',
  places: 'keyboard.numbers',
  list: 'keyboard.list',
  session: 'keyboard.session',
  composer: 'keyboard.composer',
  message: 'shortcuts.messages',
} as const;
