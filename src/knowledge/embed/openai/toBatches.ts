export interface BatchLimits {
  readonly maxTexts: number;
  readonly maxTokens: number;
  /** No text has more than these, whatever its length. */
  readonly maxInputTokens: number;
}

/**
 * Cuts a list of texts into lists that one request may carry, in order. Tokens are not counted but bounded by bytes, of
 * which each has at least one: batches come out smaller than they might be, and never too large.
 */
export function toBatches(texts: readonly string[], limits: BatchLimits): string[][] {
  const batches: string[][] = [];
  let tokens = 0;
  for (const text of texts) {
    const most = Math.min(Buffer.byteLength(text), limits.maxInputTokens);
    const batch = batches.at(-1);
    if (batch && batch.length < limits.maxTexts && tokens + most <= limits.maxTokens) {
      batch.push(text);
      tokens += most;
    } else {
      batches.push([text]);
      tokens = most;
    }
  }
  return batches;
}
