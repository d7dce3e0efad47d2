/** The bell: two partials that die away. Made here, so that no file has to be fetched. */

let context: AudioContext | null = null;

function partial(audio: AudioContext, frequency: number, volume: number, seconds: number): void {
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  const start = audio.currentTime;
  tone.frequency.value = frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.006);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + seconds);
}

export async function ring(): Promise<void> {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    partial(context, 1318.5, 0.16, 1.1);
    partial(context, 2637, 0.06, 0.7);
    partial(context, 3951, 0.025, 0.4);
  } catch {
    // No sound device, or the page was never touched: the toast says it too.
  }
}
