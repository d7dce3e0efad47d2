/** Whether a page of a website carries the snippet of a site. */
import { chat } from '../api/chat';
import type { ChatCheck } from './types';

/** `shop.example` is looked at as `https://shop.example/`. */
export function checkPage(site: string, typed: string): Promise<ChatCheck> {
  const plain = typed.trim();
  const url = /^https?:\/\//i.test(plain) ? plain : `https://${plain}`;
  return chat.check(site, url);
}
