/** Pure: what a visitor's browser told, as people read it. Nothing of it is trusted. */

/** An address that may be opened: of the web, or `null`. */
export function webAddress(url: string): string | null {
  try {
    const read = new URL(url);
    return read.protocol === 'https:' || read.protocol === 'http:' ? read.href : null;
  } catch {
    return null;
  }
}

/** The title of a page, or the part of its address that tells pages apart. */
export function pageShown({ url, title }: { url: string; title: string }): string {
  if (title.trim()) return title.trim();
  try {
    const { host, pathname } = new URL(url);
    return pathname === '/' ? host : host + decodeURI(pathname);
  } catch {
    return url;
  }
}

/** `Firefox · Windows`; what is not known by name is shown as it came. */
export function browserWords(agent: string): string {
  const browser = [
    ['Edg', 'Edge'],
    ['OPR', 'Opera'],
    ['Firefox', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['Safari', 'Safari'],
  ].find(([mark = '']) => agent.includes(`${mark}/`))?.[1];
  const system = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['CrOS', 'ChromeOS'],
    ['Linux', 'Linux'],
  ].find(([mark = '']) => agent.includes(mark))?.[1];
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 80);
}
