import { beforeEach, describe, expect, it, vi } from 'vitest';
import { kept } from './kept';

const SITE = 'https://desk.example/chat/abc/';
beforeEach(() => localStorage.clear());

describe('what a browser keeps', () => {
  it('is kept for each site apart', () => {
    const one = kept(SITE, () => localStorage);
    const other = kept('https://desk.example/chat/xyz/', () => localStorage);
    one.set('token', 'a');
    expect(other.get('token')).toBeUndefined();
    expect(kept(SITE, () => localStorage).get('token')).toBe('a');
    expect(one.names('')).toEqual(['token']);
  });

  it('is listed in order, by how names begin', () => {
    const store = kept(SITE, () => localStorage);
    for (const name of ['out:2', 'seen', 'out:1']) store.set(name, name);
    expect(store.names('out:')).toEqual(['out:1', 'out:2']);
    store.drop('out:1');
    expect(store.names('out:')).toEqual(['out:2']);
  });

  it('lasts as long as the page where storage is refused', () => {
    const store = kept(SITE, () => {
      throw new Error('SecurityError');
    });
    store.set('token', 'a');
    expect(store.get('token')).toBe('a');
    expect(store.names('')).toEqual(['token']);
    store.drop('token');
    expect(store.get('token')).toBeUndefined();
  });

  it('lasts as long as the page where storage is full', () => {
    const full = new Proxy({} as Storage, {
      set: () => {
        throw new Error('QuotaExceededError');
      },
    });
    const store = kept(SITE, () => full);
    store.set('out:1', 'text');
    expect(store.get('out:1')).toBe('text');
    expect(store.names('out:')).toEqual(['out:1']);
  });

  it('tells what another tab changed', () => {
    const changed = vi.fn();
    const store = kept(SITE, () => localStorage);
    store.watch(changed);
    store.set('seen', '4');
    const key = Object.keys(localStorage)[0] ?? '';
    dispatchEvent(new StorageEvent('storage', { key }));
    dispatchEvent(new StorageEvent('storage', { key: 'theirs' }));
    expect(changed.mock.calls).toEqual([['seen']]);
  });
});
