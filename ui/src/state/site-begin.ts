/** A site of live chat is begun: a draft that its own editor leads on. */
import { channelAdmin } from './admin.svelte';
import { channels } from './nouns.svelte';
import type { Channel } from './types';

export async function beginSite(): Promise<Channel> {
  const draft = await channelAdmin.draft('livechat');
  await channels.load();
  return draft;
}
