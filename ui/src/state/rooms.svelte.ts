/**
 * Who else has a session on the screen, who is writing in it, and what they have begun: told by the
 * line while it stands, kept nowhere.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { me } from './me.svelte';
import { people } from './nouns.svelte';
import { Soon } from './soon';
import type { ColleagueDraft, Onlooker, Room, Whereabouts } from './types';

/** While somebody writes, the desk is told no more often than this. */
const EVERY = 2_000;

export interface Colleague {
  id: string;
  name: string;
  writing: boolean;
}

class Rooms {
  #rooms = new SvelteMap<string, Onlooker[]>();
  /** What colleagues have begun in the session on the screen. */
  drafts = $state.raw<ColleagueDraft[]>([]);
  /** The session on this screen. */
  #here: string | null = null;
  #toldWriting = 0;
  #toldNote = false;
  #drafts = new Soon(() => this.#loadDrafts(), 100, 400, 300);
  /** Set by the desk: sends a frame over the line, if there is one. */
  say: (whereabouts: Whereabouts) => void = () => {};

  /** The colleagues in a session. */
  of(session: string): Colleague[] {
    return (this.#rooms.get(session) ?? [])
      .filter((one) => one.user_id !== me.id)
      .flatMap(({ user_id, writing }) => {
        const name = people.get(user_id)?.name;
        return name ? [{ id: user_id, name, writing }] : [];
      });
  }

  /** Names of the colleagues who write in a session. */
  writing(session: string): string[] {
    return this.of(session).flatMap((one) => (one.writing ? [one.name] : []));
  }

  take(room: Room): void {
    if (room.people.length === 0) this.#rooms.delete(room.session_id);
    else this.#rooms.set(room.session_id, room.people);
  }

  takeAll(rooms: Room[]): void {
    this.#rooms.clear();
    for (const room of rooms) this.take(room);
  }

  /** A new line knows nothing of us, and we nothing of the others. */
  began(): void {
    this.#rooms.clear();
    this.#tell(false);
    if (this.#here) this.#drafts.run();
  }

  /** This session is on the screen now; `null`: none, or nobody looks. */
  enter(session: string | null): void {
    if (session === this.#here) return;
    this.#here = session;
    this.drafts = [];
    this.#tell(false);
    if (session) this.#drafts.run();
  }

  #tell(writing: boolean, note = false): void {
    this.#toldWriting = writing ? Date.now() : 0;
    this.#toldNote = note;
    // A visitor of a live chat sees who writes to them, and nothing of a note.
    this.say({ session_id: this.#here, writing, ...(note && { note }) });
  }

  /** A key was pressed in the box, for an answer or a note. */
  typing(session: string, note: boolean): void {
    if (session !== this.#here) return;
    if (note !== this.#toldNote || Date.now() - this.#toldWriting > EVERY) this.#tell(true, note);
  }

  /** The message left: nobody writes any more. */
  done(session: string): void {
    if (session === this.#here && this.#toldWriting > 0) this.#tell(false);
  }

  /** A colleague's draft changed. */
  draftChanged(session: string): void {
    if (session === this.#here) this.#drafts.run();
  }

  async #loadDrafts(): Promise<void> {
    const session = this.#here;
    if (!session) return;
    const { others } = await api.drafts.of(session);
    if (session === this.#here) this.drafts = others;
  }

  clear(): void {
    this.#rooms.clear();
    this.#here = null;
    this.drafts = [];
  }
}

export const rooms = new Rooms();
