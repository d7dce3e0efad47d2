/** Why two contacts look like the same person, in words. */
import { t } from '../../../i18n';
import { listed } from '../../../i18n/list';
import type { Lookalike } from '../../../state/types';

export function likeness({ by }: Lookalike): string {
  return listed(by.map((one) => t(`merge.by_${one}`)));
}
