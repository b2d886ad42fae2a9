import { breakBetween } from '../read/breakBetween.ts';
import type { PieceSize } from './Piece.ts';
import { codePointBoundary, countTokens } from './tokens.ts';

/** The language matters little for where sentences end; naming one makes it the same on every machine. */
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** The segmenter is given this much at a time. */
const WINDOW = 16_384;

export interface TextPart {
  readonly text: string;
  /** The part without what it repeats of the part before. */
  readonly fresh: string;
}

/**
 * Cuts prose between sentences into parts of about `target` tokens, never more than `max`; sentences that are too long
 * between words, words that are too long between characters. Each part repeats the last sentences of the part before,
 * as far as they fit in `overlap`. Nothing is lost.
 */
export function splitText(text: string, size: PieceSize): TextPart[] {
  const parts: TextPart[] = [];
  let repeated: Sentence[] = [];
  let fresh: Sentence[] = [];
  let tokens = 0;

  const flush = () => {
    if (fresh.length === 0) return;
    parts.push({ text: join([...repeated, ...fresh]), fresh: join(fresh) });
    repeated = tailOf(fresh, size.overlap);
    tokens = sum(repeated);
    fresh = [];
  };

  for (const sentence of sentencesOf(text, size)) {
    if (fresh.length > 0 && tokens + sentence.tokens > size.target) flush();
    if (fresh.length === 0 && tokens + sentence.tokens > size.target) {
      repeated = [];
      tokens = 0;
    }
    fresh.push(sentence);
    tokens += sentence.tokens;
  }
  flush();
  return parts.flatMap((part) =>
    countTokens(part.text) <= size.max
      ? [part]
      : splitWords(part.fresh, size.max).map((words) => ({ text: words, fresh: words })),
  );
}

interface Sentence {
  readonly text: string;
  readonly tokens: number;
}

const sum = (sentences: readonly Sentence[]) => sentences.reduce((total, { tokens }) => total + tokens, 0);

/** Backticks from the middle of a line must not begin a code block where they come to begin one. */
function join(sentences: readonly Sentence[]): string {
  const text = sentences
    .map((sentence) => sentence.text)
    .join('')
    .trim();
  return /^(?:`{3}|~{3})/.test(text) ? `…${text}` : text;
}

/** The last sentences, as many as fit, but never all of them. */
function tailOf(sentences: readonly Sentence[], limit: number): Sentence[] {
  const tail: Sentence[] = [];
  let tokens = 0;
  for (let at = sentences.length - 1; at > 0; at -= 1) {
    const sentence = sentences[at] as Sentence;
    tokens += sentence.tokens;
    if (tokens > limit) break;
    tail.unshift(sentence);
  }
  return tail;
}

/** The sentences of a text, cut where they have more than `max` tokens; markup that a sentence leaves open is joined to the next. */
function* sentencesOf(text: string, size: PieceSize): Generator<Sentence> {
  let held = '';
  for (const window of windowsOf(text)) {
    for (const { segment } of segmenter.segment(window)) {
      held += segment;
      if (held.length < 1_000 && isOpen(held)) continue;
      yield* bounded(held, size);
      held = '';
    }
  }
  yield* bounded(held, size);
}

function* bounded(text: string, { target, max }: PieceSize): Generator<Sentence> {
  if (text.trim() === '') return;
  const tokens = countTokens(text);
  if (tokens <= max) yield { text, tokens };
  else
    for (const part of splitWords(text, Math.min(target, max) - 1))
      yield { text: `${part} `, tokens: countTokens(part) + 1 };
}

/** Whether a code span or a link was begun and not ended. */
function isOpen(text: string): boolean {
  if ((text.match(/`/g)?.length ?? 0) % 2 === 1) return true;
  return text.lastIndexOf('[') > text.lastIndexOf(']') || text.lastIndexOf('](') > text.lastIndexOf(')');
}

function* windowsOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = breakBetween(text, start, WINDOW);
    yield text.slice(start, end);
    start = end;
  }
}

/** Cuts a text between words into parts of at most `max` tokens; a word that is longer between characters. */
export function splitWords(text: string, max: number): string[] {
  const parts: string[] = [];
  let part = '';
  let tokens = 0;
  for (const [word] of text.matchAll(/\s*\S+/g)) {
    const cost = countTokens(word);
    if (tokens + cost > max && part !== '') {
      parts.push(part.trim());
      part = '';
      tokens = 0;
    }
    if (cost > max) {
      parts.push(...splitCharacters(word.trim(), max));
      continue;
    }
    part += word;
    tokens += cost;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** Cuts between characters, never inside one: every part has at most `max` tokens (and at least one character). */
function splitCharacters(word: string, max: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < word.length; ) {
    let length = max * 4;
    let end = codePointBoundary(word, Math.min(start + length, word.length));
    for (let cost = countTokens(word.slice(start, end)); cost > max && length > 1; ) {
      length = Math.max(1, Math.floor((length * max * 0.95) / cost));
      end = codePointBoundary(word, Math.min(start + length, word.length));
      if (end <= start) end = Math.min(start + 2, word.length);
      cost = countTokens(word.slice(start, end));
    }
    parts.push(word.slice(start, end));
    start = end;
  }
  return parts;
}
