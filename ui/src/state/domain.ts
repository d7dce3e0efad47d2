/** Pure: what somebody pastes for a website, as the domain that it means. */

/** `https://www.Shop.example/cart?x=1` becomes `www.shop.example`. */
export function domainOf(pasted: string): string {
  const plain = pasted
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '');
  return plain.replace(/[/?#].*$/, '').replace(/\.$/, '');
}

/** The name that a person would give it: `www.northside-bikes.example` → `northside-bikes.example`. */
export function shortName(domain: string): string {
  return domain.replace(/^(www\.|\*\.)/, '');
}
