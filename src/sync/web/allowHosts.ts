import { BackscrollError } from '../../base/BackscrollError.ts';

/** Hosts inside the operator's own network that may be asked all the same, by name and port. */
export interface AllowHosts {
  /** @param host as `URL.hostname` has it; @param port always a number, the scheme's own where none is written */
  allows(host: string, port: number): boolean;
}

const DEFAULT_PORTS = [80, 443];
const ENTRY = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i;

/**
 * Reads entries like `wiki.corp.example`, `10.0.0.5:8080`, `[::1]:3000`. Without a port: 80 and 443. Names are compared
 * whole; there are no patterns.
 * @throws BackscrollError `usage` for what is none
 */
export function parseAllowHosts(entries: readonly string[]): AllowHosts {
  const allowed = new Set<string>();
  for (const entry of entries) {
    const match = ENTRY.exec(entry.trim());
    const url = match ? URL.parse(`http://${match[1]}/`) : null;
    const port = match?.[2] === undefined ? undefined : Number(match[2]);
    if (url === null || (port !== undefined && (port < 1 || port > 65_535))) {
      throw new BackscrollError(
        'usage',
        `links.allowHosts (LINKS_ALLOW_HOSTS) names "${entry}", which is no host:port. Write wiki.example or 10.0.0.5:8080.`,
      );
    }
    for (const one of port === undefined ? DEFAULT_PORTS : [port]) allowed.add(`${bare(url.hostname)}:${one}`);
  }
  return { allows: (host, port) => allowed.has(`${bare(host)}:${port}`) };
}

/** A name with the root's dot at its end is the same host. */
function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}
