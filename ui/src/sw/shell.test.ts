import { expect, test } from 'vitest';
import { outdated, way } from './shell';

const SCOPE = 'https://desk.example/office/';

function check(path: string, expected: ReturnType<typeof way>, mode = 'cors', method = 'GET') {
  expect(way(method, mode, path, SCOPE), path).toBe(expected);
}

test('an answer of the desk is never taken from here', () => {
  check(`${SCOPE}api/v1/sessions`, 'pass');
  check(`${SCOPE}api/v1/files/7/content`, 'pass');
  check(`${SCOPE}api/v1/desk`, 'pass', 'navigate');
  check(`${SCOPE}assets/index-1.js`, 'pass', 'cors', 'POST');
});

test('the page and its files are', () => {
  check(SCOPE, 'page', 'navigate');
  check(`${SCOPE}?from=home`, 'page', 'navigate');
  check(`${SCOPE}assets/index-1.js`, 'file');
  check(`${SCOPE}icon-192.png`, 'file');
});

test('what is not ours passes', () => {
  check('https://other.example/assets/index-1.js', 'pass');
  check(`${SCOPE}sw.js`, 'pass');
  check(`${SCOPE}media/7`, 'pass', 'navigate');
});

test('only older versions of the pages are cleared away', () => {
  const names = ['deskbell-words', 'deskbell-shell-a', 'deskbell-shell-b'];
  expect(outdated(names, 'deskbell-shell-b')).toEqual(['deskbell-shell-a']);
});
