import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';
import { createHosts } from './createHosts.ts';
import { createRobots, type Robots } from './createRobots.ts';
import type { Fetch } from './Fetch.ts';

export interface Politeness {
  /** How many requests at the same time, over all hosts; to one host there is never more than one. */
  readonly atOnce: number;
  /** Between the end of one request to a host and the next. */
  readonly pauseMs: number;
}

/** Longer rests are not waited out, but told (`later`), so that other pages go on. */
const PATIENCE_MS = 60_000;
const USUAL_REST_MS = 60_000;

/**
 * A fetcher with manners: robots.txt is kept to, also where a redirect leads; each host is asked one thing at a time with
 * a pause between; `Retry-After` holds for the whole host.
 */
export function createPoliteFetch(
  fetch: Fetch,
  politeness: Politeness,
  timing: Timing,
): { readonly fetch: Fetch; readonly robots: Robots } {
  const hosts = createHosts({ ...politeness, timing });
  // Not in turn: a redirect asks for the rules of another host while its own turn lasts, and that one might wait for this.
  const robots = createRobots(fetch, timing);

  async function permit(url: string, signal: AbortSignal): Promise<void> {
    const rules = await robots(url, signal);
    if (rules.delayMs !== undefined) hosts.slow(new URL(url).host, rules.delayMs);
    if (!rules.allows(url)) {
      throw new BackscrollError('refused', 'Not fetched: the site asks robots not to (robots.txt).');
    }
  }

  return {
    robots,
    fetch(order) {
      const host = URL.parse(order.url)?.host ?? '';
      return hosts.turn(host, order.signal, async () => {
        const leftMs = hosts.restsUntil(host) - timing.now();
        if (leftMs > PATIENCE_MS) return { status: 'later', code: 429, retryAfterMs: leftMs };
        if (leftMs > 0) await timing.wait(leftMs, order.signal);
        const fetched = await fetch({ ...order, permit: (url) => permit(url, order.signal) });
        if (fetched.status === 'later' && (fetched.code === 429 || fetched.retryAfterMs !== undefined)) {
          hosts.rest(host, timing.now() + (fetched.retryAfterMs ?? USUAL_REST_MS));
        }
        return fetched;
      });
    },
  };
}
