/** Pure: fills the variables of a quick reply: `{{contact.first_name|there}}`, `{{ask:Number}}`. */

/** What there is to fill in; an empty value counts as none. */
export interface Values {
  'contact.first_name': string;
  'contact.name': string;
  'contact.company': string;
  'agent.first_name': string;
  'agent.name': string;
  'business.name': string;
  'channel.name': string;
  'channel.number': string;
}

export type Variable = keyof Values;

export const VARIABLES: readonly Variable[] = [
  'contact.first_name',
  'contact.name',
  'contact.company',
  'agent.first_name',
  'agent.name',
  'business.name',
  'channel.name',
  'channel.number',
];

type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: Variable; otherwise: string }
  | { kind: 'ask'; question: string; otherwise: string }
  | { kind: 'unknown'; name: string; raw: string };

const PLACE = /\{\{([^{}]*)\}\}/g;

function piece(raw: string, inner: string): Piece {
  const bar = inner.indexOf('|');
  const name = (bar < 0 ? inner : inner.slice(0, bar)).trim();
  const otherwise = bar < 0 ? '' : inner.slice(bar + 1).trim();
  const question = name.startsWith('ask:') ? name.slice(4).trim() : '';
  if (question) return { kind: 'ask', question, otherwise };
  if ((VARIABLES as readonly string[]).includes(name)) {
    return { kind: 'variable', name: name as Variable, otherwise };
  }
  return { kind: 'unknown', name, raw };
}

/** A text cut at its variables. */
export function pieces(body: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(PLACE)) {
    if (match.index > from) found.push({ kind: 'text', text: body.slice(from, match.index) });
    found.push(piece(match[0], match[1] ?? ''));
    from = match.index + match[0].length;
  }
  if (from < body.length) found.push({ kind: 'text', text: body.slice(from) });
  return found;
}

/** What the writer has to be asked, each question once, in order. */
export function questions(body: string): string[] {
  const asked = pieces(body).flatMap((part) => (part.kind === 'ask' ? [part.question] : []));
  return [...new Set(asked)];
}

/** Names that nothing is known for. */
export function unknown(body: string): string[] {
  return pieces(body).flatMap((part) => (part.kind === 'unknown' ? [part.name] : []));
}

/** The text with everything in its place; what is not known stays as it is written. */
export function fillIn(
  body: string,
  values: Partial<Values>,
  answers: Readonly<Record<string, string>> = {},
): string {
  return pieces(body)
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'variable':
          return values[part.name]?.trim() || part.otherwise;
        case 'ask':
          return answers[part.question]?.trim() || part.otherwise;
        case 'unknown':
          return part.raw;
      }
    })
    .join('');
}

/** The first word of a name, for those who are called by it. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
