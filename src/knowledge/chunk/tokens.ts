import { createRequire } from 'node:module';

type Tokenizer = typeof import('gpt-tokenizer/encoding/o200k_base');

let tokenizer: Tokenizer | undefined;

/**
 * Loaded when the first text is counted: 200,000 tokens take some 70 MB and a tenth of a second, which a thread that
 * cuts nothing need not spend.
 */
function loaded(): Tokenizer {
  if (tokenizer) return tokenizer;
  tokenizer = createRequire(import.meta.url)('gpt-tokenizer/encoding/o200k_base') as Tokenizer;
  // It remembers how words were merged. Letting it drop them one by one when it is full takes longer than merging anew,
  // and the words of people should not stay for ever: so it forgets all of them every now and then.
  tokenizer.setMergeCacheSize(Number.MAX_SAFE_INTEGER);
  return tokenizer;
}

const FORGET_AFTER = 1_000_000;
let sinceForgotten = 0;

/** Text may hold `<|endoftext|>`: here it is text like any other, not a reason to throw. */
const options = { disallowedSpecial: new Set<string>() };

/** Longer runs without (or of) spaces are counted in parts: merging one run takes quadratic time. */
const MAX_RUN = 256;
const LONG_RUN = /(\S{257,}|\s{257,})/;
/** Longer texts are estimated from samples. */
const MAX_EXACT = 1_000_000;
const SAMPLES = 32;
const SAMPLE_LENGTH = 8_192;

function countExactly(text: string): number {
  const { clearMergeCache, countTokens: count } = loaded();
  sinceForgotten += text.length;
  if (sinceForgotten > FORGET_AFTER) {
    clearMergeCache();
    sinceForgotten = text.length;
  }
  return count(text, options);
}

/**
 * How many o200k tokens a text has. Exact but for runs of more than 256 characters without a space (at most a few
 * tokens too many) and for texts of more than a million characters (estimated). Never throws; linear time.
 */
export function countTokens(text: string): number {
  if (text.length > MAX_EXACT) return estimate(text);
  if (text.length <= MAX_RUN || !LONG_RUN.test(text)) return countExactly(text);
  let count = 0;
  text.split(LONG_RUN).forEach((part, at) => {
    if (at % 2 === 0) {
      if (part !== '') count += countExactly(part);
      return;
    }
    for (let start = 0; start < part.length; ) {
      const end = codePointBoundary(part, start + MAX_RUN);
      count += countExactly(part.slice(start, end));
      start = end;
    }
  });
  return count;
}

/** `at`, or the place before it if a cut at `at` would part a surrogate pair. */
export function codePointBoundary(text: string, at: number): number {
  const inside = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return inside ? at - 1 : Math.min(at, text.length);
}

function estimate(text: string): number {
  const step = Math.floor((text.length - SAMPLE_LENGTH) / (SAMPLES - 1));
  let count = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    count += countTokens(text.slice(sample * step, sample * step + SAMPLE_LENGTH));
  }
  return Math.ceil((count / (SAMPLES * SAMPLE_LENGTH)) * text.length);
}
