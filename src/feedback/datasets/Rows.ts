import { createColumn } from './createColumn.ts';
import { type Completion, NO_COMPLETION, type Rated } from './Rated.ts';

export const KINDS = ['correction', 'vote', 'confirmed', 'pair'] as const;
export type Kind = (typeof KINDS)[number];

/** One line of a dataset, before it is written. */
export interface NewRow {
  readonly kind: Kind;
  /** What is to be learned, or, with `label` false, what is not. It has the prompt of its own answer. */
  readonly completion: Completion;
  /** Of a pair: what the completion is preferred to. */
  readonly rejected?: Completion;
  readonly label?: boolean | undefined;
  /** Who stands behind it. */
  readonly voters: readonly number[];
}

/** The lines of a dataset by number: what is built of rated answers, from which some are chosen. */
export interface Rows {
  readonly count: number;
  readonly rated: Rated;
  add(row: NewRow): void;
  readonly kind: (row: number) => Kind;
  /** The answer whose prompt it has. */
  readonly of: (row: number) => number;
  readonly completion: (row: number) => Completion;
  /** `NO_COMPLETION` when it is no pair. */
  readonly rejected: (row: number) => Completion;
  readonly label: (row: number) => boolean | undefined;
  readonly tokens: (row: number) => number;
  readonly askedMs: (row: number) => number;
  readonly voterCount: (row: number) => number;
  /** The nth of those who stand behind it. */
  readonly voter: (row: number, n: number) => number;
  /** The answers that it is made of. */
  readonly answerIds: (row: number) => string[];
  /** Its own in the dataset, and the same in every run. */
  readonly id: (row: number) => string;
}

/** What a chat format puts around each message, in tokens. */
const MESSAGE_TOKENS = 4;
const LABELS = [undefined, false, true] as const;

export function createRows(rated: Rated): Rows {
  const column = () => createColumn(Int32Array);
  const [kinds, completions, rejecteds, labels] = [column(), column(), column(), column()];
  const [voters, votersTo] = [column(), column()];

  const of = (row: number) => rated.of(completions.at(row));
  const votersFrom = (row: number) => (row === 0 ? 0 : votersTo.at(row - 1));
  const askedMs = (row: number) => rated.askedMs(of(row));

  function id(row: number): string {
    const [completion, rejected] = [completions.at(row), rejecteds.at(row)];
    if (rejected !== NO_COMPLETION) return answerIds(row).join(' ');
    return `${rated.answerId(of(row))} ${rated.eventId(completion) === undefined ? 'answer' : 'correction'}`;
  }
  function answerIds(row: number): string[] {
    const [own, rejected] = [of(row), rejecteds.at(row)];
    const other = rejected === NO_COMPLETION ? own : rated.of(rejected);
    return own === other ? [rated.answerId(own)] : [rated.answerId(own), rated.answerId(other)];
  }
  return {
    rated,
    get count() {
      return kinds.length;
    },
    add(row) {
      kinds.push(KINDS.indexOf(row.kind));
      completions.push(row.completion);
      rejecteds.push(row.rejected ?? NO_COMPLETION);
      labels.push(LABELS.indexOf(row.label));
      for (const voter of row.voters) voters.push(voter);
      votersTo.push(voters.length);
    },
    kind: (row) => KINDS[kinds.at(row)] as Kind,
    of,
    completion: (row) => completions.at(row),
    rejected: (row) => rejecteds.at(row),
    label: (row) => LABELS[labels.at(row)],
    tokens(row) {
      const [completion, rejected] = [completions.at(row), rejecteds.at(row)];
      const other = rejected === NO_COMPLETION ? 0 : rated.tokens(rejected);
      return rated.promptTokens(of(row)) + Math.max(rated.tokens(completion), other) + MESSAGE_TOKENS;
    },
    askedMs,
    voterCount: (row) => votersTo.at(row) - votersFrom(row),
    voter: (row, n) => voters.at(votersFrom(row) + n),
    answerIds,
    id,
  };
}
