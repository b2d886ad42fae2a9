import type { Prints } from '../alike/createPrints.ts';
import { type Format, type Policy, shapeOf } from '../Policy.ts';
import type { Doubtful, Rated } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';
import { addEvaluation } from './addEvaluation.ts';
import { buildRows } from './buildRows.ts';
import { capRows } from './capRows.ts';
import { type Comparers, compareClose } from './compareClose.ts';
import { dropDuplicates } from './dropDuplicates.ts';
import { groupQuestions } from './groupQuestions.ts';
import { groupRows } from './groupRows.ts';
import { sortByPriority, sortByTime } from './sortRows.ts';
import { type SplitRows, splitRows } from './splitRows.ts';

export interface Chosen extends SplitRows {
  readonly rows: Rows;
  /** What was found only now to need a person's look. */
  readonly doubtful: readonly Doubtful[];
}

/** The bot answers between two steps: a hundred thousand rows take each a tenth of a second or more. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** From rated answers to the rows of a dataset: built, deduplicated, capped and split. */
export async function chooseRows(
  format: Format,
  rated: Rated,
  deps: {
    readonly policy: Policy;
    readonly questions: Prints;
    readonly completions: Prints;
    readonly drops: Drops;
  },
  comparers: Comparers,
  signal: AbortSignal,
): Promise<Chosen> {
  const { policy, questions, completions, drops } = deps;
  const evaluated = addEvaluation(questions, policy.evaluation);
  const groupOf = groupQuestions(questions);
  const barred = evaluated(groupOf);
  const questionCount = questions.count;
  const areNear = await compareClose(rated, { completions, groupOf, questionCount }, comparers, signal);
  const doubtful: Doubtful[] = [];

  const rows = buildRows(shapeOf(format), rated, questions, drops);
  const questionOf = (row: number) => groupOf(rated.question(rows.of(row)));
  const fit = new Int32Array(rows.count)
    .map((_, row) => row)
    .filter((row) => {
      const reason = barred.has(questionOf(row))
        ? 'in-evaluation'
        : rows.tokens(row) > policy.rowTokens
          ? 'too-long'
          : undefined;
      if (reason) drops.add(reason);
      return reason === undefined;
    });
  await breathe();
  const byTime = sortByTime(rows, fit);
  const single = dropDuplicates(rows, sortByPriority(rows, byTime), {
    ...{ completions, questionOf, questionCount, drops, areNear },
    contradiction(row) {
      const of = rows.of(row);
      const [up, down] = [rated.up(of).length, rated.down(of).length];
      const doubt = 'called good and bad';
      doubtful.push({ answerId: rated.answerId(of), askedMs: rated.askedMs(of), doubt, up, down });
    },
  });
  await breathe();
  const isKept = new Uint8Array(rows.count);
  for (const row of capRows(rows, single, policy, questionOf, questionCount, drops)) isKept[row] = 1;
  const kept = byTime.filter((row) => isKept[row] === 1);
  await breathe();
  const groups = groupRows(rows, kept, completions, questionOf, questionCount);
  return { rows, ...splitRows(rows, kept, groups, policy.seed), doubtful };
}
