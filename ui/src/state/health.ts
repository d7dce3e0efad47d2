/** Pure: what the light of a channel means, in words for people. */
import { t } from '../i18n';
import type { ChannelHealth } from './types';

/** What to do about a light; empty where all is well or nothing is known. */
export function healthSentence(health: ChannelHealth): string {
  switch (health.state) {
    case 'unauthorized':
      return t('health.unauthorized');
    case 'service_unavailable':
      return t('health.service_unavailable');
    case 'request_failed':
      return t('health.request_failed');
    case 'unknown':
      return t('health.unknown');
    default:
      return '';
  }
}

/** Webhook requests that were refused since the channel was last saved or the desk started. */
export function refusals(health: ChannelHealth): { count: number; at: number | null } {
  return { count: health.refused, at: health.last_refused_at ?? null };
}
