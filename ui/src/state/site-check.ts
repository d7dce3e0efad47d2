/** Whether a page of a website carries the snippet of a site. */
import { chat } from '../api/chat';
import type { ChatCheck } from './types';

export function checkPage(site: string, typed: string): Promise<ChatCheck> {
  return chat.check(site, typed.trim());
}
