/**
 * Reads a Slack ts (`1433569612.000010`: seconds, a point, microseconds).
 * Done on the digits: as a double such a number keeps only about the tenth of a microsecond today, and `* 1e6` loses
 * the last digit of some. Fewer than six digits after the point (a ts that went through a JSON number) are filled up.
 * @returns the ts with six digits, and microseconds since 1970; undefined for anything else
 */
export function parseSlackTs(raw: string | undefined): { readonly ts: string; readonly atUs: number } | undefined {
  const match = /^(\d{1,10})(?:\.(\d{1,9}))?$/.exec(raw ?? '');
  if (!match?.[1]) return undefined;
  const micros = (match[2] ?? '').padEnd(6, '0').slice(0, 6);
  const atUs = Number(match[1]) * 1_000_000 + Number(micros);
  if (atUs < 1_000_000 || !Number.isSafeInteger(atUs)) return undefined;
  return { ts: `${match[1]}.${micros}`, atUs };
}
