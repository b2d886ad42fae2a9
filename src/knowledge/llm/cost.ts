export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a million tokens cost, in whatever currency the operator counts in. */
export interface TokenPrice {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

/** What an answer cost, in the currency of the price; undefined when nobody said a price. */
export function costOf({ inputTokens, outputTokens }: TokenCount, price?: TokenPrice): number | undefined {
  if (!price) return undefined;
  return (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1_000_000;
}
