import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { defineSlot, GatewayError, type Slot } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { readProtocols } from './protocols.ts';

/** A request that wants to become a websocket. */
export interface Upgrade {
  readonly socket: Socket;
  /**
   * Gives the socket away: the response has nothing to do with it any more.
   *
   * @returns what the client has sent behind its request already
   */
  takeSocket(): Buffer;
}

/** Filled by `upgradeHandler()`. */
export const upgradeSlot: Slot<Upgrade> = defineSlot('upgrade', 'upgradeHandler()');

/** Nothing is due from a client before its websocket is open. */
const MAX_EARLY_BYTES = 65_536;

/** For `server.on('upgrade', …)`. */
export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Takes upgrade requests through an Express app, as if they were ordinary ones: the same authentication, limits,
 * reservation and errors. The app's last handler finds the socket in {@link upgradeSlot}; whatever it answers instead
 * leaves as an ordinary response, and closes the connection.
 *
 * Browsers cannot set headers on a websocket, so a key may also come as the subprotocol `openai-insecure-api-key.KEY`.
 */
export function upgradeHandler(app: (req: IncomingMessage, res: ServerResponse) => void): UpgradeHandler {
  return function upgrade(req, duplex, head) {
    const socket = duplex as Socket;
    // Node has taken its own listeners off; without one, a reset by the client would end the process.
    socket.on('error', () => {});
    socket.setTimeout(0);
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket);
    res.once('finish', () => {
      res.detachSocket(socket);
      socket.destroySoon();
      res.emit('close');
    });
    const { key } = readProtocols(req);
    if (req.headers.authorization === undefined && key !== undefined)
      req.headers.authorization = `Bearer ${key}`;
    const early = readEarly(socket, head);
    const takeSocket = (): Buffer => {
      res.detachSocket(socket);
      return early.stop();
    };
    upgradeSlot.set(req, { socket, takeSocket });
    app(req, res);
  };
}

/** Reads a socket that nobody has taken yet: of one that is not read, nobody learns that its client has left. */
function readEarly(socket: Socket, head: Buffer): { stop(): Buffer } {
  const parts = [head];
  let bytes = 0;
  const keep = (part: Buffer): void => {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_EARLY_BYTES) socket.destroy();
  };
  const left = (): void => {
    socket.destroy();
  };
  socket.on('data', keep).on('end', left);
  return {
    stop() {
      socket.pause().off('data', keep).off('end', left);
      return Buffer.concat(parts);
    },
  };
}

/** Whether a request asks for a websocket; for `shouldUpgradeCallback` of a server, so that other upgrades are ignored. */
export function wantsWebsocket(req: IncomingMessage): boolean {
  return req.method === 'GET' && req.headers.upgrade?.toLowerCase() === 'websocket';
}

/** Refuses upgrades to anything else: what a server has taken for an upgrade cannot be answered as a request any more. */
export function websocketsOnly(): RequestHandler {
  return function websocketsOnly(req, _res, next) {
    if (wantsWebsocket(req)) return next();
    next(
      new GatewayError(
        'invalid_request',
        'This connection can only be upgraded to a websocket. Send the request without Upgrade.',
      ),
    );
  };
}
