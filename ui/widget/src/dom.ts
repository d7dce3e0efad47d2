/** Elements. Text is always a text node, and no attribute carries a style. */

type Kid = Node | string | false | null | undefined;
type Props = Record<string, unknown>;

export interface Dom {
  /** `el('div.bubble', { role: 'note', onclick }, 'words')` */
  el<T extends keyof HTMLElementTagNameMap = 'div'>(
    what: T | `${T}.${string}`,
    props?: Props,
    ...kids: Kid[]
  ): HTMLElementTagNameMap[T];
  /** A line drawing on a field of 24 × 24. */
  icon(path: string): SVGElement;
  /** With a path it is known by its sign, and the label is its name. */
  button(
    name: string,
    label: string,
    press: (event: Event) => void,
    path?: string,
  ): HTMLButtonElement;
  /** A style sheet of ours, whatever the policy of the page says of `<style>`. */
  style(root: ShadowRoot, css: string): void;
}

export const dom = (): Dom => {
  // Taken now: what the page replaces later does not reach us.
  const make = document.createElement.bind(document);
  const draw = document.createElementNS.bind(document, 'http://www.w3.org/2000/svg');

  const el = ((what: string, props: Props = {}, ...kids: Kid[]) => {
    const [tag, name] = what.split('.') as [string, string?];
    const node = make(tag);
    node.className = name ?? '';
    node.append(...kids.filter((kid): kid is Node | string => !!kid));
    return Object.assign(node, props);
  }) as Dom['el'];

  const icon = (path: string) => {
    const [sign, line] = [draw('svg'), draw('path')];
    line.setAttribute('d', path);
    sign.ariaHidden = 'true';
    sign.append(line);
    return sign as SVGElement;
  };

  return {
    el,
    icon,
    button: (name, label, onclick, path) =>
      el(
        `button.${name}`,
        { type: 'button', onclick, ...(path && { ariaLabel: label, title: label }) },
        path ? icon(path) : label,
      ),
    style(root, css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
  };
};
