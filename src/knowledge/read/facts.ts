/** An absolute http(s) URL without fragment, or undefined for anything else. */
export function toHttpUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.hash = '';
  return url.href;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A date as documents write it, in milliseconds since 1970. A time without a zone is taken as UTC, so that the same
 * document means the same everywhere.
 */
export function toMs(value: unknown): number | undefined {
  if (value instanceof Date) return within(value.getTime());
  if (typeof value !== 'string') return undefined;
  const iso = ISO.exec(value.trim());
  if (iso) {
    const [, day, time, zone = 'Z'] = iso;
    return within(Date.parse(time === undefined ? `${day}` : `${day}T${time}${zone.toUpperCase()}`));
  }
  return /(?:GMT|UTC|[+-]\d{4})\s*$/.test(value) ? within(Date.parse(value)) : undefined;
}

function within(ms: number): number | undefined {
  return Number.isFinite(ms) && ms >= 0 && ms < 8.64e15 ? ms : undefined;
}
