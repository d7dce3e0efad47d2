// Browsers with a microphone that nobody has to allow, and what may be asked of their calls.

import { until } from './desk.mjs';

/** Two browsers on one machine find each other by its plain addresses. */
const TALKING = [
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  '--disable-features=WebRtcHideLocalIpsWithMdns', '--allow-loopback-in-peer-connection',
];

/** `website`: counts as one over https, where browsers allow microphones. */
export const talking = (website) => [...TALKING, ...(website ? [`--unsafely-treat-insecure-origin-as-secure=${new URL(website).origin}`] : [])];

/** Runs in the page: keeps its connections and its lines. */
export function listenIn() {
  globalThis.peers = [];
  globalThis.lines = [];
  const { RTCPeerConnection: Peer, WebSocket: Line } = globalThis;
  if (Peer)
    globalThis.RTCPeerConnection = class extends Peer {
      constructor(...how) {
        super(...how);
        globalThis.peers.push(this);
      }
    };
  globalThis.WebSocket = class extends Line {
    constructor(...how) {
      super(...how);
      globalThis.lines.push(this);
    }
  };
}

/** Runs in the page: somebody who allows no microphone. */
export function mute() {
  if (navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
}

/** Runs in the page: a microphone in any browser and on any page, for pictures. */
export function humming() {
  const getUserMedia = async () => {
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const into = sound.createMediaStreamDestination();
    tone.connect(into);
    tone.start();
    return into.stream;
  };
  Object.defineProperty(globalThis, 'isSecureContext', { value: true });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia, enumerateDevices: async () => [] } });
}

/** What came of the other side's voice so far: packets, and how loud they were in all. */
export const heard = (visitor) => visitor.page.evaluate(async () => {
  const all = { packets: 0, energy: 0, state: globalThis.peers.at(-1)?.connectionState };
  const stats = await globalThis.peers.at(-1)?.getStats();
  stats?.forEach((one) => {
    if (one.type !== 'inbound-rtp' || one.kind !== 'audio') return;
    all.packets += one.packetsReceived;
    all.energy += one.totalAudioEnergy ?? 0;
  });
  return all;
});

/** Waits until more packets come from the other side. */
export async function hears(visitor) {
  const before = (await heard(visitor)).packets;
  return until(`${visitor.name} hears the other`, async () => {
    const now = await heard(visitor);
    return now.packets > before + 10 && now;
  });
}

/** How much was heard within this time. */
export async function loudness(visitor, milliseconds = 2_000) {
  const before = (await heard(visitor)).energy;
  await visitor.page.waitForTimeout(milliseconds);
  return (await heard(visitor)).energy - before;
}
