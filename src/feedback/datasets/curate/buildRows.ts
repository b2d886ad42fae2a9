import type { Prints } from '../alike/createPrints.ts';
import type { Shape } from '../Policy.ts';
import { NO_COMPLETION, type Rated } from '../Rated.ts';
import { createRows, type Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';

/**
 * The rows that rated answers give in a format.
 * - sft: what an answer should have been, and what people agree is good
 * - dpo: a correction before the answer; of answers to one question with one context, a good before a bad one
 * - kto: each clear judgement by itself; of a correction both sides
 */
export function buildRows(shape: Shape, rated: Rated, questions: Prints, drops: Drops): Rows {
  const rows = createRows(rated);
  if (shape === 'dpo') buildPairs(rows, questions, drops);
  else buildSingles(rows, shape, drops);
  return rows;
}

function buildSingles(rows: Rows, shape: Shape, drops: Drops): void {
  const { rated } = rows;
  const labelled = (label: boolean) => (shape === 'kto' ? { label } : {});
  for (let of = 0; of < rated.count; of++) {
    const before = rows.count;
    const [answer, correction, label] = [rated.answer(of), rated.correction(of), rated.label(of)];
    const isCorrected = correction !== NO_COMPLETION;
    const hasAnswer = answer !== NO_COMPLETION;
    if (isCorrected) {
      rows.add({ kind: 'correction', completion: correction, voters: [rated.corrector(of)], ...labelled(true) });
    } else if (hasAnswer && label === 'good') {
      const kind = shape === 'sft' ? 'confirmed' : 'vote';
      rows.add({ kind, completion: answer, voters: rated.up(of), ...labelled(true) });
    }
    if (shape === 'kto' && hasAnswer && label === 'bad') {
      const down = rated.down(of);
      const voters = isCorrected ? [...new Set([rated.corrector(of), ...down])] : down;
      rows.add({ kind: isCorrected ? 'correction' : 'vote', completion: answer, voters, label: false });
    }
    if (rows.count === before) drops.add('not-for-format');
  }
}

function buildPairs(rows: Rows, questions: Prints, drops: Drops): void {
  const { rated } = rows;
  const groups = new Map<string, { good: number[]; bad: number[] }>();
  for (let of = 0; of < rated.count; of++) {
    const [answer, correction, label] = [rated.answer(of), rated.correction(of), rated.label(of)];
    if (correction !== NO_COMPLETION && answer !== NO_COMPLETION) {
      rows.add({ kind: 'correction', completion: correction, rejected: answer, voters: [rated.corrector(of)] });
      continue;
    }
    if (answer === NO_COMPLETION || !label) {
      drops.add('not-for-format');
      continue;
    }
    const key = `${questions.sameAs(rated.question(of))} ${rated.context(of).key}`;
    const group = groups.get(key) ?? { good: [], bad: [] };
    group[label].push(of);
    groups.set(key, group);
  }
  const byAge = (a: number, b: number) =>
    rated.askedMs(a) - rated.askedMs(b) || (rated.answerId(a) < rated.answerId(b) ? -1 : 1);
  for (const { good, bad } of groups.values()) {
    if (good.length === 0 || bad.length === 0) {
      drops.add('not-for-format', good.length + bad.length);
      continue;
    }
    good.sort((a, b) => rated.goodness(b) - rated.goodness(a) || byAge(a, b));
    bad.sort((a, b) => rated.goodness(a) - rated.goodness(b) || byAge(a, b));
    // Each answer once, and those of the longer side with the other's in turn.
    for (let i = 0; i < Math.max(good.length, bad.length); i++) {
      const [better, worse] = [good[i % good.length], bad[i % bad.length]] as [number, number];
      const voters = [...new Set([...rated.up(better), ...rated.down(worse)])];
      rows.add({ kind: 'pair', completion: rated.answer(better), rejected: rated.answer(worse), voters });
    }
  }
}
