/**
 * Leaves these pages for an address that the API named.
 *
 * @throws {Error} where it is not one of the web
 */
export function goTo(url: string): void {
  const { protocol, href } = new URL(url, location.href);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('That is not an address of the web.');
  location.assign(href);
}
