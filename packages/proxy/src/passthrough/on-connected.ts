import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Calls back once a request's connection stands, its TLS handshake included. */
export function onConnected(request: ClientRequest, then: () => void): void {
  const watch = (socket: Socket): void => {
    if (socket.connecting || socket instanceof TLSSocket)
      socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', then);
    else then();
  };
  if (request.socket) watch(request.socket);
  else request.once('socket', watch);
}
