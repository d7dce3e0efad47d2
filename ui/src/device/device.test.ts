import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './clipboard';
import { newKey } from './key';

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
