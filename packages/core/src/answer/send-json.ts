import type { ServerResponse } from 'node:http';

const ONE_WRITE_BYTES = 16 * 1024;

/**
 * Answers 200 with a JSON body.
 *
 * @param body latin1 text: a character for each byte
 */
export function sendJson(res: ServerResponse, body: string): void {
  res.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  // As latin1 text, head and body leave in one write; for large bodies the copy would cost more than the write.
  if (body.length <= ONE_WRITE_BYTES) res.end(body, 'latin1');
  else res.end(Buffer.from(body, 'latin1'));
}
