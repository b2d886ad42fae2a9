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
 * attack) and, where something is changed, what our own page sends.
 */
export function onlyOurOwn(host: string, port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const named = c.req.header('host') ?? '';
    if (!isOurs(named, host, port())) {
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
    const mayChange = fromUs && c.req.header('origin') === `http://${named}`;
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

function isOurs(named: string, host: string, port: number): boolean {
  const parts = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(named);
  if (!parts || Number(parts[2] ?? 80) !== port) return false;
  const name = (parts[1] as string).toLowerCase().replace(/^\[|\]$/g, '');
  if (['localhost', '127.0.0.1', '::1', host.toLowerCase()].includes(name)) return true;
  // Whoever listens on all addresses is called by any of them; a name would have to be configured.
  return (host === '0.0.0.0' || host === '::') && isIP(name) !== 0;
}
