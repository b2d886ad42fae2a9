import { countTokens } from './tokens.ts';

/** A run of Markdown blocks that is not cut any further. */
export interface Fragment {
  readonly text: string;
  readonly tokens: number;
  /** What it begins with on its own, without a repeated table header or sentence: names the passage. */
  readonly begins: string;
  /** It introduces what follows ("Run this:") and should stay with it. */
  readonly leadsIn: boolean;
  /** It repeats the end of the fragment before it, so the two must not be joined again. */
  readonly repeats: boolean;
}

export function fragment(text: string, more: Partial<Pick<Fragment, 'begins' | 'leadsIn' | 'repeats'>> = {}): Fragment {
  return { text, tokens: countTokens(text), begins: text, leadsIn: false, repeats: false, ...more };
}
