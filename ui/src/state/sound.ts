/**
 * Six sounds, made here so that no file has to be fetched, and a file of one's own that stays on
 * this device. Knows nothing of what they are for.
 */
import { mediaDevices } from '../device/media';
import { ownSound } from './own-sound';
import type { Sound } from './types';

const VOLUME = 'deskbell.volume';
const OUTPUT = 'deskbell.output';
/** A quiet one, for whoever sits in front of it. */
const SOFT = 0.35;

export interface Tone {
  frequency: number;
  gain: number;
  seconds: number;
  /** Seconds after the first. */
  after?: number;
  shape?: OscillatorType;
}

const note = (frequency: number, after: number, gain = 0.16, seconds = 0.5): Tone => ({
  frequency,
  gain,
  seconds,
  after,
});

const SCORES: Record<Exclude<Sound, 'own'>, Tone[]> = {
  bell: [note(1318.5, 0, 0.16, 1.1), note(2637, 0, 0.06, 0.7), note(3951, 0, 0.025, 0.4)],
  chime: [note(880, 0), note(1108.7, 0.12), note(1318.5, 0.24, 0.14, 0.9)],
  marimba: [
    note(523.3, 0, 0.22, 0.28),
    note(2093, 0, 0.03, 0.1),
    note(659.3, 0.14, 0.2, 0.3),
    note(784, 0.28, 0.18, 0.4),
  ],
  knock: [
    { frequency: 190, gain: 0.35, seconds: 0.11, shape: 'triangle' },
    { frequency: 170, gain: 0.35, seconds: 0.11, after: 0.16, shape: 'triangle' },
  ],
  ping: [note(1760, 0, 0.14, 0.35), note(3520, 0, 0.03, 0.2)],
  tick: [{ frequency: 1200, gain: 0.12, seconds: 0.05, shape: 'square' }],
};

let context: AudioContext | null = null;

function play(audio: AudioContext, partial: Tone, volume: number): void {
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  const start = audio.currentTime + (partial.after ?? 0);
  tone.type = partial.shape ?? 'sine';
  tone.frequency.value = partial.frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(partial.gain * volume, start + 0.006);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + partial.seconds);
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + partial.seconds);
}

async function playOwn(audio: AudioContext, volume: number): Promise<boolean> {
  const bytes = await ownSound.bytes();
  if (!bytes) return false;
  const source = audio.createBufferSource();
  const gain = audio.createGain();
  source.buffer = await audio.decodeAudioData(bytes);
  gain.gain.value = volume;
  source.connect(gain).connect(audio.destination);
  source.start();
  return true;
}

/** Of this device, 0 to 1. */
export function volume(): number {
  const kept = Number(localStorage.getItem(VOLUME) ?? '1');
  return Number.isFinite(kept) ? Math.min(1, Math.max(0, kept)) : 1;
}

export function setVolume(wanted: number): void {
  localStorage.setItem(VOLUME, String(wanted));
}

/** Where sounds come from on this device; an empty id is the usual place. */
export interface Output {
  id: string;
  label: string;
}

const USUAL: Output = { id: '', label: '' };
type Routed = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Whether a page may choose here: not in every browser, and only where the line is safe. */
export function choosesOutput(): boolean {
  const can = 'AudioContext' in globalThis && 'setSinkId' in AudioContext.prototype;
  return can && mediaDevices() !== undefined;
}

export function output(): Output {
  try {
    const kept = JSON.parse(localStorage.getItem(OUTPUT) ?? 'null') as Partial<Output> | null;
    const { id, label } = { ...USUAL, ...kept };
    return typeof id === 'string' && typeof label === 'string' ? { id, label } : USUAL;
  } catch {
    return USUAL;
  }
}

export function setOutput(wanted: Output): void {
  localStorage.setItem(OUTPUT, JSON.stringify(wanted));
}

/** The outputs of this device; browsers name them only to pages that may use the microphone. */
export async function outputs(): Promise<Output[]> {
  const named = await namedOutputs();
  if (named.length > 0) return named;
  const stream = await mediaDevices()?.getUserMedia({ audio: true });
  for (const track of stream?.getTracks() ?? []) track.stop();
  return namedOutputs();
}

async function namedOutputs(): Promise<Output[]> {
  const all = (await mediaDevices()?.enumerateDevices()) ?? [];
  return all
    .filter(
      (one) => one.kind === 'audiooutput' && one.deviceId !== '' && one.deviceId !== 'default',
    )
    .map((one) => ({ id: one.deviceId, label: one.label }));
}

/** One that was unplugged makes way for the usual one until it is back. */
async function lead(audio: Routed): Promise<void> {
  await audio.setSinkId?.(output().id).catch(() => audio.setSinkId?.(''));
}

/** Answers whether something could be heard. */
export function ring(sound: Sound = 'bell', soft = false): Promise<boolean> {
  return score(SCORES[sound === 'own' ? 'bell' : sound], soft, sound === 'own');
}

/** The same of any notes; `own`: rather the own file. */
export async function score(notes: Tone[], soft = false, own = false): Promise<boolean> {
  const loud = volume() * (soft ? SOFT : 1);
  if (loud === 0) return false;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    const audio = context;
    await lead(audio);
    if (own && (await playOwn(audio, loud))) return true;
    for (const partial of notes) play(audio, partial, loud);
    return true;
  } catch {
    // No sound device, or the page was never touched: the toast says it too.
    return false;
  }
}
