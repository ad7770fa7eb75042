import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** A webhook's address is not on the public internet. Use one that is. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is not one of the public internet.');
    this.name = 'PrivateAddressError';
  }
}

/** Whether an IP address belongs to the public internet; not a host's name. */
export function isPublicAddress(address: string): boolean {
  // An IPv4 address within an IPv6 one is what is connected to.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Looks a name up for a connection, and fails with {@link PrivateAddressError} when any of its addresses is private. It is
 * these addresses that are connected to, so a name that points elsewhere a moment later gains nothing.
 */
export function lookupPublic(hostname: string, options: LookupOptions, answer: Answer): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) answer(error, '');
    else if (!addresses.every(({ address }) => isPublicAddress(address)))
      answer(new PrivateAddressError(), '');
    else if (options.all === true) answer(null, addresses);
    else answer(null, first.address, first.family);
  });
}
