import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { AllowHosts } from './allowHosts.ts';
import { mayConnect } from './checkUrl.ts';

/** Every address of a name, of both families. Rejects when there is none. */
export type ResolveName = (host: string) => Promise<readonly string[]>;

export const resolveBySystem: ResolveName = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * What opens connections for undici. A name is resolved once, right here, all its addresses are judged, and the socket is
 * given those very addresses: a second resolution, which might say something else, does not happen.
 */
export function createConnector(deps: {
  readonly resolve: ResolveName;
  readonly allowHosts: AllowHosts;
  readonly connectTimeoutMs: number;
}): buildConnector.connector {
  const { resolve, allowHosts, connectTimeoutMs } = deps;
  const judged =
    (allowed: boolean): LookupFunction =>
    (host, options, callback) => {
      judge(resolve, host, allowed).then(
        (addresses) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }));
          if (options.all) callback(null, found);
          else callback(null, found[0]?.address ?? '', found[0]?.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, '', 0),
      );
    };
  const settings = { timeout: connectTimeoutMs, allowH2: false, autoSelectFamily: true };
  const strict = buildConnector({ ...settings, lookup: judged(false) });
  const lenient = buildConnector({ ...settings, lookup: judged(true) });
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const literal = isIP(host) !== 0;
    const allowed = allowHosts.allows(isIP(host) === 6 ? `[${host}]` : host, port);
    try {
      // A socket asks no resolver for an address that is written out.
      if (literal) mayConnect(host, [host], allowed, true);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    (allowed ? lenient : strict)(options, callback);
  };
}

/**
 * The addresses of a host that may be connected to.
 * @throws BackscrollError `unavailable` when the name is not known, `refused` when it leads where nobody may
 */
export async function judge(resolve: ResolveName, host: string, allowed: boolean): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await resolve(host);
  } catch (cause) {
    throw new BackscrollError('unavailable', `The name ${host} cannot be resolved.`, { cause });
  }
  mayConnect(host, addresses, allowed);
  return addresses;
}
