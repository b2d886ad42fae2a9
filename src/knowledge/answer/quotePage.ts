import { type Asked, coverage } from './asked.ts';
import { asks } from './asks.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import type { Unit } from './markdown/units.ts';
import type { Excerpt } from './Quotable.ts';
import { stretchAround } from './stretch.ts';
import { matchingRows } from './tableRows.ts';
import { wholeUnits } from './wholeUnits.ts';

const NOTHING: ReadonlySet<string> = new Set();
/** What the headings above say counts less than what is said, except for what comes first below them. */
const AROUND = { first: 0.75, later: 0.4 } as const;
const QUESTION_FACTOR = 0.25;
/** A repetition of the question (a title, "VPN on Linux") says nothing new. */
const ECHO_FACTOR = 0.4;
const PLACE = 0.05;
/** A question in a page stands above its answer as a heading does, below all of them. */
const QUESTION_LEVEL = 7;

interface Scored {
  readonly score: number;
  readonly own: number;
  readonly isFirst: boolean;
  readonly trail: ReadonlySet<string>;
}

/**
 * What answers best in a page: the sentences that have the question's words, or the beginning of the section whose
 * headings have them.
 */
export function quotePage(evidence: Evidence, asked: readonly Asked[], language: string): Excerpt | undefined {
  const units = wholeUnits(evidence.text);
  const scored = scoreUnits(units, contentSet(evidence.title, language), asked, language);
  const scores = scored.map(({ score }) => score);
  const fit = Math.max(0, ...scores);
  if (fit <= 0) return undefined;
  const at = scores.indexOf(fit);
  const { isFirst, own, trail } = scored[at] as Scored;
  const stretch = stretchAround(units, scores, at, isFirst && own < coverage(asked, trail));
  let verbatim = stretch.units.map((unit) => unit.text).join('');
  const shown = stretch.units.map((unit) => {
    if (unit.kind !== 'table') return unit;
    const rows = matchingRows(unit.text, asked, language);
    if (rows.shown !== unit.text) verbatim = rows.verbatim;
    return { ...unit, text: rows.shown };
  });
  const words = contentSet(shown.map((unit) => unit.text).join(''), language);
  return {
    parts: [{ units: shown, isCut: stretch.isCut }],
    verbatim: verbatim.trim(),
    fit: Math.min(1, fit),
    words,
    about: union(words, trail),
  };
}

function scoreUnits(
  units: readonly Unit[],
  title: ReadonlySet<string>,
  asked: readonly Asked[],
  language: string,
): Scored[] {
  const wanted = new Set(asked.map(({ token }) => token));
  const headings: { level: number; words: ReadonlySet<string> }[] = [];
  let trail = title;
  let isFirst = true;
  let place = 0;
  return units.map((unit) => {
    const found = unit.kind === 'blank' ? NOTHING : contentSet(unit.text, language);
    const level = levelOf(unit);
    if (level !== undefined) {
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      headings.push({ level, words: found });
      trail = headings.reduce((all, { words }) => union(all, words), title);
      isFirst = true;
    }
    const here = { trail, isFirst };
    if (unit.kind === 'blank' || unit.kind === 'heading') return { score: 0, own: 0, ...here };
    const own = unit.kind === 'table' ? matchingRows(unit.text, asked, language).share : coverage(asked, found);
    const around = coverage(asked, union(found, trail)) - own;
    const isAbout = own > 0 || (isFirst && around > 0);
    const related = own + (isAbout ? around * (isFirst ? AROUND.first : AROUND.later) : 0);
    const echo = found.size > 0 && [...found].every((token) => wanted.has(token)) ? ECHO_FACTOR : 1;
    place += 1;
    if (!asks(unit)) isFirst = false;
    const score = related * echo * (asks(unit) ? QUESTION_FACTOR : 1) + (related > 0 ? PLACE / place : 0);
    return { score, own, ...here };
  });
}

function levelOf(unit: Unit): number | undefined {
  if (unit.kind === 'heading') return /^\s*(#{1,6})/u.exec(unit.text)?.[1]?.length ?? 1;
  return asks(unit) ? QUESTION_LEVEL : undefined;
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}
