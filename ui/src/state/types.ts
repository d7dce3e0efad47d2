/** The nouns for components, which know state and not the API. */
export type * from '../api/types';
export type { SessionVerb, Span } from '../api/calls';
