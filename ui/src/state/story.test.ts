import { expect, test } from 'vitest';
import { story } from './story';
import type { Message, Operation } from './types';

function told(event: Operation): string {
  const line = { author_id: 'tom', author_name: 'Tom', text: '', event } as Partial<Message>;
  return story(line as Message, 'somebody else');
}

type Change = Omit<Extract<Operation, { kind: 'call_changed' }>, 'kind' | 'name'>;

function call(change: Change): string {
  return told({ kind: 'call_changed', name: 'Tom', ...change });
}

test('a call is told from its beginning to its end', () => {
  const number = '+12025550147';
  expect(told({ kind: 'called', method: 'tel', number })).toBe('Tom called +1 202 555 0147');
  expect(told({ kind: 'called', method: 'provider', number })).toContain('through the provider');
  expect(call({ state: 'ringing' })).toBe('The customer’s telephone rings');
  expect(call({ state: 'ended', seconds: 61 })).toBe('The call of Tom ended after 1:01');
  expect(call({ state: 'ended', seconds: 3605 })).toBe('The call of Tom ended after 60:05');
  expect(call({ state: 'ended' })).toBe('The call of Tom ended');
  expect(call({ state: 'failed', reason: 'No permission' })).toContain('failed: No permission');
  expect(call({ state: 'not_picked_up' })).toBe('Tom did not answer their own telephone');
});

test('a call in a live chat is told once it is over, with who spoke and for how long', () => {
  const kind = 'chat_call';
  const visitor = (change: object) => told({ kind, by: 'visitor', ...change } as Operation);
  const agent = (change: object) =>
    told({ kind, by: 'agent', name: 'Tom', ...change } as Operation);
  expect(visitor({ state: 'ended', name: 'Tom', seconds: 61 })).toBe(
    'Tom took the visitor’s call; it ended after 1:01',
  );
  expect(visitor({ state: 'missed', reason: 'no_answer' })).toBe(
    'Nobody answered the visitor’s call',
  );
  expect(visitor({ state: 'missed', reason: 'given_up' })).toContain('hung up before');
  expect(visitor({ state: 'declined' })).toContain('was declined');
  expect(visitor({ state: 'failed', reason: 'line_lost' })).toBe('The visitor’s call failed');
  expect(agent({ state: 'ended', seconds: 3605 })).toBe('The call of Tom ended after 60:05');
  expect(agent({ state: 'missed', reason: 'no_answer' })).toBe(
    'The customer did not answer the call',
  );
  expect(agent({ state: 'declined' })).toBe('The visitor declined the call of Tom');
  expect(agent({ state: 'failed', reason: 'no_media' })).toBe('The call of Tom failed');
});
