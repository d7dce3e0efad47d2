/**
 * The media of one call: a microphone, a connection between two browsers, and what is heard of the
 * other side. Both ends use it, the widget and the pages of the desk. Knows no desk and no element.
 */
import type { Server } from './frames';
import type { Page } from './page';

/** Why there is no microphone: forbidden, none there, taken by somebody else, or a page over http. */
export type Silence = 'denied' | 'missing' | 'taken' | 'insecure';

/** They hear each other; for a moment they do not; they never did, or not any more. */
export type Media = 'talking' | 'shaky' | 'broken';

export interface Voice {
  /** How the other side reaches us, where we call. */
  offer(): Promise<string>;
  /** The same, where they called. */
  answer(offer: string): Promise<string>;
  /** What they answered; a second time changes nothing. */
  accept(answer: string): Promise<void>;
  /** A further way to reach them; at any time, and as often as it comes. */
  candidate(way: string): void;
  mute(on: boolean): void;
  /** Switches the microphone off. */
  close(): void;
}

/** What of the page it needs: kept from before the page could replace it. */
export type Wire = Pick<Page, 'parse' | 'write' | 'later' | 'never'>;

/** Media that have not come about by then do not come. */
const LATE = 20_000;

const WHY: Record<string, Silence> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

/** Whether this browser can talk at all, on this page. */
export const canTalk = (): boolean =>
  isSecureContext && 'RTCPeerConnection' in globalThis && 'mediaDevices' in navigator;

/** Asks for the microphone; refuses with a `Silence`. */
export const microphone = async (): Promise<MediaStream> => {
  if (!('mediaDevices' in navigator)) throw 'insecure' satisfies Silence;
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    throw WHY[(error as DOMException).name] ?? ('taken' satisfies Silence);
  }
};

/** `tell`: a way to reach us, `''` after the last; `changed`: how the media are. */
export const voice = (
  stream: MediaStream,
  servers: readonly Server[],
  { parse, write, later, never }: Wire,
  tell: (way: string) => void,
  changed: (media: Media) => void,
): Voice => {
  const peer = new RTCPeerConnection({
    iceServers: servers.map(({ urls, username, credential }) =>
      username ? { urls, username, credential: credential ?? '' } : { urls },
    ),
  });
  const heard = new Audio();
  heard.autoplay = true;
  const known = new Set<string>();
  /** Ways to them that came before it was known who they are. */
  let early: string[] | undefined = [];
  let late: number | undefined;

  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  peer.ontrack = ({ streams, track }) => {
    heard.srcObject = streams[0] ?? new MediaStream([track]);
    heard.play().catch(() => {});
  };
  peer.onicecandidate = ({ candidate }) =>
    tell(candidate?.candidate ? write(candidate.toJSON()) : '');
  peer.onconnectionstatechange = () => {
    const { connectionState } = peer;
    if (connectionState === 'connected') {
      never(late);
      changed('talking');
    } else if (connectionState === 'disconnected') changed('shaky');
    else if (connectionState === 'failed') changed('broken');
  };

  const add = (way: string) => {
    if (!way || known.has(way)) return;
    known.add(way);
    try {
      peer.addIceCandidate(parse(way) as RTCIceCandidateInit).catch(() => {});
    } catch {
      // What cannot be read leads nowhere.
    }
  };
  const remote = async (type: RTCSdpType, sdp: string) => {
    await peer.setRemoteDescription({ type, sdp });
    early?.forEach(add);
    early = undefined;
    late = later(() => changed('broken'), LATE);
  };
  const local = async () => {
    await peer.setLocalDescription();
    return peer.localDescription?.sdp ?? '';
  };

  return {
    offer: local,
    async answer(offer) {
      await remote('offer', offer);
      return local();
    },
    async accept(answer) {
      if (peer.signalingState === 'have-local-offer') await remote('answer', answer);
    },
    candidate(way) {
      if (early) early.push(way);
      else add(way);
    },
    mute(on) {
      for (const track of stream.getTracks()) track.enabled = !on;
    },
    close() {
      never(late);
      peer.ontrack = peer.onicecandidate = peer.onconnectionstatechange = null;
      for (const track of stream.getTracks()) track.stop();
      peer.close();
      heard.srcObject = null;
    },
  };
};
