/** Whose something that is kept in this browser is: others may sign in here, or at another office. */
import { connection } from '../api/client';
import { me } from './me.svelte';

/** Stands before what is kept for the person who is signed in; empty: nobody is. */
export function whose(): string {
  return me.id && `${me.id}@${encodeURIComponent(connection.joined)}/`;
}
