/*
 * Bytes that pass through are held as latin1 text, a character for each byte: slicing and joining such text is cheaper than
 * with buffers, and nothing is decoded that is only passed on.
 */

/** What is not the same in both forms. */
const NOT_ASCII = /[\u0080-\uffff]/;

/** UTF-8 text of latin1 text: undoes the one-character-a-byte form. */
export function latin1ToUtf8(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** The one-character-a-byte form of any text. */
export function utf8ToLatin1(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
