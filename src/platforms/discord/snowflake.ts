const EPOCH_MS = 1_420_070_400_000n;

/** When something was made, from its id: https://discord.com/developers/docs/reference#snowflakes */
export function snowflakeMs(id: string): number {
  return /^\d{1,20}$/.test(id) ? Number((BigInt(id) >> 22n) + EPOCH_MS) : 0;
}

/** Snowflakes are ordered by time; as texts only where they are equally long. */
export function bySnowflake(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The first id that may have been made in a millisecond since 1970; the first of all for what was before Discord. */
export function snowflakeAt(ms: number): string {
  const since = BigInt(Math.floor(ms)) - EPOCH_MS;
  return since <= 0n ? '0' : String(since << 22n);
}
