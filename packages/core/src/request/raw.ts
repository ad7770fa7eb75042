import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors.ts';

/**
 * Collects a request's bytes up to a limit.
 *
 * @throws {GatewayError} `payload_too_large` past the limit, `client_closed` when the client leaves midway
 */
export function readRaw(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      req.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
    };
    const onData = (part: Buffer): void => {
      size += part.length;
      if (size > maxBytes) return tooLarge();
      parts.push(part);
    };
    const onEnd = (): void => {
      stop();
      resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, size));
    };
    const onGone = (): void => {
      stop();
      reject(new GatewayError('client_closed', 'The client left before its request was complete.'));
    };
    const tooLarge = (): void => {
      stop();
      // The rest is read and dropped, so that the client gets to read the answer instead of a reset connection.
      req.resume();
      reject(
        new GatewayError(
          'payload_too_large',
          `The body is over ${maxBytes} bytes. Send less, or media by URL.`,
        ),
      );
    };
    if (Number(req.headers['content-length']) > maxBytes) return tooLarge();
    // Somebody has read it all and kept it: no 'end' would ever come.
    if (req.readableEnded) return onEnd();
    req.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}
