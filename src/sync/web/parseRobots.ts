import robotsParser from 'robots-parser';
import { ROBOT_NAME } from './userAgent.ts';

/** The package is CommonJS and its types are not: what is imported is the function itself. */
const parse = robotsParser as unknown as typeof robotsParser.default;

/** What a site asks of us (RFC 9309). */
export interface RobotRules {
  allows(url: string): boolean;
  /** How long to wait between two requests, if it says so. */
  readonly delayMs?: number;
  readonly sitemaps: readonly string[];
}

/** Against a file that is made to keep us busy: what is more is not looked at. */
const MAX_RULES = 5_000;
const MAX_RULE_CHARACTERS = 1_000;
const MAX_WILD_CHARACTERS = 16_384;
const MAX_SITEMAPS = 50;

/**
 * Reads a robots.txt for us. The parser takes every group for every name; only ours and that of `*` are handed to it, so
 * that a file of a hundred thousand names costs no more than its length.
 * @param robotsUrl where the file stands; its rules hold for that origin only
 */
export function parseRobots(robotsUrl: string, text: string): RobotRules {
  const { rules, sitemaps } = ours(text);
  const parsed = parse(robotsUrl, rules);
  const delay = parsed.getCrawlDelay(ROBOT_NAME);
  return {
    allows: (url) => parsed.isAllowed(url, ROBOT_NAME) ?? true,
    ...(delay !== undefined && Number.isFinite(delay) && delay > 0 ? { delayMs: delay * 1000 } : {}),
    sitemaps,
  };
}

function ours(text: string): { rules: string; sitemaps: string[] } {
  const kept: string[] = [];
  const sitemaps: string[] = [];
  let names = new Set<string>();
  let inRules = false;
  let wild = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^\s*([a-z-]+)\s*:([^#]*)/i.exec(line.slice(0, MAX_RULE_CHARACTERS + 40));
    if (!match) continue;
    const key = match[1]?.toLowerCase();
    const value = match[2]?.trim() ?? '';
    if (key === 'sitemap' && sitemaps.length < MAX_SITEMAPS) sitemaps.push(value);
    if (key === 'user-agent') {
      if (inRules) names = new Set();
      inRules = false;
      const name = value.toLowerCase().split('/')[0]?.trim() ?? '';
      if (name !== '*' && name !== ROBOT_NAME) continue;
      names.add(name);
    }
    if (key !== 'allow' && key !== 'disallow' && key !== 'crawl-delay') continue;
    if (value.includes('*')) wild += value.length;
    const tooMuch = value.length > MAX_RULE_CHARACTERS || (value.includes('*') && wild > MAX_WILD_CHARACTERS);
    if (names.size > 0 && !tooMuch && kept.length < MAX_RULES) {
      // Each group begins with its names, also where it is a part of one.
      if (!inRules) for (const name of names) kept.push(`user-agent: ${name}`);
      kept.push(`${key}: ${value}`);
    }
    inRules = true;
  }
  return { rules: kept.join('\n'), sitemaps };
}
