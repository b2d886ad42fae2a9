const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Clocks differ, and so do zones. */
const AHEAD_MS = 86_400_000;

const WANTED = 'ISO 8601 (2026-01-05T08:00:00Z, 2026-01-05), or milliseconds since 1970';

/**
 * ISO 8601 in its extended form: a date, or a date and a time of at least hours and minutes; as RFC 3339 has it, a blank
 * may stand for the T.
 */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?)?$/;

/**
 * When something was said, in milliseconds since 1970. A date alone is its beginning in UTC, and a time without a zone is
 * read as UTC: the same file is the same on every machine.
 * @param nowMs nothing is said more than a day later
 * @returns what is wrong with it, otherwise; nothing of it is repeated
 */
export function readMoment(given: string | number, nowMs: number): number | string {
  const isPlausible = (ms: number) => ms >= EARLIEST_MS && ms <= nowMs + AHEAD_MS;
  if (typeof given === 'number') {
    if (!isPlausible(given) && isPlausible(given * 1000))
      return '"at" is in seconds since 1970: milliseconds are wanted, a thousand times as many';
    return isPlausible(given) ? Math.round(given) : outside(given);
  }
  const ms = readIso(given.trim());
  if (ms === undefined) return `"at" is no moment: ${WANTED}`;
  return isPlausible(ms) ? ms : outside(ms);
}

function outside(ms: number): string {
  return ms < EARLIEST_MS ? `"at" is before the year 2000: ${WANTED}` : `"at" has not come yet: ${WANTED}`;
}

function readIso(text: string): number | undefined {
  const found = ISO.exec(text);
  if (!found) return undefined;
  const part = (at: number) => Number(found[at] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [zoneHours, zoneMinutes] = [part(10), part(11)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59) return undefined;
  const date = Date.UTC(year, month - 1, day);
  // There is no 30 February: it would be a day in March.
  const made = new Date(date);
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return undefined;
  const milliseconds = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offsetMinutes = (found[9] === '-' ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  return date + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + milliseconds;
}
