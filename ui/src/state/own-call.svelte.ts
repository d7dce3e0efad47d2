/** The call whose voice is in this page: how far it is, and what leads to it. */
import * as api from '../api/chat-calls';
import { takePage } from '../../widget/src/page';
import { microphone, voice, type Media, type Voice } from '../../widget/src/voice';
import type { ChatCall } from './types';

export type CallStage =
  /** The browser asks for the microphone. */
  | 'asking'
  /** It is to ring at the visitor's. */
  | 'calling'
  /** It was answered; they do not hear each other yet. */
  | 'joining'
  | 'talking';

const page = takePage();

export class OwnCall {
  stage = $state<CallStage>('asking');
  muted = $state(false);
  /** They do not hear each other at the moment. */
  shaky = $state(false);
  /** When they began to hear each other. */
  since = $state<number | null>(null);
  /** Whether the desk knows that the voice is here. */
  told = false;
  closed = false;
  #voice: Voice | null = null;
  /** What came from the other side before there was a connection. */
  #early: string[] = [];
  #ways: string[] = [];
  #saying: Promise<unknown> = Promise.resolve();

  /** `id`: of the call; empty until the desk has given it one. */
  constructor(
    readonly session: string,
    public id: string,
    readonly calls: boolean,
    private readonly broken: (own: OwnCall) => void,
  ) {}

  /** Asks for the microphone and makes the connection; refuses with a `Silence`. */
  async begin(servers: ChatCall['ice']): Promise<Voice | null> {
    const stream = await microphone();
    if (this.closed) {
      for (const track of stream.getTracks()) track.stop();
      return null;
    }
    const made = voice(
      stream,
      servers,
      page,
      (way) => this.#way(way),
      (media) => this.#moved(media),
    );
    for (const way of this.#early.splice(0)) made.candidate(way);
    this.#voice = made;
    return made;
  }

  #moved(media: Media): void {
    if (this.closed) return;
    if (media === 'broken') return this.broken(this);
    this.shaky = media === 'shaky';
    if (media !== 'talking') return;
    this.stage = 'talking';
    this.since ??= Date.now();
  }

  /** A way to us: told in order, and not before the desk knows of the call. */
  #way(way: string): void {
    this.#ways.push(way);
    if (this.told) this.#tell();
  }

  #tell(): void {
    for (const way of this.#ways.splice(0)) {
      const say = () => (this.closed ? undefined : api.chatCalls.candidate(this.id, way));
      this.#saying = this.#saying.then(say).catch(() => undefined);
    }
  }

  /** The desk has it. */
  known(id: string): void {
    this.id = id;
    this.told = true;
    this.#tell();
  }

  /** The visitor answered. */
  answered(sdp: string): void {
    if (this.stage === 'calling') this.stage = 'joining';
    this.#voice?.accept(sdp).catch(() => this.broken(this));
  }

  candidate(way: string): void {
    if (this.#voice) this.#voice.candidate(way);
    else this.#early.push(way);
  }

  mute(): void {
    this.muted = !this.muted;
    this.#voice?.mute(this.muted);
  }

  close(): void {
    this.closed = true;
    this.#voice?.close();
    this.#voice = null;
  }
}
