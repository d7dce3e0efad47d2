/** Quick replies that I have: kept fresh by events, sorted by my use. */
import * as api from '../api/calls';
import { toCsv, toJson } from './reply-files';
import type { Imported, QuickReply, QuickReplyEntry } from './types';

class QuickReplies {
  list = $state.raw<QuickReply[]>([]);
  loaded = $state(false);

  async load(): Promise<void> {
    this.list = await api.quickReplies.list();
    this.loaded = true;
  }

  /** Asked for when first needed; later the events say what changed. */
  want(): void {
    if (!this.loaded) void this.load().catch(() => undefined);
  }

  /** Something about them changed: asked for anew if they are in use. */
  async refresh(): Promise<void> {
    if (this.loaded) await this.load();
  }

  clear(): void {
    this.list = [];
    this.loaded = false;
  }

  /** Those for a channel; those without channels are for all. */
  forChannel(channel: string | null): QuickReply[] {
    return this.list.filter(
      (reply) =>
        reply.channels.length === 0 || (channel !== null && reply.channels.includes(channel)),
    );
  }

  get folders(): string[] {
    const names = new Set(this.list.map((reply) => reply.folder).filter(Boolean));
    return [...names].sort((a, b) => a.localeCompare(b));
  }

  async save(id: string | null, entry: QuickReplyEntry): Promise<void> {
    if (id) await api.quickReplies.replace(id, entry);
    else await api.quickReplies.add(entry);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await api.quickReplies.remove(id);
    this.list = this.list.filter((reply) => reply.id !== id);
  }

  async bringIn(replies: QuickReplyEntry[], existing: 'keep' | 'replace'): Promise<Imported> {
    const done = await api.quickReplies.bringIn(replies, existing);
    await this.load();
    return done;
  }

  /** I used one: counted here at once, and at the desk. */
  used(id: string, now: number): void {
    this.list = this.list.map((reply) =>
      reply.id === id ? { ...reply, uses: reply.uses + 1, used_at: now } : reply,
    );
    void api.quickReplies.use(id).catch(() => undefined);
  }

  /** The chosen ones as a file to keep. */
  takeOut(replies: readonly QuickReply[], form: 'json' | 'csv'): File {
    const text = form === 'json' ? toJson(replies) : toCsv(replies);
    const type = form === 'json' ? 'application/json' : 'text/csv';
    return new File([text], `quick-replies.${form}`, { type });
  }
}

export const quickReplies = new QuickReplies();
