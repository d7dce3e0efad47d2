/** Two soft notes, made by the browser: nothing is loaded. Silent until somebody has touched the page. */
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

const chime = () => {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  try {
    sounds ??= new AudioContext();
    const begin = sounds.currentTime + 0.02;
    note(sounds, 659, begin);
    note(sounds, 880, begin + 0.13);
  } catch {
    // No sound on this device.
  }
};

/** One of many tabs rings: the first that comes to it, and one that is seen comes first. */
export const ring = ({ store, later }: Kit, newest: number) => {
  const sound = () => {
    if (store.get('mute') || +(store.get('rang') ?? 0) >= newest) return;
    store.set('rang', `${newest}`);
    chime();
  };
  later(sound, document.hidden ? 200 + Math.random() * 400 : 0);
};
