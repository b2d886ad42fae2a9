import { type Asked, coverage } from './asked.ts';
import { asks } from './asks.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import type { Excerpt, QuotedPart } from './Quotable.ts';
import { isPolar, isSettling } from './replyCues.ts';
import { stretchAround } from './stretch.ts';
import { type ScoredTurn, scoreTurns } from './scoreTurns.ts';
import { turnsOf } from './turns.ts';

const MAX_TURNS = 4;
const MAX_CHARS = 540;
/** A turn next to the best one that is worth this much of it is shown too. */
const NEIGHBOUR_SHARE = 0.45;
const MAX_SETTLING_CHARS = 80;
const MAX_QUESTION_CHARS = 160;

/**
 * What answers best in a conversation: the turns that state it, or that reply to somebody who asked the same, up to
 * four in a row. The question of the conversation is shown only above a "yes" or "no".
 */
export function quoteConversation(evidence: Evidence, asked: readonly Asked[], language: string): Excerpt | undefined {
  const { turns, matter } = scoreTurns(turnsOf(evidence.text), asked, language);
  const fit = Math.max(0, ...turns.map(({ value }) => value));
  if (fit <= 0) return undefined;
  const at = turns.findIndex(({ value }) => value === fit);
  const { from, to } = windowAround(turns, at);
  const window = turns.slice(from, to);
  const only = window.length === 1 ? stretchOf(window[0] as ScoredTurn, asked, language) : undefined;
  const parts = only === undefined ? window.map(whole) : [only];
  const verbatim =
    only === undefined
      ? window.map(({ turn }) => turn.text).join('')
      : only.units.map((unit) => unit.text).join('');
  const words = contentSet(parts.flatMap(({ units }) => units.map((unit) => unit.text)).join(''), language);
  return {
    parts,
    verbatim: verbatim.trim(),
    fit: Math.min(1, fit),
    words,
    about: new Set([...words, ...matter]),
  };
}

function windowAround(turns: readonly ScoredTurn[], at: number): { readonly from: number; readonly to: number } {
  const best = (turns[at] as ScoredTurn).value;
  let from = at;
  let to = at + 1;
  const worthy = (i: number): boolean => (turns[i]?.value ?? 0) >= best * NEIGHBOUR_SHARE;
  for (;;) {
    // One turn in between may be skipped over: somebody sighed, somebody asked back.
    const next = worthy(to) ? to + 1 : worthy(to + 1) ? to + 2 : undefined;
    const previous = worthy(from - 1) ? from - 1 : worthy(from - 2) ? from - 2 : undefined;
    if (next !== undefined && fits(from, next)) to = next;
    else if (previous !== undefined && fits(previous, to)) from = previous;
    else break;
  }
  const settling = turns[to];
  if (settling?.isAsker && settling.stated.length <= MAX_SETTLING_CHARS && isSettling(settling.stated)) {
    if (fits(from, to + 1)) to += 1;
  }
  const question = turns[from - 1];
  const isAnswerToIt = question?.asks === true && isPolar((turns[from] as ScoredTurn).stated);
  if (isAnswerToIt && !question.turn.isContext && question.turn.text.length <= MAX_QUESTION_CHARS) {
    if (fits(from - 1, to)) from -= 1;
  }
  return { from, to };

  function fits(a: number, b: number): boolean {
    const within = turns.slice(a, b);
    if (b - a > MAX_TURNS || within.some(({ turn }) => turn.isContext)) return false;
    return within.reduce((sum, { turn }) => sum + turn.text.length, 0) <= MAX_CHARS;
  }
}

function whole({ turn }: ScoredTurn): QuotedPart {
  return { ...(turn.who === undefined ? {} : { who: turn.who }), units: turn.units, isCut: false };
}

/** A long turn is a small page: what it says about the question, or how it begins. */
function stretchOf(scored: ScoredTurn, asked: readonly Asked[], language: string): QuotedPart {
  const { turn } = scored;
  if (turn.text.length <= MAX_CHARS) return whole(scored);
  const scores = turn.units.map((unit) =>
    unit.kind === 'blank' || asks(unit) ? 0 : coverage(asked, contentSet(unit.text, language)),
  );
  const best = Math.max(...scores);
  const first = turn.units.findIndex((unit) => unit.kind !== 'blank');
  const at = best > 0 ? scores.indexOf(best) : Math.max(0, first);
  const { units, isCut } = stretchAround(turn.units, scores, at, best <= 0 || at === first);
  return { ...(turn.who === undefined ? {} : { who: turn.who }), units, isCut };
}
