import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './clipboard';
import { newKey, SameKey } from './key';
import { canShrink, firstThatFits, jpegName } from './picture';

afterEach(() => vi.unstubAllGlobals());

test('keys are made where a page came over plain HTTP, too, and no two are the same', () => {
  const { getRandomValues } = crypto;
  // What a browser leaves of it there.
  vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
  const keys = Array.from({ length: 500 }, newKey);
  expect(new Set(keys).size).toBe(500);
  for (const key of keys) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('a key stays for as long as what it stands for', () => {
  const key = new SameKey();
  const first = key.for('a', 'b');
  expect(key.for('a', 'b')).toBe(first);
  expect(key.for('ab', '')).not.toBe(first);
  const again = key.for('a', 'b');
  key.spent();
  expect(key.for('a', 'b')).not.toBe(again);
});

test('without a clipboard the old way copies, says when it did not, and gives the focus back', async () => {
  vi.stubGlobal('navigator', { userAgent: 'plain' });
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  let copied = '';
  document.execCommand = (command: string) => {
    const box = document.querySelector('textarea');
    copied = `${command}: ${box?.value}`;
    return true;
  };
  await copyText('Hello\nMaria');
  expect(copied).toBe('copy: Hello\nMaria');
  expect(document.querySelector('textarea')).toBeNull();
  expect(document.activeElement).toBe(button);
  document.execCommand = () => false;
  await expect(copyText('x')).rejects.toThrow();
});

test('a picture is drawn as large and as well as fits, and no more often than needed', async () => {
  const tried: number[] = [];
  const draw = async ({ scale, quality }: { scale: number; quality: number }) => {
    tried.push(scale);
    return new Blob(['x'.repeat(Math.round(1000 * scale * scale * quality))]);
  };
  expect((await firstThatFits(500, draw))?.size).toBe(478);
  expect(tried).toEqual([1, 1, 0.75]);
  expect(await firstThatFits(10, draw)).toBeNull();
  expect([jpegName('a.b.png'), jpegName('photo')]).toEqual(['a.b.jpg', 'photo.jpg']);
  expect(canShrink({ type: 'image/png' })).toBe(true);
  for (const type of ['image/gif', 'image/svg+xml', 'application/pdf']) {
    expect(canShrink({ type })).toBe(false);
  }
});
