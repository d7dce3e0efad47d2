/** The editor of a quick reply: what is typed, what is wrong with it, and what is saved. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { fillIn, questions, unknown, VARIABLES, type Values } from './fill';
import { me } from './me.svelte';
import { sentence } from './problem';
import { quickReplies } from './quick-replies.svelte';
import { Submission } from './submission.svelte';
import type { After, QuickReply, QuickReplyEntry, StoredFile, Visibility } from './types';

/** Whoever the preview is written to. */
const SAMPLE: Omit<Values, 'agent.first_name' | 'agent.name' | 'business.name'> = {
  'contact.first_name': 'Maria',
  'contact.name': 'Maria Rossi',
  'contact.company': 'Rossi & Co',
  'channel.name': 'Shop number',
  'channel.number': '+1 555 010 1183',
};

export class ReplyForm {
  name = $state('');
  shortcut = $state('');
  folder = $state('');
  body = $state('');
  bodies = $state<{ language: string; body: string }[]>([]);
  files = $state.raw<StoredFile[]>([]);
  channels = $state<string[]>([]);
  visible = $state<Visibility>('me');
  queue = $state('');
  after = $state<'' | After>('');
  uploading = $state(false);
  readonly sending = new Submission(['name', 'shortcut', 'folder', 'body', 'queue_id']);
  readonly #id: string | null;
  readonly #values: Partial<Values>;

  preview = $derived.by(() => fillIn(this.body, this.#values, this.#asked));
  /** Variables that nothing is known for, in all its words. */
  unknown = $derived.by(() =>
    [this.body, ...this.bodies.map((one) => one.body)].flatMap((body) => unknown(body)),
  );

  constructor(reply: QuickReply | null, business: string) {
    this.#id = reply?.id ?? null;
    this.#values = {
      ...SAMPLE,
      'agent.name': me.name,
      'agent.first_name': me.name.split(' ')[0] ?? '',
      'business.name': business,
    };
    if (!reply) return;
    this.name = reply.name;
    this.shortcut = reply.shortcut;
    this.folder = reply.folder;
    this.body = reply.body;
    this.bodies = reply.bodies.map((one) => ({ ...one }));
    this.files = reply.files;
    this.channels = [...reply.channels];
    this.visible = reply.visible;
    this.queue = reply.queue_id ?? '';
    this.after = reply.after ?? '';
  }

  /** In the preview a question stands for its answer. */
  get #asked(): Record<string, string> {
    return Object.fromEntries(questions(this.body).map((question) => [question, `[${question}]`]));
  }

  static variables(): string[] {
    return [...VARIABLES.map((name) => `{{${name}}}`), `{{ask:${t('replies.ask_sample')}}}`];
  }

  async attach(list: Iterable<File>): Promise<void> {
    this.uploading = true;
    try {
      for (const file of list) {
        const stored = await api.files.upload(file, () => {}, new AbortController().signal);
        this.files = [...this.files, stored];
      }
    } catch (error) {
      this.sending.problem = sentence(error);
    } finally {
      this.uploading = false;
    }
  }

  /** Saves; answers whether it was taken. */
  async save(): Promise<boolean> {
    const wrong: Record<string, string> = {};
    if (!this.name.trim()) wrong.name = t('replies.name_missing');
    if (this.unknown.length > 0) {
      const names = this.unknown.map((name) => `{{${name}}}`).join(', ');
      wrong.body = t('replies.unknown', { names });
    }
    if (this.sending.refuses(wrong)) return false;
    return this.sending.run(() => quickReplies.save(this.#id, this.#entry()));
  }

  #entry(): QuickReplyEntry {
    return {
      name: this.name.trim(),
      shortcut: this.shortcut.trim(),
      folder: this.folder.trim(),
      body: this.body,
      bodies: this.bodies.map(({ language, body }) => ({ language: language.trim(), body })),
      file_ids: this.files.map((file) => file.id),
      channels: this.channels,
      visible: this.visible,
      queue_id: this.visible === 'queue' ? this.queue || null : null,
      after: this.after || null,
    };
  }
}
