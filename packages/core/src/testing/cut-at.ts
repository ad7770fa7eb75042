/** The bytes in pieces, as a network might deliver them: cut at fractions of their length. */
export function cutAt(bytes: Buffer, fractions: readonly number[]): Buffer[] {
  const ends = [...fractions.map((fraction) => Math.floor(fraction * bytes.length)), bytes.length];
  ends.sort((a, b) => a - b);
  let from = 0;
  return ends.map((end) => {
    const part = bytes.subarray(from, end);
    from = end;
    return part;
  });
}
