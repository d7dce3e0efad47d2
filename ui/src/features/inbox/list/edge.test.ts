import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { columns, LEAST, MOST, USUAL } from '../../../state/columns.svelte';
import ListEdge from './ListEdge.svelte';

test('the edge of the list moves by keys, within its bounds, and comes back', async () => {
  const user = userEvent.setup();
  render(ListEdge);
  const edge = screen.getByRole('separator', { name: 'Width of the list' });
  const width = () => Number(edge.getAttribute('aria-valuenow'));
  edge.focus();
  await user.keyboard('{ArrowRight}');
  expect(width()).toBe(USUAL + 16);
  await user.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(width()).toBe(USUAL - 16);
  await user.keyboard('{End}{ArrowRight}');
  expect(width()).toBe(MOST);
  await user.keyboard('{Home}{ArrowLeft}');
  expect(width()).toBe(LEAST);
  expect(localStorage.getItem('deskbell.list-width')).toBe(String(LEAST));
  await user.dblClick(edge);
  expect(columns.list).toBe(USUAL);
});
