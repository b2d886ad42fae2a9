const EVERY_MS = 1_000;
const BURST = 3;

/**
 * The least time from the first question to the last answer that Slack's limits allow: one post a question, in each
 * channel three at once and one more every second, and nothing posted before it was asked.
 */
export function leastMs(asked: readonly { readonly channel: string; readonly askedMs: number }[]): number {
  const channels = new Map<string, { level: number; atMs: number }>();
  const inOrder = [...asked].sort((a, b) => a.askedMs - b.askedMs);
  const begunMs = inOrder[0]?.askedMs ?? 0;
  let lastMs = begunMs;
  for (const { channel, askedMs } of inOrder) {
    const before = channels.get(channel) ?? { level: BURST, atMs: askedMs };
    const fromMs = Math.max(askedMs, before.atMs);
    const level = Math.min(BURST, before.level + (fromMs - before.atMs) / EVERY_MS);
    const postedMs = level >= 1 ? fromMs : fromMs + (1 - level) * EVERY_MS;
    channels.set(channel, { level: Math.max(1, level) - 1, atMs: postedMs });
    lastMs = Math.max(lastMs, postedMs);
  }
  return lastMs - begunMs;
}
