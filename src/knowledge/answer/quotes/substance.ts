import type { Unit } from '../markdown/units.ts';
import { asks } from './asks.ts';
import { countLetters } from './letters.ts';
import { isCourteous, isExplaining } from './replyCues.ts';

/** From so many letters on a turn is long enough to say something; shorter ones count less. */
const ENOUGH_LETTERS = 45;
const COURTESY_LETTERS = 50;
const LEAST = 0.15;
const ASKING = 0.2;
const BONUS = { block: 0.25, detail: 0.1, explains: 0.15 } as const;

/**
 * How much a turn looks like an answer, whatever it is about: 0.15 for "thanks" or "ok", 1 for a statement, up to 1.6
 * with code, numbers, links, or words that instruct or explain.
 */
export function substanceOf(units: readonly Unit[]): number {
  const said = units.filter((unit) => unit.kind !== 'blank');
  const stated = said.filter((unit) => !asks(unit));
  if (stated.length === 0) return ASKING * LEAST;
  const text = stated.map((unit) => unit.text).join('');
  const hasBlock = stated.some((unit) => unit.kind === 'code' || unit.kind === 'item' || unit.kind === 'table');
  const hasDetail = /\p{N}|`[^`]+`|https?:\/\//u.test(text);
  const letters = countLetters(text);
  if (!hasBlock && !hasDetail && letters < COURTESY_LETTERS && isCourteous(text)) return LEAST;
  const bonus =
    (hasBlock ? BONUS.block : 0) + (hasDetail ? BONUS.detail : 0) + (isExplaining(text) ? BONUS.explains : 0);
  const stated01 = stated.length / said.length;
  return Math.min(1, LEAST + letters / ENOUGH_LETTERS) * (ASKING + (1 - ASKING) * stated01) + bonus;
}
