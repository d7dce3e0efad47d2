/** The line under a name in the list: who writes, what is begun, or what was said last. */
import { t } from '../i18n';
import { listed } from '../i18n/list';
import { drafts } from './drafts.svelte';
import { me } from './me.svelte';
import { rooms } from './rooms.svelte';
import type { Session } from './types';
import { visitors } from './visitors.svelte';

export interface RowPreview {
  text: string;
  /** `live`: somebody writes now; `mine`: I have begun an answer. */
  look: 'said' | 'live' | 'mine';
}

export function rowPreview(session: Session, selected: boolean): RowPreview {
  const writing = rooms.writing(session.id);
  if (writing.length > 0) {
    const text = t('list.writing', { count: writing.length, names: listed(writing) });
    return { text, look: 'live' };
  }
  if (visitors.writes(session.id)) return { text: t('visitor.writes'), look: 'live' };
  const mine = selected ? '' : drafts.words(session.id);
  if (mine) return { text: t('list.draft', { text: mine }), look: 'mine' };
  return { text: said(session), look: 'said' };
}

function said(session: Session): string {
  const text = session.preview || t('preview.file');
  const name = session.preview_direction === 'out' ? session.preview_author : null;
  if (!name) return text;
  return name === me.name ? t('preview.you', { text }) : t('preview.other', { name, text });
}
