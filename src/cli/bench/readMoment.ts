const MINUTE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?: #(\d{1,12}))?$/;
const NUMBER = /^\d{1,17}(?:\.\d{1,9})?$/;
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/i;

/** A time in microseconds since 1970, and a place in the log where the time alone does not order it. */
export interface Moment {
  readonly atUs: number;
  readonly order: number | undefined;
}

/**
 * Reads the forms of time that chat data comes in: an ISO minute with an order ("2004-12-25T03:21 #1000"), a Slack ts
 * ("1452913187.000002"), an ISO date and time (UTC unless it says otherwise), and plain numbers (seconds, milliseconds or
 * microseconds since 1970, told by their size). Undefined for anything else.
 */
export function readMoment(ts: string | number): Moment | undefined {
  const text = String(ts).trim();
  if (NUMBER.test(text)) return moment(microseconds(text));
  const minute = MINUTE.exec(text);
  if (minute) return moment(Date.parse(`${minute[1]}:00Z`) * 1_000, minute[2]);
  if (!/^\d{4}-\d\d-\d\d[T ]/.test(text)) return undefined;
  return moment(Date.parse(ZONED.test(text) ? text : `${text.replace(' ', 'T')}Z`) * 1_000);
}

function moment(atUs: number, order?: string): Moment | undefined {
  return Number.isFinite(atUs) ? { atUs, order: order === undefined ? undefined : Number(order) } : undefined;
}

/** Until the year 5138 a number below 10^11 counts seconds, and so on up. */
function microseconds(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  const value = Number(whole);
  if (value < 1e11) return value * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  return value < 1e14 ? value * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3)) : value;
}
