import type { Mode } from './clues.ts';

type Table = Readonly<Record<string, readonly [naming: number, known: number, fresh: number]>>;

/**
 * The weights of the rule, in logarithms of odds, for the modes [naming, known, new]; clues.ts says what each clue is.
 * Fitted once, by maximum likelihood of "links to any earlier message of its conversation, or begins one" (a conditional
 * logit with an L2 penalty of 3, L-BFGS), on the training split of Kummerfeld et al., "A Large-Scale Corpus for
 * Conversation Disentanglement" (ACL 2019), and rounded to two places. So that quiet channels where nobody is called by name
 * count too, a third as many messages were added: the same ones thinned out (a random part of the conversations kept,
 * mostly without the leading names, pauses up to twenty times as long). `quietNext` and `otherSitting` are set by
 * hand: that data knows no small teams and no nights. Only these numbers are kept, nothing of its text.
 * A change here needs a new `id` of the linker: it regroups everything.
 */
export const CLUES = {
  adjacent: [-1.48, -0.82, -0.23],
  logRank: [-0.72, -0.72, -0.49],
  logMinutes: [-0.21, -0.57, -0.29],
  own: [0.46, 0.96, 0],
  ownLast: [0.8, 0.91, 0],
  ownAdjacent: [0.93, 0.73, 0],
  ownQuestion: [0.74, 0.55, 0],
  ownToName: [0.7, 0, 0],
  ownToNameLast: [0.53, 0, 0],
  ownToOther: [-2.01, -0.47, 0],
  beforeOwnLast: [-0.58, -0.77, 0],
  toMe: [0.39, -0.52, 0],
  toMeLast: [0.22, 1.13, 0],
  toMeUnanswered: [0.22, 1.18, 0],
  byName: [2.33, 0, 0],
  byNameInPassing: [-1.21, 0, 0],
  byNameLast: [1.03, 0, 0],
  byNameToMe: [1.65, 0, 0],
  byNameToMeLast: [0.7, 0, 0],
  byNameToOther: [-0.99, 0, 0],
  byNameToNobody: [1.06, 0, 0],
  coName: [-0.25, 0, 0],
  stranger: [-1.4, -1.32, -1.26],
  strangerToOther: [-0.67, -1.37, -0.71],
  strangerQuestion: [-0.66, -0.2, 0.41],
  strangerFirst: [0.94, 0.55, 0.34],
  strangerLogRank: [-0.39, -0.5, -0.49],
  strangerPlain: [-0.01, 1.48, 2.01],
  strangerAdjacent: [0.01, -0.49, -0.23],
  strangerAdjacentPlain: [0.33, 0.44, -0.08],
  strangerAdjacentAlone: [-0.07, 1.09, 0.54],
  plainLogMinutes: [-0.06, 0.5, 0.03],
  exchanged: [-0.9, 0.71, 0],
  shared: [1.32, 1.35, 2.69],
  sharedAny: [0.62, 1.3, 1.14],
  greets: [-0.28, -1.04, -0.07],
  command: [-0.27, 0.04, 1.11],
  commandAdjacent: [3.21, 3.88, 2.82],
  questionAfterOther: [0.09, -0.03, -0.44],
  answersQuestion: [0.63, 0.71, 0.22],
  strandIsMine: [0.48, 0.38, 0],
  strandEnd: [0.16, -0.07, -0.2],
  strandHasMe: [0.78, 0.64, 0],
  strandHasName: [0.96, 0, 0],
  quietNext: [1.5, 1.5, 1.5],
  otherSitting: [-3, -3, -3],
} satisfies Table;

export const BEGINNINGS = {
  bias: [0.48, 0.89, 1.26],
  question: [0.51, 0.73, 0.44],
  questionLong: [0.42, 0.78, 1.26],
  greeting: [1.18, 1.43, 2.82],
  acknowledgement: [-0.8, -0.7, -0.46],
  short: [-0.03, -0.29, -0.35],
  long: [0.39, 0.61, 1.25],
  command: [-1.51, 1.2, 0.37],
  namesInPassing: [0.82, 0, 0],
  callsStranger: [0.36, 0.17, 0.92],
  logSilence: [0.02, 0.08, 0.03],
  neverSpoke: [1.07, 1.28, 1.26],
  ownLogRank: [0.1, 0.08, 0],
  logWindow: [-0.13, -0.09, 0.06],
  plain: [0.11, -1.59, -2.01],
  alone: [-0.57, 0.25, 0.18],
  dead: [0.54, 0.75, 1.06],
} satisfies Table;

export type ClueWeights = Readonly<Record<keyof typeof CLUES, number>>;
export type BeginningWeights = Readonly<Record<keyof typeof BEGINNINGS, number>>;

export const CLUE_WEIGHTS: Readonly<Record<Mode, ClueWeights>> = byMode(CLUES);
export const BEGINNING_WEIGHTS: Readonly<Record<Mode, BeginningWeights>> = byMode(BEGINNINGS);

function byMode<K extends string>(table: Readonly<Record<K, readonly number[]>>): Record<Mode, Record<K, number>> {
  // A copy of the table whose values are replaced has its fields at fixed places, as one built name by name has not: a
  // hundred thousand of these weights are read for one message.
  const column = (at: number): Record<K, number> => {
    const weights = { ...table } as Record<K, unknown>;
    for (const name of Object.keys(table) as K[]) weights[name] = table[name][at];
    return weights as Record<K, number>;
  };
  return { naming: column(0), known: column(1), new: column(2) };
}
