/**
 * Pure: a provider's step or note in pieces. `**bold**` is found on its site; what stands in
 * backticks is to be copied as it is; `{webhook_url}` is ours.
 */

export interface Part {
  kind: 'text' | 'bold' | 'code' | 'webhook';
  text: string;
}

export function parts(step: string): Part[] {
  return step
    .split(/(\*\*[^*]+\*\*|`[^`]+`|\{webhook_url\})/)
    .filter(Boolean)
    .map((text): Part => {
      if (text === '{webhook_url}') return { kind: 'webhook', text: '' };
      if (text.startsWith('**')) return { kind: 'bold', text: text.slice(2, -2) };
      if (text.startsWith('`')) return { kind: 'code', text: text.slice(1, -1) };
      return { kind: 'text', text };
    });
}

/** Where a web address leads, in short: `console.twilio.com`. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
