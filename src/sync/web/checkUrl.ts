import { isIP } from 'node:net';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { type AddressKind, addressKind } from './addressKind.ts';
import type { AllowHosts } from './allowHosts.ts';

const MAX_URL_CHARACTERS = 2_048;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export interface CheckedUrl {
  readonly url: URL;
  readonly port: number;
  /** The operator names this host and port: it may be inside their network. */
  readonly allowed: boolean;
}

/**
 * Whether an address may be asked at all, by what is written in it. `URL` has made decimal, octal and hexadecimal forms of
 * an IPv4 address, and full-width letters, into the plain one already. Names are judged later, when they are resolved.
 * @throws BackscrollError `refused` with the reason
 */
export function checkUrl(address: string, allowHosts: AllowHosts): CheckedUrl {
  const url = address.length > MAX_URL_CHARACTERS ? null : URL.parse(address);
  if (url === null) throw refuse('it is no address, or longer than 2,048 characters');
  const scheme = DEFAULT_PORTS[url.protocol];
  if (scheme === undefined) throw refuse(`only http and https are read, not ${url.protocol.slice(0, 20)}`);
  if (url.username !== '' || url.password !== '') throw refuse('it carries a name or a password');
  const port = url.port === '' ? scheme : Number(url.port);
  const allowed = allowHosts.allows(url.hostname, port);
  if (!allowed && port !== scheme) {
    throw refuse(`port ${port} is not the usual one. If it is meant, add ${url.hostname}:${port} to links.allowHosts`);
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) mayConnect(url.hostname, [literal], allowed, true);
  return { url, port, allowed };
}

/**
 * Whether a host may be connected to, now that its addresses are known: every one of them has to be allowed, since any of
 * them may be the one that is used.
 * @param literal the address itself is what the operator allowed, so that it may be anything
 * @throws BackscrollError `refused`
 */
export function mayConnect(host: string, addresses: readonly string[], allowed: boolean, literal = false): void {
  const kinds = new Set<AddressKind>(addresses.map(addressKind));
  if (addresses.length === 0) throw refuse(`${host} has no address`);
  if (allowed && literal) return;
  if (kinds.has('never') || (!allowed && kinds.has('internal'))) {
    const cure = kinds.has('never') ? '' : `. If it is meant, add ${host} to links.allowHosts`;
    throw refuse(`${host} is not on the public internet${cure}`);
  }
}

function refuse(reason: string): BackscrollError {
  return new BackscrollError('refused', `Not fetched: ${reason}.`);
}
