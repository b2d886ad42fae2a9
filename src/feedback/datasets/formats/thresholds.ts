import type { Split } from '../curate/splitRows.ts';
import { type Format, type Shape, shapeOf } from '../Policy.ts';

/** Below so many rows a training is mostly noise. */
export const ENOUGH: Readonly<Record<Shape, number>> = { sft: 50, dpo: 200, kto: 500 };
/** Of kto rows each class should have at least this share. */
const LEAST_CLASS = 0.1;
/** From here on a model may learn length instead of quality. */
const LENGTH_BIAS = 0.7;

/** What whoever trains on it should know first. */
export function warningsFor(
  format: Format,
  {
    rows,
    desirable,
    longer,
  }: {
    readonly rows: Readonly<Record<Split, number>>;
    /** The share of rows that are desirable, of kto. */
    readonly desirable: number;
    /** The share of pairs in which what is preferred is longer. */
    readonly longer: number;
  },
): string[] {
  const all = rows.train + rows.validation + rows.test;
  const shape = shapeOf(format);
  const warnings: string[] = [];
  if (all < ENOUGH[shape]) {
    warnings.push(`This is too little to train on: ${all} rows, and ${shape} wants about ${ENOUGH[shape]}.`);
  }
  for (const name of ['validation', 'test'] as const) {
    if (rows[name] === 0) {
      warnings.push(`${name}.jsonl is empty: the rows belong together in too few groups to set some aside.`);
    }
  }
  if (shape === 'kto' && Math.min(desirable, 1 - desirable) < LEAST_CLASS) {
    warnings.push(
      `The classes are lopsided: ${Math.round(desirable * 100)} % are desirable, and each should have at least 10 %.`,
    );
  }
  if (shape === 'dpo' && longer > LENGTH_BIAS) {
    warnings.push(
      `What is preferred is the longer one in ${Math.round(longer * 100)} % of pairs: a model may learn length from it.`,
    );
  }
  return warnings;
}
