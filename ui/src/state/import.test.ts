import { expect, test } from 'vitest';
import { choiceOf, fieldsFor, samples, tableOf, useOf } from './import-columns';
import { factWords, issueWords } from './import-words';
import type { ColumnUse, ContactField, ImportDraft, ImportIssue } from './types';

const plain: ColumnUse = { to: 'number', remark: 'Mobile', field_id: null, name: '' };

test('a choice is a use of the column, and back', () => {
  expect(useOf('number', 'Phone', plain)).toEqual(plain);
  expect(useOf('email', 'Phone', plain)).toEqual({ ...plain, to: 'email', remark: '' });
  const own = useOf('field:f1', 'Level', plain);
  expect([own.to, own.field_id, choiceOf(own)]).toEqual(['field', 'f1', 'field:f1']);
  const fresh = useOf('new_field', ` ${'x'.repeat(80)}`, plain);
  expect([fresh.to, fresh.name]).toEqual(['new_field', 'x'.repeat(59)]);
  expect(choiceOf(fresh)).toBe('new_field');
});

test('a custom field is offered to one column', () => {
  const field = (id: string): ContactField => ({
    id,
    name: id,
    kind: 'text',
    choices: [],
    used_by: 0,
  });
  const uses = [useOf('field:f1', '', plain), useOf('skip', '', plain)];
  const ids = (at: number) => fieldsFor([field('f1'), field('f2')], uses, at).map((one) => one.id);
  expect(ids(0)).toEqual(['f1', 'f2']);
  expect(ids(1)).toEqual(['f2']);
});

test('a column shows what stands in it', () => {
  const draft = { preview: [['a', ''], ['b'], ['c', 'd']] } as unknown as ImportDraft;
  expect([samples(draft, 0), samples(draft, 1), samples(draft, 2)]).toEqual([
    ['a', 'b', 'c'],
    ['d'],
    [],
  ]);
});

test('the list of what cannot be used calculates nothing', () => {
  expect(
    tableOf([
      ['=1+1', '+12025550147'],
      ['a "b", c', '-x\ny'],
    ]),
  ).toBe('\uFEFF\'=1+1,+12025550147\r\n"a ""b"", c","\'-x\ny"\r\n');
});

test('what is wrong and what changes is told in words', () => {
  const issue = (change: Partial<ImportIssue>): ImportIssue => ({
    line: 3,
    used: false,
    kind: 'nothing',
    what: '',
    other: null,
    ...change,
  });
  expect(issueWords(issue({}))).toBe('Neither a name nor a number');
  expect(issueWords(issue({ kind: 'duplicate', what: 'Vera', other: 2 }))).toBe(
    'Vera is the same contact as in line 2',
  );
  expect(issueWords(issue({ kind: 'bad_number', what: '12' }))).toContain('“12”');
  const fact = { what: 'company' as const, name: '', before: '', after: 'Bakery' };
  expect(factWords(fact)).toBe('Company: Bakery');
  expect(factWords({ ...fact, before: 'Farm' })).toBe('Company: Bakery (was Farm)');
  expect(factWords({ ...fact, what: 'field', name: 'Level' })).toBe('Level: Bakery');
});
