/** What passes through a site: asked for when its row is shown, and again now and then. */
import { chat } from '../api/chat';
import type { ChatFigures, Span } from './types';

export class SiteNumbers {
  value = $state.raw<ChatFigures | null>(null);

  /** What cannot be read is not shown. */
  async load(site: string, span: Span): Promise<void> {
    this.value = await chat.figures(site, span).catch(() => null);
  }
}
