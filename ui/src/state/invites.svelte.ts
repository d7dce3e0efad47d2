/** Invitations: made by administrators, used once by whoever holds the link. */
import * as api from '../api/calls';
import { address } from './route.svelte';
import type { Invite, InviteInput, InviteLook } from './types';

class Invites {
  list = $state.raw<Invite[]>([]);

  async load(): Promise<void> {
    this.list = await api.invites.list();
  }

  /** The token of the new link. */
  async make(wish: InviteInput): Promise<string> {
    const made = await api.invites.add(wish);
    await this.load();
    return made.token;
  }

  async takeBack(id: string): Promise<void> {
    await api.invites.remove(id);
    await this.load();
  }

  look(token: string): Promise<InviteLook> {
    return api.invites.look(token);
  }
}

/** The link that carries a token: in the fragment, so that no server's log has it. */
export function inviteLink(base: string, token: string): string {
  return `${base.replace(/\/$/, '')}/${address(['join', token])}`;
}

/** Whether everybody between here and the desk could read along. */
export function isPlain(place: Pick<Location, 'protocol' | 'hostname'>): boolean {
  if (place.protocol !== 'http:') return false;
  return !/^(localhost|127\.[\d.]+|\[::1\]|tauri\.localhost)$/.test(place.hostname);
}

/** A text as squares. */
export async function drawCode(text: string): Promise<string[]> {
  return (await api.qr.draw(text)).rows;
}

export const invites = new Invites();
