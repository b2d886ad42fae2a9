import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { refuse } from './refuse.ts';

const NONE = ["'none'"];
const SELF = ["'self'"];

/**
 * What every response carries. Nothing but our own files is loaded or called, nothing is inline, nobody frames us, and
 * Trusted Types make the browser itself refuse markup from strings.
 */
export function protectiveHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: NONE,
      scriptSrc: SELF,
      styleSrc: SELF,
      connectSrc: SELF,
      imgSrc: ["'self'", 'data:'],
      baseUri: NONE,
      formAction: NONE,
      frameAncestors: NONE,
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: NONE,
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // The chat itself speaks plain HTTP; this header belongs to the proxy that puts TLS before it.
    strictTransportSecurity: false,
  });
}

/**
 * Lets through what is addressed to us by a name of ours (a foreign name that resolves to this machine is a DNS rebinding
 * attack) and, where something is changed, what our own page sends. A proxy in front may hand on the name that it was
 * called by or put ours in its place; the page's origin is the proxy's either way.
 */
export function onlyOurOwn(host: string, port: () => number, publicUrl?: string): MiddlewareHandler {
  return async (c, next) => {
    const named = c.req.header('host') ?? '';
    const direct = isOurs(named, host, port());
    if (!direct && !(publicUrl && isHostOf(publicUrl, named))) {
      return refuse(
        c,
        421,
        'Backscroll does not answer under this address. Open the link that `npx backscroll open` prints.',
      );
    }
    const site = c.req.header('sec-fetch-site');
    const fromUs = site === undefined || site === 'same-origin';
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const mayRead = fromUs || site === 'none' || !c.req.path.startsWith('/api/');
    const origin = c.req.header('origin');
    const mayChange =
      fromUs && ((direct && origin === `http://${named}`) || (publicUrl !== undefined && origin === publicUrl));
    if (!(reads ? mayRead : mayChange)) {
      return refuse(
        c,
        403,
        'This request came from another page, so it was refused. Use the page of Backscroll itself.',
      );
    }
    return next();
  };
}

/** Whether a Host header names the host and port of an origin; the usual port of its scheme may be written out. */
function isHostOf(publicUrl: string, named: string): boolean {
  const { protocol, origin } = new URL(publicUrl);
  const url = `${protocol}//${named}`;
  return URL.canParse(url) && new URL(url).href === `${origin}/`;
}

function isOurs(named: string, host: string, port: number): boolean {
  const parts = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(named);
  if (!parts || Number(parts[2] ?? 80) !== port) return false;
  const name = (parts[1] as string).toLowerCase().replace(/^\[|\]$/g, '');
  if (['localhost', '127.0.0.1', '::1', host.toLowerCase()].includes(name)) return true;
  // Whoever listens on all addresses is called by any of them; a name would have to be configured.
  return (host === '0.0.0.0' || host === '::') && isIP(name) !== 0;
}
