import type { Unit } from '../markdown/units.ts';
import { asks } from './asks.ts';
import { countLetters } from './letters.ts';

export interface Stretch {
  readonly units: readonly Unit[];
  /** True if it had to be ended inside its last unit. */
  readonly isCut: boolean;
}

const MAX_CHARS = 500;
const MAX_SENTENCES = 3;
const MAX_CODE_LINES = 15;
const MAX_CODE_CHARS = 900;
/** What is shorter than this is read more easily with the sentence behind it. */
const SHORT_LETTERS = 180;
/** A neighbouring sentence with this share of the best one's score belongs to it. */
const NEIGHBOUR_SHARE = 0.25;

/**
 * What to show around a unit: a sentence with its neighbours, a list or code block with what introduces it.
 * @param scores of the units, as many as there are
 * @param isLead true if the unit is the beginning of what answers as a whole (a section, a reply): what follows belongs
 *   to it then, whatever its score
 */
export function stretchAround(units: readonly Unit[], scores: readonly number[], at: number, isLead: boolean): Stretch {
  const centre = units[at] as Unit;
  if (lengthOf([centre]) > MAX_CHARS) return { units: [cut(centre)], isCut: true };
  const previous = (): number => (units[from - 1]?.kind === 'blank' ? from - 2 : from - 1);
  const next = (): number => afterBlank(to);
  const fits = (a: number, b: number): boolean => lengthOf(units.slice(a, b)) <= MAX_CHARS;
  let from = at;
  let to = at + 1;
  while (units[from]?.kind === 'item' && units[from - 1]?.kind === 'item' && fits(from - 1, to)) from -= 1;
  const introduces = units[previous()];
  if (introduces !== undefined && isIntroduction(introduces) && isBlock(units[from]) && fits(previous(), to))
    from = previous();
  for (;;) {
    const candidate = units[next()];
    const behind = units[to - 1];
    if (candidate === undefined || behind === undefined || !fits(from, next() + 1)) break;
    if (!belongs(candidate, behind)) break;
    to = next() + 1;
  }
  const alone = to - from === 1 && lettersIn(from, to) < SHORT_LETTERS;
  // "This is done with …": what "this" is stands before.
  const before = units[from - 1];
  const isFollowing = centre.kind === 'sentence' && before?.kind === 'sentence' && !asks(before);
  if (alone && isFollowing && fits(from - 1, to)) from -= 1;
  const announced = units[next()];
  if (announced !== undefined && isIntroduction(units[to - 1] as Unit) && isBlock(announced)) {
    return { units: [...units.slice(from, next()), cut(announced)], isCut: true };
  }
  while (isLead && isDangling(units[to - 1]) && to - 1 > at) to -= 1;
  return { units: trimBlanks(units.slice(from, to)), isCut: false };

  function belongs(candidate: Unit, behind: Unit): boolean {
    if (candidate.kind === 'heading' || behind.kind === 'table') return false;
    if (isLead) return true;
    if (isBlock(candidate)) {
      const isNextItem = candidate.kind === 'item' && behind.kind === 'item';
      return isNextItem || isIntroduction(behind) || (behind.kind === 'sentence' && isShortCode(candidate));
    }
    // "Run this:", "npm", and only then the block.
    if (isIntroduction(behind) && isBlock(units[afterBlank(next() + 1)])) return true;
    if (next() !== to || to - from >= MAX_SENTENCES || behind.kind !== 'sentence') return false;
    return lettersIn(from, to) < SHORT_LETTERS || (scores[to] ?? 0) >= (scores[at] ?? 0) * NEIGHBOUR_SHARE;
  }

  function lettersIn(a: number, b: number): number {
    return units.slice(a, b).reduce((sum, unit) => sum + countLetters(unit.text), 0);
  }

  function afterBlank(i: number): number {
    return units[i]?.kind === 'blank' ? i + 1 : i;
  }
}

/** A short code block counts as little: it is shown whole or not at all. */
function lengthOf(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + (isShortCode(unit) ? Math.min(150, unit.text.length) : unit.text.length), 0);
}

function isShortCode({ kind, text }: Unit): boolean {
  return kind === 'code' && text.length <= MAX_CODE_CHARS && text.trimEnd().split('\n').length <= MAX_CODE_LINES + 2;
}

/** Its beginning: whole lines of a code block or table, else whole words, never inside a character. */
function cut(unit: Unit): Unit {
  const max = unit.kind === 'code' ? MAX_CODE_CHARS : MAX_CHARS;
  const isLines = unit.kind === 'code' || unit.kind === 'table';
  const lines = isLines ? unit.text.split(/(?<=\n)/u).slice(0, MAX_CODE_LINES + 1) : [unit.text];
  const text = lines.join('');
  if (text.length <= max) return { ...unit, text };
  const end = Math.max(text.lastIndexOf(isLines ? '\n' : ' ', max), 0);
  const cutAt = end > max / 2 ? end : max;
  return { ...unit, text: text.slice(0, cutAt).replace(/[\ud800-\udbff]$/u, '') };
}

function isIntroduction(unit: Unit): boolean {
  return /[:：]["'”’)*_]*\s*$/u.test(unit.text);
}

/** An introduction at the end, of something that is not shown any more. */
function isDangling(unit: Unit | undefined): boolean {
  return unit !== undefined && (unit.kind === 'blank' || (unit.kind === 'sentence' && isIntroduction(unit)));
}

function isBlock(unit: Unit | undefined): boolean {
  return unit?.kind === 'item' || unit?.kind === 'code' || unit?.kind === 'table';
}

function trimBlanks(units: readonly Unit[]): readonly Unit[] {
  const from = units.findIndex((unit) => unit.kind !== 'blank');
  const to = units.findLastIndex((unit) => unit.kind !== 'blank');
  return units.slice(Math.max(0, from), to + 1);
}
