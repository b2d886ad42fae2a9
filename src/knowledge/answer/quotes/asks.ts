import type { Unit } from '../markdown/units.ts';

const ASKS = /[?？؟\u037e]["'”’)*_]*\s*$/u;

/** True for a sentence or heading that ends as a question does. */
export function asks(unit: Unit): boolean {
  return unit.kind !== 'code' && unit.kind !== 'table' && ASKS.test(unit.text);
}
