import { type Unit, unitsOf } from '../markdown/units.ts';

/** A line this long that ends without punctuation was broken to fit, not to end. */
const WRAPPED_CHARS = 60;
const ENDED = /[.!?…:：。！？;；][\p{Pe}\p{Pf}"'*_~]*\s*$/u;

/**
 * The units of a text with lines that an editor wrapped put together again, so that nobody is shown half a sentence or
 * half a list item. All of them put together are still the text.
 */
export function wholeUnits(text: string): Unit[] {
  const whole: Unit[] = [];
  for (const unit of unitsOf(text)) {
    const before = whole.at(-1);
    if (before !== undefined && continues(unit, before)) {
      whole[whole.length - 1] = { kind: before.kind, text: before.text + unit.text };
    } else whole.push(unit);
  }
  return whole;
}

function continues(unit: Unit, before: Unit): boolean {
  if (unit.kind !== 'sentence' || !before.text.endsWith('\n')) return false;
  if (before.kind === 'item') return /^[ \t]+\S/u.test(unit.text);
  if (before.kind !== 'sentence' || ENDED.test(before.text)) return false;
  const line = before.text.trimEnd();
  return line.length - (line.lastIndexOf('\n') + 1) >= WRAPPED_CHARS;
}
