/** What a form knows of its sending: under way, refused as a whole, or refused by field. */
import { fields, sentence } from './problem';

export class Submission {
  busy = $state(false);
  problem = $state('');
  wrong = $state<Record<string, string>>({});

  /** `shown`: the fields that tell their problem themselves. */
  constructor(private readonly shown: readonly string[]) {}

  clear(): void {
    this.problem = '';
    this.wrong = {};
  }

  /** Says what is wrong before anything is sent; answers whether something is. */
  refuses(wrong: Record<string, string>): boolean {
    this.clear();
    this.wrong = wrong;
    return Object.keys(wrong).length > 0;
  }

  /** Sends; answers whether it was taken. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.clear();
    try {
      await act();
      return true;
    } catch (error) {
      this.wrong = fields(error);
      const names = Object.keys(this.wrong);
      const told = names.length > 0 && names.every((name) => this.shown.includes(name));
      this.problem = told ? '' : sentence(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
