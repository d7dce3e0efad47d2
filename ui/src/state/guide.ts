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

/** An address with the name and password that a caller has to come with. */
export function addressWith(url: string, user: string, password: string): string {
  const [scheme = '', rest = ''] = url.split('://');
  const [name, secret] = [user, password].map((text) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );
  return `${scheme}://${name}:${secret}@${rest}`;
}

/** Where a web address leads, in short: `console.twilio.com`. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
