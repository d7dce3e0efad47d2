import { beforeEach, describe, expect, test } from 'vitest';
import { me } from '../../state/me.svelte';
import { channels } from '../../state/nouns.svelte';
import { ACTIONS, keysOf } from '../../state/keymap.svelte';
import { ORDER, type Verb } from '../../state/offers';
import { panels } from '../../state/panels.svelte';
import { route } from '../../state/route.svelte';
import { session } from '../../state/samples';
import { sessions } from '../../state/sessions.svelte';
import type { Session } from '../../state/types';
import { bindings, entries, KEYS } from './session-menu';

/** A session to which each applies, where the ordinary one is not it. */
const FITTING: Partial<Record<Verb, Partial<Session>>> = {
  'take-over': { permits: { ...session('a').permits, take_over: true } },
  wake: { snoozed: true },
  read: { unread: 2 },
  unmute: { muted: true },
  unarchive: { archived: true },
};
const fitting = (verb: Verb) => session('a', FITTING[verb] ?? {});

beforeEach(() => {
  channels.providers = [
    { id: 'twilio', label: 'Twilio', medium: 'sms', identity: 'phone' },
  ] as unknown as typeof channels.providers;
});

describe.each(ORDER)('%s', (verb) => {
  test('stands in the menus of the row and the thread, and in the palette, with a name', () => {
    const entry = entries([fitting(verb)]).find((one) => one.id === verb);
    expect(entry?.label).toMatch(/\w/);
    expect(entry?.icon).toMatch(/\w/);
  });

  test('has a key that can be changed and is heard', () => {
    const action = KEYS[verb];
    expect(keysOf({}, action).length).toBeGreaterThan(0);
    expect(ACTIONS[action].group).toBe('session');
    expect(bindings()[action]).toBeTypeOf('function');
  });
});

test('a call that is not allowed is shown, and says why', () => {
  expect(me.mayCall).toBe(false);
  const call = entries([fitting('call')]).find((one) => one.id === 'call');
  expect(call?.reason).toContain('An administrator can allow it');
  channels.providers = [];
  expect(entries([fitting('call')]).some((one) => one.id === 'call')).toBe(false);
});

test('what is done to another row happens once that session is on the screen', () => {
  route.replace(['inbox', 'recent', 'a']);
  for (const id of ['a', 'b']) sessions.known.set(id, session(id));
  sessions.open('a');
  const before = panels.focus.count;
  const note = (id: string) => entries([session(id)]).find((one) => one.id === 'note');
  note('a')?.act();
  expect(panels.focus).toEqual({ count: before + 1, tab: 'note' });
  note('b')?.act();
  expect(panels.focus.count).toBe(before + 1);
  expect(location.hash).toBe('#/inbox/recent/b');
  panels.arrived('c');
  expect(panels.focus.count).toBe(before + 1);
  note('b')?.act();
  panels.arrived('b');
  panels.arrived('b');
  expect(panels.focus.count).toBe(before + 2);
});
