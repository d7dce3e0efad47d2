/** The site's look on an element: colour, side, distance, direction. By CSSOM: no policy forbids it. */
import { isDeep } from './colour';
import type { Lang, Look } from './look';

export const paint = (wrap: HTMLElement, { appearance }: Look, lang: Lang, isDark: boolean) => {
  const { colour, offset_x, offset_y, side, launcher } = appearance;
  const set = (name: string, value: string) => wrap.style.setProperty(name, value);
  set('--accent', colour);
  set('--on', isDeep(colour) ? '#fff' : '#000');
  set('--x', `${offset_x}px`);
  set('--y', `${offset_y}px`);
  wrap.className = `w ${side} ${launcher}${isDark ? ' dark' : isDeep(colour) ? ' deep' : ''}`;
  wrap.lang = lang;
  wrap.dir = lang === 'ar' ? 'rtl' : 'ltr';
};
