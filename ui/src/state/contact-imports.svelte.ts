/**
 * Bringing a file of contacts in, step by step: choose, say what the columns are, look what would
 * happen, do it, take it back. What is under way goes on while nobody looks.
 */
import * as api from '../api/calls';
import { t } from '../i18n';
import { dayWords } from '../i18n/zones';
import { choiceOf, tableOf, useOf } from './import-columns';
import { issueWords } from './import-words';
import { fields, sentence } from './problem';
import { saveFile } from './save-file';
import { Soon } from './soon';
import { toasts } from './toasts.svelte';
import type {
  ColumnUse,
  ContactImport,
  ImportDraft,
  ImportKnown,
  ImportPlan,
  ImportWish,
} from './types';

export const FILE_BYTES = 10 * 1024 * 1024;

type Step = 'choose' | 'columns' | 'check' | 'going';

function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

class ContactImports {
  step = $state<Step>('choose');
  /** What is being read, and how much of it is up. */
  reading = $state('');
  part = $state(0);
  draft = $state.raw<ImportDraft | null>(null);
  uses = $state.raw<ColumnUse[]>([]);
  known = $state<ImportKnown>('fill');
  label = $state('');
  plan = $state.raw<ImportPlan | null>(null);
  current = $state.raw<ContactImport | null>(null);
  busy = $state(false);
  problem = $state('');
  #asked = 0;
  #soon = new Soon(() => this.#follow(), 60, 400, 150);

  get isGoing(): boolean {
    return this.current?.state === 'running' || this.current?.state === 'undoing';
  }

  /** The page is opened: an import that goes on, or just ended, is shown. */
  async open(): Promise<void> {
    if (this.step !== 'choose' || this.busy) return;
    const newest = await api.contactFiles.newest().catch(() => []);
    const last = newest[0];
    if (this.step !== 'choose' || this.busy || !last) return;
    if (last.state === 'running' || last.state === 'undoing' || last.undo_until != null) {
      this.current = last;
      this.step = 'going';
    }
  }

  /** Takes a file that was chosen or dropped. */
  async take(file: File): Promise<void> {
    if (this.busy) return;
    if (file.size > FILE_BYTES) {
      this.problem = t('book.too_large', { name: file.name });
      return;
    }
    this.reading = file.name;
    this.part = 0;
    await this.#doing(async () => {
      const progress = (part: number) => (this.part = part);
      const draft = await api.contactFiles.read(file, progress, new AbortController().signal);
      this.draft = draft;
      this.uses = draft.columns.map(({ usage }) => ({
        to: usage.to,
        field_id: usage.field_id ?? null,
        name: usage.name ?? '',
        remark: remarkWord(usage.remark ?? ''),
      }));
      this.label = t('book.label_proposal', { date: dayWords(today()) }).slice(0, 40);
      this.known = 'fill';
      this.plan = null;
      if (draft.kind === 'csv') this.step = 'columns';
      else await this.#look();
    });
    this.reading = '';
  }

  choose(at: number, choice: string): void {
    const heading = this.heading(at);
    this.uses = this.uses.map((use, other) => (other === at ? useOf(choice, heading, use) : use));
  }

  choice(at: number): string {
    const use = this.uses[at];
    return use ? choiceOf(use) : 'skip';
  }

  remark(at: number, remark: string): void {
    this.uses = this.uses.map((use, other) => (other === at ? { ...use, remark } : use));
  }

  heading(at: number): string {
    return this.draft?.columns[at]?.name || t('book.column', { number: at + 1 });
  }

  get #wish(): ImportWish {
    return {
      columns: this.uses,
      known: this.known,
      label: this.label.trim(),
      words: {
        mobile: t('contacts.remark_mobile'),
        work: t('contacts.remark_work'),
        home: t('contacts.remark_home'),
      },
    };
  }

  /** Asks what would happen. */
  async check(): Promise<void> {
    await this.#doing(() => this.#look());
  }

  async #look(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const asked = ++this.#asked;
    const plan = await api.contactFiles.check(draft.id, this.#wish);
    if (asked !== this.#asked) return;
    this.plan = plan;
    this.step = 'check';
  }

  async start(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    await this.#doing(async () => {
      this.current = await api.contactFiles.start(draft.id, this.#wish);
      this.step = 'going';
      this.#forget();
    });
    this.#soon.run();
  }

  async undo(): Promise<void> {
    const { current } = this;
    if (!current) return;
    await this.#doing(async () => {
      this.current = await api.contactFiles.undo(current.id);
    });
    this.#soon.run();
  }

  /** An import moved on. */
  stirred(id: string): void {
    if (this.current?.id === id) this.#soon.run();
  }

  async #follow(): Promise<void> {
    const { current } = this;
    if (current) this.current = await api.contactFiles.get(current.id);
  }

  /** Saves the rows that cannot be used as a list, with the reason beside each. */
  async saveProblems(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    try {
      const { columns, rows } = await api.contactFiles.problems(draft.id, this.#wish);
      const heads = columns.length > 0 ? columns : [t('book.to_name'), t('book.to_number')];
      const lines = rows.map(({ issue, cells }) => [
        String(issue.line),
        issueWords(issue),
        ...cells,
      ]);
      const table = tableOf([[t('book.line_head'), t('book.problem_head'), ...heads], ...lines]);
      saveFile(new File([table], t('book.problems_file'), { type: 'text/csv' }));
    } catch (error) {
      toasts.bad(t('book.failed'), sentence(error));
    }
  }

  back(): void {
    this.problem = '';
    this.step = this.step === 'check' && this.draft?.kind === 'csv' ? 'columns' : 'choose';
  }

  /** From the beginning, with another file. */
  again(): void {
    this.current = null;
    this.problem = '';
    this.#forget();
    this.step = 'choose';
  }

  #forget(): void {
    this.draft = null;
    this.uses = [];
    this.plan = null;
  }

  async #doing(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    try {
      await act();
    } catch (error) {
      // What is wrong with a file is said of it: there is no field to say it at.
      this.problem = Object.values(fields(error)).join(' ') || sentence(error);
    } finally {
      this.busy = false;
    }
  }
}

/** The core says in English what a number of a column is; people say it in their words. */
function remarkWord(remark: string): string {
  switch (remark) {
    case 'Mobile':
      return t('contacts.remark_mobile');
    case 'Work':
      return t('contacts.remark_work');
    case 'Home':
      return t('contacts.remark_home');
    default:
      return remark;
  }
}

export const contactImports = new ContactImports();
