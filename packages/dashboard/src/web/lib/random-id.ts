const BYTES = 12;

/** A name for an act that is sent again when it is not known whether it arrived. Works without TLS too. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
