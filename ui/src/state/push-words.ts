/**
 * What notifications say, handed to the worker in the language of this page: it has no page, and
 * so no language of its own.
 */
import { t } from '../i18n';
import { KINDS } from './alert-rules';
import { CACHE, PLACE, type Words } from '../sw/words';

export function words(): Words {
  return {
    titles: Object.fromEntries(
      KINDS.map((kind) => [kind, t(`alert.title.${kind}`, { name: '{name}' })]),
    ),
    hidden: Object.fromEntries(KINDS.map((kind) => [kind, t(`alert.hidden.${kind}`)])),
    file: t('alert.file'),
    test: t('alert.test_text'),
    pick_up: t('alert.pick_up'),
    reply: t('deed.reply'),
    snooze: t('deed.snooze'),
  };
}

export async function keepWords(kept: Words = words()): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(CACHE);
  await cache.put(PLACE, new Response(JSON.stringify(kept)));
}
