import type { AnswerFacts } from '@onerouter/core';

/** An answer without what its settlement adds: usage, cost and end mark stand in its generation. */
export interface Recorded {
  /** Whole events of a stream, or one JSON document. */
  readonly form: 'stream' | 'whole';
  readonly bytes: Buffer;
  readonly facts: Pick<AnswerFacts, 'created' | 'rawUsage'>;
}

/** Plain bytes: the length of the head, the head as JSON, the answer. */
export function pack({ form, bytes, facts: { created, rawUsage } }: Recorded): Buffer {
  const head = Buffer.from(JSON.stringify({ form, facts: { created, rawUsage } }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, bytes]);
}

export function unpack(packed: Buffer): Recorded {
  const end = 4 + packed.readUInt32BE(0);
  const head = JSON.parse(packed.toString('utf8', 4, end)) as Omit<Recorded, 'bytes'>;
  return { ...head, bytes: packed.subarray(end) };
}
