/** Puts theme, density and language on the page. */
import { current } from '../i18n/current.svelte';
import { best } from '../i18n/languages';
import { me } from './me.svelte';

const dark = matchMedia('(prefers-color-scheme: dark)');
const more = matchMedia('(prefers-contrast: more)');

class Look {
  #system = $state(dark.matches);
  #more = $state(more.matches);

  constructor() {
    dark.addEventListener('change', (event) => (this.#system = event.matches));
    more.addEventListener('change', (event) => (this.#more = event.matches));
  }

  get dark(): boolean {
    const theme = me.preferences.theme;
    return theme === 'dark' || ((theme === 'system' || theme === 'contrast') && this.#system);
  }

  /** Asked for here, or by the system of those who leave it to the system. */
  get contrast(): boolean {
    const theme = me.preferences.theme;
    return theme === 'contrast' || (theme === 'system' && this.#more);
  }

  /** Call once, in an effect root: it follows from then on. */
  follow(): void {
    $effect(() => {
      document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
      document.documentElement.dataset.density = me.preferences.density;
      if (this.contrast) document.documentElement.dataset.contrast = 'high';
      else delete document.documentElement.dataset.contrast;
    });
    $effect(() => {
      const { language } = me.preferences;
      current.clock = me.preferences.clock;
      void current.speak(language === 'system' ? best(navigator.languages) : language);
    });
  }
}

export const look = new Look();

class Viewport {
  width = $state(innerWidth);

  constructor() {
    addEventListener('resize', () => (this.width = innerWidth));
    globalThis.visualViewport?.addEventListener('resize', () => this.#keyboard());
  }

  /** A keyboard that lies over the page: what is left is what the page has. */
  #keyboard(): void {
    const seen = globalThis.visualViewport;
    if (!seen) return;
    const covered = seen.scale === 1 && innerHeight - seen.height > 90;
    const { style } = document.documentElement;
    if (covered) style.setProperty('--seen', `${seen.height}px`);
    else style.removeProperty('--seen');
    if (covered) scrollTo(0, 0);
  }

  /** Fingers are the usual way here. */
  readonly touch = matchMedia('(pointer: coarse)').matches;

  get phone(): boolean {
    return this.width < 640;
  }

  get narrow(): boolean {
    return this.width < 900;
  }

  get wide(): boolean {
    return this.width >= 1180;
  }
}

export const viewport = new Viewport();
