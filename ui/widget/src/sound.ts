/** Soft notes, made by the browser: nothing is loaded. Silent until somebody has touched the page. */
import type { Kit } from './kit';

let sounds: AudioContext | undefined;

const note = (context: AudioContext, pitch: number, begin: number) => {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.12, begin + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0005, begin + 0.5);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + 0.55);
};

/** Notes at these seconds. */
const play = (...notes: [pitch: number, after: number][]) => {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  try {
    sounds ??= new AudioContext();
    const begin = sounds.currentTime + 0.02;
    for (const [pitch, after] of notes) note(sounds, pitch, begin + after);
  } catch {
    // No sound on this device.
  }
};

/** One of many tabs rings: the first that comes to it, and one that is seen comes first. */
export const ring = ({ store, later }: Kit, newest: number) => {
  const sound = () => {
    if (store.get('mute') || +(store.get('rang') ?? 0) >= newest) return;
    store.set('rang', `${newest}`);
    play([659, 0], [880, 0.13]);
  };
  later(sound, document.hidden ? 200 + Math.random() * 400 : 0);
};

/** A ring, and the pause after it. */
const EVERY = 3_000;

/**
 * Rings until it is told to stop: `here` for who is called, in one tab of many; else lower, for who
 * waits until somebody answers.
 */
export const ringing = ({ store, later, never }: Kit, here: boolean): (() => void) => {
  let timer: number | undefined;
  const again = () => {
    timer = later(again, EVERY);
    if (store.get('mute')) return;
    if (!here) return play([425, 0], [425, 0.3]);
    const now = Date.now();
    if (now - +(store.get('ringing') ?? 0) < EVERY - 500) return;
    store.set('ringing', `${now}`);
    play([784, 0], [988, 0.16], [784, 0.32], [988, 0.48]);
  };
  timer = later(again, here && document.hidden ? 400 : 0);
  return () => never(timer);
};
