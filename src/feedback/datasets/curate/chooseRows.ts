import type { Prints } from '../alike/createPrints.ts';
import { type Format, type Policy, shapeOf } from '../Policy.ts';
import type { Completion, Doubtful, Rated } from '../Rated.ts';
import { byPriority, byTime, type Row } from '../Row.ts';
import type { Drops } from '../reasons.ts';
import { addEvaluation } from './addEvaluation.ts';
import { buildRows } from './buildRows.ts';
import { capRows } from './capRows.ts';
import { dropDuplicates } from './dropDuplicates.ts';
import { groupQuestions } from './groupQuestions.ts';
import { groupRows } from './groupRows.ts';
import { type SplitRows, splitRows } from './splitRows.ts';

export interface Chosen extends SplitRows {
  /** What was found only now to need a person's look. */
  readonly doubtful: readonly Doubtful[];
}

/** From rated answers to the rows of a dataset: built, deduplicated, capped and split. */
export function chooseRows(
  format: Format,
  rated: readonly Rated[],
  deps: {
    readonly policy: Policy;
    /** The words of a completion, for close calls. */
    readonly textOf: (completion: Completion) => string;
    readonly questions: Prints;
    readonly completions: Prints;
    readonly drops: Drops;
  },
): Chosen {
  const { policy, textOf, questions, completions, drops } = deps;
  const evaluated = addEvaluation(questions, policy.evaluation);
  const groupOf = groupQuestions(questions);
  const questionOf = (row: Row) => groupOf(row.of.question);
  const barred = evaluated(groupOf);
  const doubtful: Doubtful[] = [];

  const rows = buildRows(shapeOf(format), rated, questions, drops).filter((row) => {
    const reason = barred.has(questionOf(row))
      ? 'in-evaluation'
      : row.tokens > policy.rowTokens
        ? 'too-long'
        : undefined;
    if (reason) drops.add(reason);
    return reason === undefined;
  });
  const single = dropDuplicates(rows.sort(byPriority), {
    ...{ completions, questionOf, drops, textOf },
    contradiction: ({ of }) => {
      const { answerId, askedMs, up, down } = of;
      doubtful.push({ answerId, askedMs, doubt: 'called good and bad', up: up.length, down: down.length });
    },
  });
  const kept = capRows(single, policy, questionOf, drops).sort(byTime);
  const groups = groupRows(kept, completions, questionOf);
  const split = splitRows(kept, groups, policy.seed);
  return { ...split, doubtful };
}
