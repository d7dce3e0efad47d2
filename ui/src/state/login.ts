/** Pure: the sign-in name that a name suggests: the first name in plain letters. */
export function suggestedLogin(name: string): string {
  const first = name.trim().split(/\s+/)[0] ?? '';
  return first
    .normalize('NFKD')
    .replace(/[^\w.-]/g, '')
    .toLowerCase();
}
