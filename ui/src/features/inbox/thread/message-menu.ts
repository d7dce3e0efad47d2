/** What can be done with one message, as the entries of a sheet. */
import { t } from '../../../i18n';
import type { Item } from '../../../kit/MenuItems.svelte';
import type { MessageDeeds } from '../../../state/message-deeds.svelte';
import type { Session } from '../../../state/types';

export function messageItems(deeds: MessageDeeds, session: Session | null): Item[] {
  const { message } = deeds;
  const list: (Item | false | undefined)[] = [
    (session?.permits.answer || session?.permits.note) && {
      id: 'quote',
      icon: 'quote',
      label: t('actions.quote'),
      act: () => deeds.quote(),
    },
    message.text !== '' && {
      id: 'copy',
      icon: 'copy',
      label: t('actions.copy'),
      act: () => void deeds.copy(),
    },
    session?.permits.note && {
      id: 'forward',
      icon: 'lock',
      label: t('actions.forward'),
      act: () => deeds.forward(),
    },
    deeds.saves && {
      id: 'save',
      icon: 'download',
      label: t('actions.save'),
      act: () => void deeds.save(),
    },
    { id: 'details', icon: 'info', label: t('actions.details'), act: () => deeds.tell() },
  ];
  return list.filter((one): one is Item => Boolean(one));
}
