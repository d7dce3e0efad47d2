/** Pure: a provider's step in pieces. `**bold**` is found on its site; `{webhook_url}` is ours. */

export interface Part {
  kind: 'text' | 'bold' | 'webhook';
  text: string;
}

export function parts(step: string): Part[] {
  return step
    .split(/(\*\*[^*]+\*\*|\{webhook_url\})/)
    .filter(Boolean)
    .map((text): Part => {
      if (text === '{webhook_url}') return { kind: 'webhook', text: '' };
      if (text.startsWith('**')) return { kind: 'bold', text: text.slice(2, -2) };
      return { kind: 'text', text };
    });
}
