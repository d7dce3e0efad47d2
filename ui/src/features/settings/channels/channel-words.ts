/** What stands in the columns of one channel. */
import { shownNumber } from '../../../i18n/phone';
import { people, queues } from '../../../state/nouns.svelte';
import type { Channel } from '../../../state/types';

export function destination(channel: Channel): string {
  const names = channel.numbers.map(({ destination: to }) =>
    to.kind === 'queue' ? queues.get(to.id)?.name : people.get(to.id)?.name,
  );
  return [...new Set(names.filter(Boolean))].join(', ');
}

export function numbers(channel: Channel): string {
  return channel.numbers.map((number) => shownNumber(number.address)).join(', ');
}

/** The part of what was sent that failed. */
export function rate(channel: Channel): string {
  const { failed, total } = channel.figures;
  return failed === 0 ? '' : `${Math.round((failed / total) * 100)} %`;
}
