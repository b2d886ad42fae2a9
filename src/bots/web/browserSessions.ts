import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../../base/Clock.ts';
import { shortHash } from '../../base/hash.ts';
import type { WebSessions } from '../../store/webSessions.ts';

const DAY_MS = 86_400_000;
const DAY_S = 86_400;

/** Who a browser is: a random person for each, known by a cookie that only the server reads. */
export interface BrowserSessions {
  /** Makes a new person and gives the browser the cookie. @returns who it is from now on */
  begin(c: Context): Promise<string>;
  /** The person of the request's cookie, or undefined. */
  find(c: Context): Promise<string | undefined>;
  /** Gives the browser its cookie again, so that one that is used does not run out. */
  prolong(c: Context): void;
}

/**
 * @param port of the server: cookies are shared by all ports of a host, and several homes may run on one
 * @param publicUrl when it is https, the browser sends the cookie over TLS only (and to this machine itself)
 */
export function createBrowserSessions(deps: {
  readonly sessions: WebSessions;
  readonly sessionDays: number;
  readonly port: () => number;
  readonly publicUrl?: string | undefined;
  readonly now: Clock;
}): BrowserSessions {
  const name = () => `backscroll_${deps.port()}`;
  const give = (c: Context, token: string) =>
    setCookie(c, name(), token, {
      httpOnly: true,
      secure: deps.publicUrl?.startsWith('https:') ?? false,
      sameSite: 'Strict',
      path: '/',
      maxAge: deps.sessionDays * DAY_S,
    });

  return {
    async begin(c) {
      const token = randomBytes(32).toString('base64url');
      const personId = `web:${randomBytes(12).toString('base64url')}`;
      await deps.sessions.begin(shortHash(token), personId);
      give(c, token);
      return personId;
    },
    async find(c) {
      const token = getCookie(c, name());
      if (!token) return undefined;
      return deps.sessions.find(shortHash(token), deps.now() - deps.sessionDays * DAY_MS);
    },
    prolong(c) {
      const token = getCookie(c, name());
      if (token) give(c, token);
    },
  };
}
