const EVERY_INTERFACE: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

/** `http://HOST:PORT` of what is listened on. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

/** The same as somebody on this machine would call it: every interface includes loopback. */
export function localAddress(host: string, port: number): string {
  return addressOf(EVERY_INTERFACE.has(host) ? '127.0.0.1' : host, port);
}
