import { type Asked, coverage } from './asked.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import { type Unit, unitsOf } from './markdown/units.ts';
import { type SpokenTurn, turnsOf } from './turns.ts';

/** The stretch of one passage that answers best. */
export interface Quotable {
  readonly evidence: Evidence;
  readonly who?: string;
  /** One to three sentences, or a list, a table or a code block with what introduces it: verbatim from the passage. */
  readonly units: readonly Unit[];
  readonly score: number;
  readonly words: ReadonlySet<string>;
}

interface Scored {
  readonly unit: Unit;
  readonly score: number;
}

const WEIGHT = { words: 1, heading: 0.4, reply: 0.7, passage: 0.3, place: 0.05 } as const;
/** What asks does not answer. */
const QUESTION_FACTOR = 0.25;
/** A repetition of the question (a title, "VPN on Linux") says nothing new. */
const ECHO_FACTOR = 0.4;
const REPLY_DECAY = 0.75;
const MAX_SENTENCES = 3;
const MAX_LINES = 10;
const MAX_CHARS = 480;
const ASKS = /[?？؟\u037e]["'”’)*_]*\s*$/u;

/**
 * The best stretch of a passage for a question, or undefined if none of it has to do with the question.
 * In a conversation the turns after the one that asks are preferred: what was replied need not repeat the question.
 * @param strength how good the passage is among the others, 0 to 1
 */
export function quotableOf(
  evidence: Evidence,
  asked: readonly Asked[],
  strength: number,
  language: string,
): Quotable | undefined {
  const turns: readonly SpokenTurn[] =
    evidence.kind === 'conversation' ? turnsOf(evidence.text) : [{ units: unitsOf(evidence.text) }];
  const title = coverage(asked, contentSet(evidence.title, language)) * WEIGHT.heading;
  let asking: { who: string | undefined; share: number; at: number } | undefined;
  let best: Quotable | undefined;
  turns.forEach((turn, at) => {
    const isReply = asking !== undefined && (turn.who === undefined || turn.who !== asking.who);
    const reply = isReply && asking ? WEIGHT.reply * asking.share * REPLY_DECAY ** (at - asking.at - 1) : 0;
    const scored = scoreTurn(turn, asked, language, { title, reply, at });
    const share = coverage(asked, contentSet(turn.units.map((unit) => unit.text).join(''), language));
    const asks = turn.units.some((unit) => ASKS.test(unit.text));
    if (evidence.kind === 'conversation' && asks && share > (asking?.share ?? 0)) asking = { who: turn.who, share, at };
    const top = scored.reduce<Scored | undefined>((a, b) => (b.score > (a?.score ?? 0) ? b : a), undefined);
    if (top === undefined) return;
    const score = top.score + WEIGHT.passage * strength;
    if (best !== undefined && best.score >= score) return;
    const units = stretchAround(scored, top.unit, isReply);
    const words = contentSet(units.map((unit) => unit.text).join(''), language);
    best = { evidence, ...(turn.who === undefined ? {} : { who: turn.who }), units, score, words };
  });
  return best;
}

function scoreTurn(
  turn: SpokenTurn,
  asked: readonly Asked[],
  language: string,
  context: { readonly title: number; readonly reply: number; readonly at: number },
): Scored[] {
  let heading = 0;
  const wanted = new Set(asked.map(({ token }) => token));
  return turn.units.map((unit, i) => {
    if (unit.kind === 'blank') return { unit, score: 0 };
    const found = contentSet(unit.text, language);
    const words = coverage(asked, found);
    if (unit.kind === 'heading') {
      heading = words * WEIGHT.heading;
      return { unit, score: 0 };
    }
    if (found.size === 0 && context.reply === 0) return { unit, score: 0 };
    const around = Math.max(heading, words > 0 ? context.title : 0) * (1 - words);
    const related = words * WEIGHT.words + around + context.reply;
    const echo = found.size > 0 && [...found].every((token) => wanted.has(token)) ? ECHO_FACTOR : 1;
    const question = ASKS.test(unit.text) ? QUESTION_FACTOR : 1;
    const place = related > 0 ? WEIGHT.place / (1 + i + context.at) : 0;
    return { unit, score: related * echo * question + place };
  });
}

/** A sentence with what belongs to it: a list or code block with its introduction, a short reply as a whole. */
function stretchAround(scored: readonly Scored[], centre: Unit, isReply: boolean): Unit[] {
  const units = scored.map(({ unit }) => unit);
  const at = units.indexOf(centre);
  const shown = units.filter((unit) => unit.kind !== 'blank');
  const length = (all: readonly Unit[]): number => all.reduce((sum, unit) => sum + unit.text.length, 0);
  if (isReply && shown.length <= MAX_SENTENCES && length(units) <= MAX_CHARS) return trimBlanks(units);
  const best = scored[at]?.score ?? 0;
  let from = at;
  let to = at + 1;
  const fits = (a: number, b: number): boolean => length(units.slice(a, b)) <= MAX_CHARS && b - a <= MAX_LINES;
  const previous = (): number => (units[from - 1]?.kind === 'blank' ? from - 2 : from - 1);
  const next = (): number => (units[to]?.kind === 'blank' ? to + 1 : to);
  while (units[from]?.kind === 'item' && units[from - 1]?.kind === 'item' && fits(from - 1, to)) from -= 1;
  const introduces = units[previous()];
  if (introduces !== undefined && isIntroduction(introduces) && isBlock(units[from]) && fits(previous(), to))
    from = previous();
  for (;;) {
    const candidate = units[next()];
    const behind = units[to - 1];
    if (candidate === undefined || !fits(from, next() + 1)) break;
    const belongs =
      (isBlock(candidate) &&
        behind !== undefined &&
        (isIntroduction(behind) || (candidate.kind === 'item' && behind.kind === 'item'))) ||
      (candidate.kind === 'sentence' &&
        next() === to &&
        to - from < MAX_SENTENCES &&
        (scored[to]?.score ?? 0) >= best * 0.25);
    if (!belongs) break;
    to = next() + 1;
  }
  return trimBlanks(units.slice(from, to));
}

function isIntroduction(unit: Unit): boolean {
  return /[:：]["'”’)*_]*\s*$/u.test(unit.text);
}

function isBlock(unit: Unit | undefined): boolean {
  return unit?.kind === 'item' || unit?.kind === 'code' || unit?.kind === 'table';
}

function trimBlanks(units: readonly Unit[]): Unit[] {
  const from = units.findIndex((unit) => unit.kind !== 'blank');
  const to = units.findLastIndex((unit) => unit.kind !== 'blank');
  return units.slice(Math.max(0, from), to + 1);
}
