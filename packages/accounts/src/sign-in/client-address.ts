import ipaddr from 'ipaddr.js';

/** What an IPv6 customer is given: who has one address of it has all. */
const NETWORK_BITS = 64;

/** The part of a client's address that one client cannot change: all of IPv4, the network of IPv6. */
export function clientAddress(ip: string | undefined): string {
  if (ip === undefined || !ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${NETWORK_BITS}`).toString();
}
