const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * An ISO 8601 time with its zone, in microseconds since 1970. The fraction is read from its digits: `Date` keeps three.
 * @returns undefined for anything else
 */
export function parseDiscordTime(raw: string | undefined): number | undefined {
  const match = ISO.exec(raw ?? '');
  if (!match) return undefined;
  const [, seconds, fraction = '', zone] = match;
  const atUs = Date.parse(`${seconds}${zone}`) * 1_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  return Number.isSafeInteger(atUs) && atUs > 0 ? atUs : undefined;
}
