import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import TagPicker from '../../kit/TagPicker.svelte';
import type { Filter } from '../../state/filter';
import { labels } from '../../state/labels.svelte';
import { queues } from '../../state/nouns.svelte';
import type { Label } from '../../state/types';
import FilterBox from './list/FilterBox.svelte';
import FilterChips from './list/FilterChips.svelte';
import RowLabels from './list/RowLabels.svelte';

const label = (id: string, name: string, colour: Label['colour'] = 'red'): Label => ({
  id,
  name,
  colour,
  sessions: 0,
  contacts: 0,
  created_at: 1,
});

beforeEach(() => {
  labels.list = [label('l1', 'Late order'), label('l2', 'VIP', 'purple')];
  queues.list = [
    { id: 'q1', name: 'Sales', mode: 'manual', agents: [], used_by: [], created_at: 1 },
  ];
});
afterEach(cleanup);

function box(filter: Filter = {}) {
  const onfilter = vi.fn<(filter: Filter) => void>();
  const ondown = vi.fn();
  render(FilterBox, { filter, onfilter, ondown });
  return { onfilter, ondown, input: screen.getByTestId('search'), user: userEvent.setup() };
}

test('a typed filter becomes one, and only the words stay in the box', async () => {
  const { onfilter, input, user } = box();
  await user.type(input, 'red is:unread bike label:vip ');
  await waitFor(() => expect(input).toHaveValue('red bike'));
  const asked = onfilter.mock.calls.map(([filter]) => filter);
  expect(asked.some((filter) => filter.unread)).toBe(true);
  expect(asked.at(-1)).toMatchObject({ labels: ['l2'], q: 'red bike' });
  expect(asked.some((filter) => filter.q?.includes('label:'))).toBe(false);
});

test('the keys alone choose a field and its value', async () => {
  const { onfilter, input, user } = box({ unread: true });
  await user.type(input, 'la');
  expect(screen.getAllByTestId('proposal').map((one) => one.textContent)).toEqual([
    'Label label:',
    'Who wrote last last:',
  ]);
  await user.keyboard('{ArrowDown}');
  const chosen = input.getAttribute('aria-activedescendant');
  expect(document.getElementById(chosen ?? '')).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  expect(input).toHaveValue('label:');
  await user.keyboard('late{Tab}');
  expect(onfilter).toHaveBeenLastCalledWith({ unread: true, labels: ['l1'] });
  expect(input).toHaveValue('');
});

test('Backspace in the empty box takes the last filter away, and the arrow leads into the list', async () => {
  const { onfilter, ondown, input, user } = box({ unread: true, queue: 'q1' });
  await user.click(input);
  await user.keyboard('{Backspace}');
  expect(onfilter).toHaveBeenCalledWith({ unread: true });
  await user.keyboard('{ArrowDown}');
  expect(ondown).toHaveBeenCalled();
});

test('chips say what they narrow to, and go by key', async () => {
  const onfilter = vi.fn();
  const onleave = vi.fn();
  const filter: Filter = { unread: true, labels: ['l2', 'gone'], queue: 'q1', q: 'words' };
  render(FilterChips, { filter, onfilter, onleave });
  expect(screen.getAllByRole('button').map((chip) => chip.getAttribute('aria-label'))).toEqual([
    // Unread has a button of its own below.
    'Remove filter Label: VIP',
    'Remove filter Label: not there any more',
    'Remove filter Queue: Sales',
  ]);
  screen.getByRole('button', { name: 'Remove filter Label: VIP' }).focus();
  await userEvent.keyboard('{Delete}');
  expect(onfilter).toHaveBeenCalledWith({ ...filter, labels: ['gone'] });
  await userEvent.keyboard('{Escape}');
  expect(onleave).toHaveBeenCalled();
});

test('a row shows three dots at most, and names every label', () => {
  labels.list = ['A', 'B', 'C', 'D'].map((name) => label(name, name));
  render(RowLabels, { ids: ['A', 'B', 'C', 'D', 'gone'] });
  const dots = screen.getByTestId('row-labels');
  expect(dots.querySelectorAll('i')).toHaveLength(3);
  expect(dots).toHaveTextContent('+1');
  expect(dots).toHaveTextContent('Labels: A, B, C, D');
});

test('the picker puts on, takes off, and makes what is not there yet', async () => {
  const onchange = vi.fn();
  const oncreate = vi.fn(async () => 'l3');
  const user = userEvent.setup();
  render(TagPicker, {
    label: 'Find or make a label',
    tags: labels.list.map(({ id, name, colour }) => ({ id, name, tone: colour })),
    chosen: ['l1'],
    createLabel: (name: string) => `Make ${name}`,
    none: 'None',
    onchange,
    oncreate,
  });
  const input = screen.getByTestId('tag-search');
  expect(input).toHaveFocus();
  await user.keyboard('{ArrowDown}{Enter}');
  expect(onchange).toHaveBeenLastCalledWith(['l1', 'l2']);
  await user.click(screen.getAllByTestId('tag')[0] as HTMLElement);
  expect(onchange).toHaveBeenLastCalledWith([]);
  await user.type(input, 'vip');
  expect(screen.queryByTestId('tag-create')).toBeNull();
  await user.clear(input);
  await user.type(input, 'Wholesale{Enter}');
  expect(oncreate).toHaveBeenCalledWith('Wholesale');
  await waitFor(() => expect(onchange).toHaveBeenLastCalledWith(['l1', 'l3']));
  expect(input).toHaveValue('');
});
