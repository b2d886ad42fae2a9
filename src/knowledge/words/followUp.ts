import type { Turn } from '../answer/Answer.ts';
import { fold } from './fold.ts';
import { detectLanguage } from './language.ts';
import { GOING_ON, MAYBE_POINTING_BACK, POINTING_BACK, POINTING_BACK_UNSPACED } from './leaningWords.ts';
import { scan, type Unit } from './scan.ts';
import { isFunctionWord } from './stopWords.ts';

/** A text to search with and what its words weigh; the first is always the question itself, with weight 1. */
export interface WeighedText {
  readonly text: string;
  readonly weight: number;
}

/**
 * What to search for when a question is asked in a thread. One that leans on what was said before ("and on Linux?",
 * "how much does it cost?", "why?") takes along what the person asked last and the beginning of what was answered; a
 * short one only what was asked last; a long one that names everything takes nothing. What is carried weighs at most
 * half, so that the question's own words decide.
 * @param history what was said in the thread before, oldest first
 */
export function expandFollowUp(question: string, history: readonly Turn[]): WeighedText[] {
  const own: WeighedText = { text: question, weight: 1 };
  const spoken = history.map((turn) => ({ ...turn, language: detectLanguage(turn.text) }));
  const leaning =
    spoken.length === 0
      ? 'no'
      : leans(
          question,
          detectLanguage(
            question,
            spoken.map((turn) => turn.language),
          ),
        );
  if (leaning === 'no') return [own];
  // "Thanks!" says nothing about the subject: the last turns that do are meant.
  const asked = spoken.filter((turn) => turn.role === 'person' && contentWords(turn.text, turn.language) > 0).reverse();
  const answered = spoken.findLast((turn) => turn.role === 'bot');
  const weights = leaning === 'fully' ? FULLY : PARTLY;
  const carried: WeighedText[] = [
    { text: beginning(asked[0]?.text), weight: weights.asked },
    { text: beginning(asked[1]?.text), weight: weights.askedBefore },
    { text: beginning(answered?.text), weight: weights.answered },
  ];
  return [own, ...carried.filter(({ text, weight }) => text !== '' && weight > 0)];
}

// Measured on the multi-turn questions of mt-rag-benchmark.
const FULLY = { asked: 0.5, askedBefore: 0.25, answered: 0.25 };
const PARTLY = { asked: 0.25, askedBefore: 0.25, answered: 0 };
/** A question of more content words than this stands for itself, unless a word points back. */
const SHORT_WORDS = 4;
/** About thirty words: what a turn is about stands at its beginning. */
const CARRIED_CHARACTERS = 200;

function leans(question: string, language: string): 'fully' | 'partly' | 'no' {
  const content = contentWords(question, language);
  const short = content <= SHORT_WORDS;
  if (content === 0 || pointsBack(question, language, short)) return 'fully';
  return short ? 'partly' : 'no';
}

function pointsBack(question: string, language: string, short: boolean): boolean {
  const unspaced = POINTING_BACK_UNSPACED[language];
  if (unspaced) return unspaced.test(question.trim());
  const words =
    question
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu)
      ?.map(fold) ?? [];
  const pointing = listed(POINTING_BACK, language);
  const maybe = short ? listed(MAYBE_POINTING_BACK, language) : NONE;
  return words.some((word) => pointing.has(word) || maybe.has(word)) || listed(GOING_ON, language).has(words[0] ?? '');
}

const NONE: ReadonlySet<string> = new Set();

function listed(lists: Readonly<Record<string, string>>, language: string): ReadonlySet<string> {
  const words = lists[language] ?? (language === 'und' ? lists.en : undefined);
  return new Set(words?.split(' ').map((word) => fold(word)));
}

/** How many words say what a text is about; 0 for one of function words only. */
function contentWords(text: string, language: string): number {
  return scan(text, language).reduce((count, unit) => count + contentOf(unit, language), 0);
}

function contentOf(unit: Unit, language: string): number {
  if (unit.kind === 'word') return isFunctionWord(unit.word, language) ? 0 : 1;
  if (unit.kind !== 'run') return 1;
  const segments = Array.from(segmenter.segment(unit.text), ({ segment }) => segment);
  return segments.filter((segment) => !isFunctionWord(segment, language)).length;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function beginning(text = ''): string {
  const trimmed = text.trim();
  if (trimmed.length <= CARRIED_CHARACTERS) return trimmed;
  const cut = trimmed.slice(0, CARRIED_CHARACTERS);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), CARRIED_CHARACTERS / 2)).trim();
}
