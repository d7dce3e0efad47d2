/** What is told of a session, as names with their values. */
import { t } from '../../../i18n';
import { shownNumber } from '../../../i18n/phone';
import { moment, span } from '../../../i18n/time';
import { me } from '../../../state/me.svelte';
import { isVisit } from '../../../state/visitor-name';
import type { Session } from '../../../state/types';

export function factsOf(session: Session, now: number): [string, string][] {
  const owner = session.owner_id === me.id ? t('thread.you') : (session.owner_name ?? '');
  const by = session.started_by ? t('details.by_us') : t('details.by_customer');
  const list: [string, string][] = [
    [t('details.channel'), session.channel_name],
    isVisit(session)
      ? [t('chat.website'), session.number]
      : [t('details.number'), shownNumber(session.number)],
    [t('details.queue'), session.queue_name ?? ''],
    [t('details.owner'), owner || t('details.nobody')],
    [t('details.started'), `${moment(session.opened_at, now)}, ${by}`],
    [t('details.last_active'), moment(session.last_message_at, now)],
    [
      t('details.messages'),
      t('details.in_out', { in: session.messages_in, out: session.messages_out }),
    ],
  ];
  if (session.closed_at) list.push([t('details.ended'), moment(session.closed_at, now)]);
  else if (session.closes_at) {
    const time = span(session.closes_at - now);
    list.push([t('details.closes'), t('details.if_silent', { time })]);
  }
  return list.filter(([, value]) => value !== '');
}
