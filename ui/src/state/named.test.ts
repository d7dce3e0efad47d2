import { expect, test } from 'vitest';
import { marked, matching, naming, sees, stillNamed } from './named';
import { session } from './samples';
import type { Person, Queue } from './types';

function person(id: string, name: string, role: Person['role'] = 'agent'): Person {
  return { id, name, role, presence: 'available', open_sessions: 0 };
}

const ana = person('a', 'Ana Lopez');
const tom = person('t', 'Tom Reed');
const team = [tom, ana, person('n', 'Nina Anand')];

test('a name is asked for where @ begins a word, and not inside an address', () => {
  const asked = (text: string) => naming(text, text.length);
  expect(asked('@')).toEqual({ from: 0, typed: '' });
  expect(asked('Could @an')).toEqual({ from: 6, typed: 'an' });
  expect(asked('(@Ana Lo')).toEqual({ from: 1, typed: 'Ana Lo' });
  expect(asked('@ł')).toEqual({ from: 0, typed: 'ł' });
  expect(asked('ana@shop')).toBeNull();
  expect(asked('@Ana Lopez knows')).toBeNull();
  expect(asked('@Ana, you')).toBeNull();
  expect(naming('@an and more', 3)).toEqual({ from: 0, typed: 'an' });
});

test('names that begin so come before words that do', () => {
  const names = (typed: string) => matching(team, typed).map((one) => one.name);
  expect(names('an')).toEqual(['Ana Lopez', 'Nina Anand']);
  expect(names('REED')).toEqual(['Tom Reed']);
  expect(names('')).toEqual(['Ana Lopez', 'Nina Anand', 'Tom Reed']);
  expect(names('x')).toEqual([]);
});

test('who sees a session: its owner, those who wait for it, and who supervises', () => {
  const queue = { id: 'q1', agents: ['a'] } as Queue;
  expect(sees(ana, session('s'), queue)).toBe(true);
  expect(sees(tom, session('s'), queue)).toBe(false);
  expect(sees(ana, session('s', { owner_id: 't' }), queue)).toBe(false);
  expect(sees(tom, session('s', { owner_id: 't' }), queue)).toBe(true);
  expect(sees(person('s', 'Sam', 'supervisor'), session('s'), undefined)).toBe(true);
});

test('only names that still stand in the text go along', () => {
  const nameOf = (id: string) => team.find((one) => one.id === id)?.name;
  expect(stillNamed('@Ana Lopez please', ['a', 't', 'gone'], nameOf)).toEqual(['a']);
});

test('names are marked, the longer one of two first', () => {
  expect(marked('Hi @Ana Lopez!', ['Ana', 'Ana Lopez'])).toEqual([
    { text: 'Hi ', name: false },
    { text: '@Ana Lopez', name: true },
    { text: '!', name: false },
  ]);
  expect(marked('nobody', ['Ana'])).toEqual([{ text: 'nobody', name: false }]);
});
