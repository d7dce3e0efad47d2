/** Pure: what the light of a channel means, in words for people. */
import { spoken, t } from '../i18n';
import type { Channel, ChannelHealth } from './types';

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

/** That the provider asked for fewer messages, and how many leave now. */
export function slowedWords(pace: number | null | undefined): string {
  if (pace == null) return '';
  if (pace <= 0) return t('health.paused');
  return t('health.slowed', { rate: Number(pace.toPrecision(2)) });
}

/** What is left to do at the provider of a channel that is deleted. */
export function parting(channel: Channel | null, label: string | undefined): string {
  if (!channel || channel.provider === 'demo' || channel.state === 'draft') return '';
  if (channel.provider === 'livechat') return t('chat.delete_snippet');
  return t('channels.delete_there', { provider: label ?? channel.provider });
}

export interface Refused {
  count: number;
  at: number | null;
  /** Why the last one was, in the core's words. */
  why: string;
  reasons: ChannelHealth['refusals'];
}

/** Webhook requests that were refused since the channel was last saved or the desk started. */
export function refusals(health: ChannelHealth): Refused {
  return {
    count: health.refused,
    at: health.last_refused_at ?? null,
    why: spoken(health.last_refused_why ?? ''),
    reasons: health.refusals,
  };
}
