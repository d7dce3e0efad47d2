/** Two soft notes, made by the browser: nothing is loaded. Silent until somebody has touched the page. */
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

export const chime = (): void => {
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
