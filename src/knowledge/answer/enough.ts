import { detectLanguage } from '../words/language.ts';
import type { Turn } from './Answer.ts';
import { type Asked, askedFor, coverage, presence, type Rarity } from './asked.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import { evidenceContent, passageContent } from './passageContent.ts';

export type EnoughReason =
  | 'covered'
  | 'other-language' // words cannot be compared; whoever writes the answer has to judge
  | 'no-evidence'
  | 'no-words' // an emoji, punctuation, or nothing but "what is it?" without anything said before
  | 'not-covered'
  | 'key-term-missing'; // what the question is about stands in none of the passages

export interface Enough {
  readonly enough: boolean;
  readonly reason: EnoughReason;
  /** Share of the question's weight that the best stretch of one passage has, 0 to 1. */
  readonly coverage: number;
  /** What the question asks for and no passage has, weightiest first. */
  readonly missing: readonly string[];
}

export interface EnoughOptions {
  /** What was said before: a question without words of its own ("and on Linux?") is about that. */
  readonly history?: readonly Turn[];
  readonly rarity?: Rarity;
  /**
   * `quotes`: words alone decide. `model`: a model will judge for itself and may say that it found nothing, so that only
   * hopeless questions are turned away here, and passages in another language than the question are let through.
   */
  readonly writer?: 'quotes' | 'model';
}

/** How many passages are looked at, and how long a stretch of one must hold the question together (content tokens). */
const BEST_PASSAGES = 3;
const STRETCH_TOKENS = 40;
const MIN_COVERAGE = { quotes: 0.5, model: 0.1 } as const;
/** A name or number that is in no passage is forgiven only when this much of the question is there. */
const MIN_COVERAGE_WITHOUT_KEY = 0.7;
/** What has this share of the question's weight or more is what it is about, name or not. */
const KEY_SHARE = 0.4;
const FEW_TOKENS = 2;

/**
 * Is this evidence enough to answer from, or is "I don't know" the honest answer? Calibrated on questions whose passage
 * was taken out of the corpus (XQuAD in English, German and Chinese) and on questions that people marked as
 * unanswerable (mtRAG).
 * @param language ISO 639-1 of the question, or `und`
 */
export function isEnough(
  question: string,
  evidence: readonly Evidence[],
  language: string,
  options: EnoughOptions = {},
): Enough {
  const asked = askedFor(wholeQuestion(question, language, options.history), language, options.rarity);
  if (asked.length === 0) return { enough: false, reason: 'no-words', coverage: 0, missing: [] };
  const best = Math.max(0, ...evidence.slice(0, BEST_PASSAGES).map((passage) => bestStretch(asked, passage, language)));
  const missing = missingFrom(asked, evidence, language);
  const writer = options.writer ?? 'quotes';
  const reason = judge();
  return {
    enough: reason === 'covered' || reason === 'other-language',
    reason,
    coverage: best,
    missing: missing.map(({ token }) => token),
  };

  function judge(): EnoughReason {
    if (evidence.length === 0) return 'no-evidence';
    if (writer === 'model' && isOtherLanguage(evidence, language)) return 'other-language';
    if (best < MIN_COVERAGE[writer]) return 'not-covered';
    return writer === 'quotes' && isKeyMissing(asked, missing, best) ? 'key-term-missing' : 'covered';
  }
}

/** A question with hardly a word of its own is read together with what the person said before it. */
export function wholeQuestion(question: string, language: string, history: readonly Turn[] = []): string {
  if (contentSet(question, language).size > FEW_TOKENS) return question;
  const before = history.findLast((turn) => turn.role === 'person');
  return before === undefined ? question : `${before.text}\n${question}`;
}

/** Words of a question that are spread over a long passage are there by chance: they must stand together somewhere. */
function bestStretch(asked: readonly Asked[], passage: Evidence, language: string): number {
  const { title, body } = passageContent(passage, language);
  const step = STRETCH_TOKENS / 2;
  let best = 0;
  for (let from = 0; from === 0 || from + step < body.length; from += step) {
    best = Math.max(best, coverage(asked, new Set([...title, ...body.slice(from, from + STRETCH_TOKENS)])));
  }
  return best;
}

function missingFrom(asked: readonly Asked[], evidence: readonly Evidence[], language: string): Asked[] {
  const all = evidenceContent(evidence, language);
  return asked.filter(({ token }) => presence(token, all) < 0.5).sort((a, b) => b.weight - a.weight);
}

function isKeyMissing(asked: readonly Asked[], missing: readonly Asked[], best: number): boolean {
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  return missing.some(({ isKey, weight }) => (isKey && best < MIN_COVERAGE_WITHOUT_KEY) || weight / total >= KEY_SHARE);
}

function isOtherLanguage(evidence: readonly Evidence[], language: string): boolean {
  const text = evidence.slice(0, BEST_PASSAGES).map((passage) => passage.text);
  const found = detectLanguage(text.join('\n'));
  return language !== 'und' && found !== 'und' && found !== language;
}
