import { coverage } from '../asked.ts';
import { contentSet } from '../content.ts';
import type { Evidence } from '../Evidence.ts';
import { withoutAddresses } from './addresses.ts';
import { asks } from './asks.ts';
import type { Excerpt, QuotedPart, Sought } from './Quoted.ts';
import { isPolar, isSettling } from './replyCues.ts';
import { type ScoredTurn, scoreTurns } from './scoreTurns.ts';
import { stretchAround } from './stretch.ts';
import { turnsOf } from './turns.ts';

interface Window {
  readonly from: number;
  readonly to: number;
}

const MAX_FIT = 1.2;
const MAX_TURNS = 4;
const MAX_CHARS = 540;
/** A turn next to the best one that is worth this much of it is shown too. */
const NEIGHBOUR_SHARE = 0.5;
const MAX_SETTLING_CHARS = 80;
const MAX_QUESTION_CHARS = 160;

/**
 * What answers best in a conversation: the turns that state it, or that reply to somebody who asked the same, up to
 * four in a row. The question of the conversation is shown only above a "yes" or "no".
 * @param strength how good the passage is among the others, 0 to 1
 */
export function quoteConversation(evidence: Evidence, sought: Sought, strength: number): Excerpt | undefined {
  const { turns, matter } = scoreTurns(turnsOf(evidence.text), sought, strength);
  const fit = Math.max(0, ...turns.map(({ value }) => value));
  if (fit <= 0) return undefined;
  const { from, to } = rounded(turns, bestWindow(turns));
  const window = turns.slice(from, to);
  const only = window.length === 1 ? stretchOf(window[0] as ScoredTurn, sought) : undefined;
  const parts = only === undefined ? window.map(whole) : [only];
  const verbatim =
    only === undefined ? window.map(({ turn }) => turn.text).join('') : only.units.map((unit) => unit.text).join('');
  const words = contentSet(
    withoutAddresses(parts.flatMap(({ units }) => units.map((unit) => unit.text)).join('')),
    sought.language,
  );
  return {
    parts,
    verbatim: verbatim.trim(),
    fit: Math.min(MAX_FIT, fit),
    words,
    about: new Set([...words, ...matter]),
  };
}

/**
 * The few turns in a row that are worth most together. One in between may be worth nothing: somebody sighed, or asked
 * back. Earlier ones win a tie, since replies are read from the first on.
 */
function bestWindow(turns: readonly ScoredTurn[]): Window {
  const best = Math.max(...turns.map(({ value }) => value));
  const worth = turns.map(({ value }) => (value >= best * NEIGHBOUR_SHARE ? value : 0));
  let found: Window = { from: worth.indexOf(best), to: worth.indexOf(best) + 1 };
  let most = best;
  for (let from = 0; from < turns.length; from += 1) {
    for (let to = from + 2; to <= Math.min(turns.length, from + MAX_TURNS) && fits(turns, { from, to }); to += 1) {
      const isWhole = worth[from] !== 0 && worth[to - 1] !== 0;
      const sum = worth.slice(from, to).reduce((all, value) => all + value, 0);
      if (!isWhole || sum <= most) continue;
      found = { from, to };
      most = sum;
    }
  }
  return found;
}

/** With "that was it" at its end, and the question above a "yes" or "no" that means nothing without it. */
function rounded(turns: readonly ScoredTurn[], { from, to }: Window): Window {
  const [before, first, behind] = [turns[from - 1], turns[from], turns[to]];
  const isSettled =
    behind?.isAsker && !behind.asks && behind.stated.length <= MAX_SETTLING_CHARS && isSettling(behind.stated);
  const end = isSettled && fits(turns, { from, to: to + 1 }) ? to + 1 : to;
  const isAnswerToIt = before?.asks && before.turn.text.length <= MAX_QUESTION_CHARS && isPolar(first?.stated ?? '');
  return { from: isAnswerToIt && fits(turns, { from: from - 1, to: end }) ? from - 1 : from, to: end };
}

function fits(turns: readonly ScoredTurn[], { from, to }: Window): boolean {
  const within = turns.slice(from, to);
  if (to - from > MAX_TURNS || within.some(({ turn }) => turn.isContext)) return false;
  return within.reduce((sum, { turn }) => sum + turn.text.length, 0) <= MAX_CHARS;
}

function whole({ turn }: ScoredTurn): QuotedPart {
  return { ...(turn.who === undefined ? {} : { who: turn.who }), units: turn.units, isCut: false };
}

/** A long turn is a small page: what it says about the question, or how it begins. */
function stretchOf(scored: ScoredTurn, { asked, language }: Sought): QuotedPart {
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
