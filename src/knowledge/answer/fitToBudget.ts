import type { Evidence } from './Evidence.ts';

export type CountTokens = (text: string) => number;

/** What the delimiters, title and date around a passage cost at most. */
const FRAME_TOKENS = 80;

/**
 * The passages that fit, best first, their order and numbers kept. One that does not fit is left out and smaller ones
 * behind it are still tried; the very best is shortened rather than left out.
 * @param maxTokens for all of them together, what stands around them included
 */
export function fitToBudget(evidence: readonly Evidence[], maxTokens: number, countTokens: CountTokens): Evidence[] {
  const fitting: Evidence[] = [];
  let left = maxTokens;
  for (const [i, passage] of evidence.entries()) {
    const tokens = FRAME_TOKENS + countTokens(passage.text);
    if (tokens <= left) {
      fitting.push(passage);
      left -= tokens;
    } else if (i === 0) {
      const text = beginning(passage.text, left - FRAME_TOKENS, countTokens);
      if (text !== '') fitting.push({ ...passage, text });
      left -= FRAME_TOKENS + countTokens(text);
    }
  }
  return fitting;
}

/** The longest beginning, up to a white space, that has at most so many tokens. */
export function beginning(text: string, maxTokens: number, countTokens: CountTokens): string {
  if (maxTokens <= 0) return '';
  if (countTokens(text) <= maxTokens) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countTokens(text.slice(0, middle)) <= maxTokens) low = middle;
    else high = middle - 1;
  }
  const cut = text.slice(0, low);
  const space = cut.search(/\s+\S*$/u);
  return (space > low / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/u, '').trimEnd();
}
