/**
 * What only the desktop window has. The one file that imports Tauri: everywhere else a browser
 * and the window are the same. Every function is harmless in a browser.
 */
import { invoke, isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

export interface Host {
  /** `http://127.0.0.1:PORT`, or the address of the office that was joined. */
  address: string;
  /** Whether that is another desk's host. */
  joined: boolean;
  desktop: boolean;
}

export const onDesktop = isTauri();

export async function host(): Promise<Host | null> {
  return onDesktop ? invoke<Host>('host') : null;
}

/** A button of a notification: what it is called here, and what it says. */
export interface NotificationButton {
  id: string;
  label: string;
  /** It leaves the window where it is. */
  quiet: boolean;
}

export async function notify(
  title: string,
  body: string,
  sessionId: string,
  buttons: NotificationButton[] = [],
): Promise<void> {
  if (onDesktop) await invoke('notify', { title, body, sessionId, buttons });
}

/** A button of a notification was pressed. */
export async function onButton(
  pressed: (sessionId: string, button: string) => void,
): Promise<void> {
  if (!onDesktop) return;
  await listen<{ session_id: string; button: string }>('notification-button', (event) =>
    pressed(event.payload.session_id, event.payload.button),
  );
}

/** An answer was written into a notification itself. */
export async function onAnswer(written: (sessionId: string, text: string) => void): Promise<void> {
  if (!onDesktop) return;
  await listen<{ session_id: string; text: string }>('notification-answer', (event) =>
    written(event.payload.session_id, event.payload.text),
  );
}

export async function onOpenSession(open: (sessionId: string) => void): Promise<void> {
  if (onDesktop) await listen<string>('open-session', (event) => open(event.payload));
}

/** A file that the page put together has come to the download folder, or has not. */
export interface SavedFile {
  saved: boolean;
  name: string | null;
}

export async function onFileSaved(told: (file: SavedFile) => void): Promise<void> {
  if (onDesktop) await listen<SavedFile>('file-saved', (event) => told(event.payload));
}

export async function setUnread(count: number): Promise<void> {
  if (onDesktop) await invoke('set_unread', { count });
}

export async function autostart(): Promise<boolean> {
  return onDesktop ? invoke<boolean>('autostart') : false;
}

export async function setAutostart(on: boolean): Promise<void> {
  if (onDesktop) await invoke('set_autostart', { on });
}

export async function openLogFolder(): Promise<void> {
  if (onDesktop) await invoke('open_log_folder');
}

/** Joins another office's host, or goes back to the one inside; the window starts anew. */
export async function join(address: string | null): Promise<void> {
  if (onDesktop) await invoke('join', { address });
}

/** Opens a link in the system's browser. */
export async function openExternal(url: string): Promise<void> {
  if (onDesktop) await invoke('open_external', { url });
  else globalThis.open(url, '_blank', 'noopener,noreferrer');
}
