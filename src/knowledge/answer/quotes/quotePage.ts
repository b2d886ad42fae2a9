import { coverage } from '../asked.ts';
import { contentSet } from '../content.ts';
import type { Evidence } from '../Evidence.ts';
import type { Unit } from '../markdown/units.ts';
import { withoutAddresses } from './addresses.ts';
import { asks } from './asks.ts';
import { hasForm } from './expected.ts';
import type { Excerpt, Sought } from './Quoted.ts';
import { stretchAround } from './stretch.ts';
import { matchingRows } from './tableRows.ts';
import { wholeUnits } from './wholeUnits.ts';

const NOTHING: ReadonlySet<string> = new Set();
/** What the headings above say counts less than what is said, except for what comes first below them. */
const AROUND = { first: 0.9, later: 0.4 } as const;
/** With this much of the question in its headings, a section is the answer as a whole. */
const SECTION = 0.6;
const QUESTION_FACTOR = 0.25;
/** A repetition of the question (a title, "VPN on Linux") says nothing new. */
const ECHO_FACTOR = 0.4;
/** A word in code is there for the machine. */
const CODE_FACTOR = 0.5;
/** A number for "how many", a cause for "why". */
const FORM_FACTOR = 1.15;
/** What stands where the question's words are in the title and headings is about the question. */
const TITLE = 0.3;
const PLACE = 0.05;
const MAX_FIT = 1.2;
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
export function quotePage(evidence: Evidence, sought: Sought): Excerpt | undefined {
  const { asked, language } = sought;
  const tables = new Map<Unit, string>();
  const units = wholeUnits(evidence.text).map((unit) => {
    if (unit.kind !== 'table') return unit;
    const rows = matchingRows(unit.text, asked, language);
    const shown: Unit = { kind: 'table', text: rows.shown };
    if (rows.shown !== unit.text) tables.set(shown, rows.verbatim);
    return shown;
  });
  const scored = scoreUnits(units, contentSet(evidence.title, language), sought);
  const scores = scored.map(({ score }) => score);
  const fit = Math.max(0, ...scores);
  if (fit <= 0) return undefined;
  const at = scores.indexOf(fit);
  const { isFirst, own, trail } = scored[at] as Scored;
  const stretch = stretchAround(units, scores, at, isFirst && Math.min(own, SECTION) <= coverage(asked, trail));
  const text = stretch.units.map((unit) => unit.text).join('');
  const shortened = stretch.units.find((unit) => tables.has(unit));
  const verbatim = shortened === undefined ? text : (tables.get(shortened) ?? '');
  const words = contentSet(withoutAddresses(text), language);
  return {
    parts: [{ units: stretch.units, isCut: stretch.isCut }],
    verbatim: verbatim.trim(),
    fit: Math.min(MAX_FIT, fit),
    words,
    about: union(words, trail),
  };
}

function scoreUnits(units: readonly Unit[], title: ReadonlySet<string>, sought: Sought): Scored[] {
  const { asked, language, form } = sought;
  const wanted = new Set(asked.map(({ token }) => token));
  const headings: { level: number; words: ReadonlySet<string> }[] = [];
  let trail = title;
  let below = NOTHING;
  let isFirst = true;
  let place = 0;
  return units.map((unit) => {
    const found = unit.kind === 'blank' ? NOTHING : contentSet(unit.text, language);
    const level = levelOf(unit);
    if (level !== undefined) {
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      headings.push({ level, words: found });
      below = headings.reduce((all, { words }) => union(all, words), NOTHING);
      trail = union(title, below);
      isFirst = true;
    }
    const here = { trail, isFirst };
    if (unit.kind === 'blank' || unit.kind === 'heading') return { score: 0, own: 0, ...here };
    const share = coverage(asked, found);
    const own = share * (unit.kind === 'code' ? CODE_FACTOR : 1);
    const isAnnounced = isFirst && (below === NOTHING || coverage(asked, below) > 0);
    const together = coverage(asked, union(found, trail)) - share;
    const above = coverage(asked, trail);
    const around = isAnnounced && above >= SECTION ? Math.max(together, above - own) : together;
    const isAbout = own > 0 || (isAnnounced && around > 0);
    const related = own + (isAbout ? around * (isAnnounced ? AROUND.first : AROUND.later) : 0);
    const echo = found.size > 0 && [...found].every((token) => wanted.has(token)) ? ECHO_FACTOR : 1;
    place += 1;
    if (!asks(unit)) isFirst = false;
    const titled = trail.size === 0 ? 1 : 1 - TITLE + TITLE * above;
    const formed = form !== undefined && hasForm(unit.text, form) ? FORM_FACTOR : 1;
    const score =
      related * echo * formed * titled * (asks(unit) ? QUESTION_FACTOR : 1) + (related > 0 ? PLACE / place : 0);
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
