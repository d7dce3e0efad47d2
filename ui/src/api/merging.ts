/** Contacts that are the same person: preview, merge, take apart, who may be. */
import { call } from './client';
import type {
  ContactMerge,
  Lookalike,
  Merged,
  MergePreview,
  MergeWish,
  Unmerged,
  UnmergePreview,
} from './types';

export const preview = (id: string, wish: MergeWish) =>
  call<MergePreview>('POST', `/contacts/${id}/merge-preview`, wish);
export const merge = (id: string, wish: MergeWish) =>
  call<Merged>('POST', `/contacts/${id}/merge`, wish);
export const list = (id: string) => call<ContactMerge[]>('GET', `/contacts/${id}/merges`);
export const apart = (id: string) => call<UnmergePreview>('GET', `/contact-merges/${id}`);
export const undo = (id: string) => call<Unmerged>('POST', `/contact-merges/${id}/undo`);
export const lookalikes = (id: string) => call<Lookalike[]>('GET', `/contacts/${id}/lookalikes`);
export const distinct = (id: string, other: string) =>
  call<void>('PUT', `/contacts/${id}/distinct/${other}`);
export const notDistinct = (id: string, other: string) =>
  call<void>('DELETE', `/contacts/${id}/distinct/${other}`);
