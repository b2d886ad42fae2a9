import type { Prints } from '../alike/createPrints.ts';
import type { Said } from '../lines/Line.ts';
import { type Format, type Policy, shapeOf } from '../Policy.ts';
import type { Doubtful, Rated } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';
import { addEvaluation } from './addEvaluation.ts';
import { buildRows } from './buildRows.ts';
import { capRows } from './capRows.ts';
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

/** From rated answers to the rows of a dataset: built, deduplicated, capped and split. */
export function chooseRows(
  format: Format,
  rated: Rated,
  deps: {
    readonly policy: Policy;
    /** The words of a completion, for close calls. */
    readonly textOf: (said: Said) => string;
    readonly questions: Prints;
    readonly completions: Prints;
    readonly drops: Drops;
  },
): Chosen {
  const { policy, textOf, questions, completions, drops } = deps;
  const evaluated = addEvaluation(questions, policy.evaluation);
  const groupOf = groupQuestions(questions);
  const barred = evaluated(groupOf);
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
  const single = dropDuplicates(rows, sortByPriority(rows, fit), {
    ...{ completions, questionOf, drops },
    textOf: (completion) => textOf({ of: rated.exchange(rated.of(completion)), eventId: rated.eventId(completion) }),
    contradiction(row) {
      const of = rows.of(row);
      const [up, down] = [rated.up(of).length, rated.down(of).length];
      const doubt = 'called good and bad';
      doubtful.push({ answerId: rated.answerId(of), askedMs: rated.askedMs(of), doubt, up, down });
    },
  });
  const kept = sortByTime(rows, capRows(rows, single, policy, questionOf, drops));
  const groups = groupRows(rows, kept, completions, questionOf);
  return { rows, ...splitRows(rows, kept, groups, policy.seed), doubtful };
}
