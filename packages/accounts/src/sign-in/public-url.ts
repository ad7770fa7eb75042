/**
 * Checks the address that browsers know a server by.
 *
 * @returns it without a slash at the end; `''` when there is none and none is needed
 * @throws {TypeError} when it is needed and missing, or is no http(s) address
 */
export function readPublicUrl(publicUrl: string | undefined, needed: boolean): string {
  if (publicUrl === undefined) {
    if (!needed) return '';
    throw new TypeError('publicUrl is missing: links in emails and OAuth need the address of this server.');
  }
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TypeError('publicUrl must be an address such as https://router.example.com.');
  }
  return url.href.replace(/\/+$/, '');
}
