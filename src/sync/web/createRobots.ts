import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';
import type { Fetch } from './Fetch.ts';
import { parseRobots, type RobotRules } from './parseRobots.ts';

const MAX_BYTES = 512 * 1024;
const KEPT_MS = 12 * 3_600_000;
const FAILURE_KEPT_MS = 10 * 60_000;
const MAX_ORIGINS = 1_000;

const ALL_ALLOWED: RobotRules = { allows: () => true, sitemaps: [] };

/**
 * The rules of an address's site, kept for half a day. A site without the file (4xx) allows everything; one that cannot
 * say now (RFC 9309, 2.3.1.4) allows nothing until it can.
 */
export type Robots = (url: string, signal: AbortSignal) => Promise<RobotRules>;

export function createRobots(fetch: Fetch, timing: Timing): Robots {
  const known = new Map<string, { readonly untilMs: number; readonly rules: Promise<RobotRules> }>();

  async function read(robotsUrl: string, signal: AbortSignal): Promise<RobotRules> {
    try {
      const fetched = await fetch({ url: robotsUrl, maxBytes: MAX_BYTES, cut: true, signal });
      if (fetched.status === 'ok') return parseRobots(robotsUrl, new TextDecoder().decode(fetched.bytes));
      if (fetched.status !== 'later') return ALL_ALLOWED;
    } catch (error) {
      signal.throwIfAborted();
      // Wherever it leads or whatever it says: there are no rules that we could read.
      if (error instanceof BackscrollError && error.code !== 'unavailable') return ALL_ALLOWED;
      throw error;
    }
    throw new BackscrollError('unavailable', 'Not fetched: the site does not tell its rules (robots.txt) now.');
  }

  return async (url, signal) => {
    const { origin } = new URL(url);
    const held = known.get(origin);
    if (held && held.untilMs > timing.now()) return held.rules;
    known.delete(origin);
    const rules = read(`${origin}/robots.txt`, signal);
    const keep = (untilMs: number) => known.set(origin, { untilMs, rules });
    keep(timing.now() + KEPT_MS);
    if (known.size > MAX_ORIGINS) known.delete(known.keys().next().value as string);
    rules.catch(() => (signal.aborted ? known.delete(origin) : keep(timing.now() + FAILURE_KEPT_MS)));
    return rules;
  };
}
