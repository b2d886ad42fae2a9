import ipaddr from 'ipaddr.js';

/**
 * `public`: anybody on the internet may be asked there. `internal`: only where the operator names the host. `never`: no
 * host name may lead there, since nothing that people link to stands there, but credentials of a cloud do.
 */
export type AddressKind = 'public' | 'internal' | 'never';

const NEVER = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast']);

/** Only this part of IPv6 is given out as public (IANA, 2000::/3); the rest is reserved for something or other. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/** Metadata of a cloud at an address that is internal otherwise (AWS, over IPv6). */
const METADATA = new Set(['fd00:ec2:0:0:0:0:0:254']);

/**
 * What an address that was resolved or written stands for. IPv6 that carries an IPv4 address (mapped, NAT64, 6to4,
 * Teredo) is never public: it may come out anywhere. Whatever is no address is `never`.
 * @param address IPv4 in four decimal parts or IPv6 without brackets, as resolvers give them
 */
export function addressKind(address: string): AddressKind {
  if (!ipaddr.isValid(address) || address.includes('%')) return 'never';
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv6' && (parsed as ipaddr.IPv6).isIPv4MappedAddress()) {
    const inner = addressKind((parsed as ipaddr.IPv6).toIPv4Address().toString());
    return inner === 'public' ? 'internal' : inner;
  }
  const range = parsed.range();
  if (NEVER.has(range) || METADATA.has(parsed.toNormalizedString())) return 'never';
  if (range !== 'unicast') return 'internal';
  return parsed.kind() === 'ipv6' && !parsed.match(GLOBAL) ? 'internal' : 'public';
}
