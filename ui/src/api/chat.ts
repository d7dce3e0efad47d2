/** Live chat: the settings of a site, its snippet, the look at a page, and what is told of visitors. */
import type { Span } from './calls';
import { call, connection, withQuery } from './client';
import type { ChatCheck, ChatFigures, ChatSettings, ChatSnippet, Visitor } from './types';

export const chat = {
  settings: (id: string) => call<ChatSettings>('GET', `/channels/${id}/chat`),
  change: (id: string, settings: ChatSettings) =>
    call<ChatSettings>('PUT', `/channels/${id}/chat`, settings),
  snippet: (id: string) => call<ChatSnippet>('GET', `/channels/${id}/chat/snippet`),
  check: (id: string, url: string) =>
    call<ChatCheck>('POST', `/channels/${id}/chat/check`, { url }),
  figures: (id: string, span: Span) =>
    call<ChatFigures>('GET', withQuery(`/channels/${id}/chat/figures`, span)),
  /** The test page, on the desk's own address. */
  testPage: (path: string) => `${connection.origin}${path}`,
  visitor: (session: string) => call<Visitor>('GET', `/sessions/${session}/visitor`),
};
