import type { Prints } from '../alike/createPrints.ts';
import { createLists } from '../createColumn.ts';
import type { OwnHand } from '../hands/createHand.ts';
import type { Hand } from '../hands/Hand.ts';
import { inPieces, share } from '../hands/share.ts';
import type { Said } from '../lines/Line.ts';
import { type Completion, NO_COMPLETION, type Rated } from '../Rated.ts';
import { nearnessOf } from './nearness.ts';

/** Whoever compares texts. */
export interface Comparers {
  readonly own: Pick<OwnHand, 'compare'>;
  readonly other?: Pick<Hand, 'compare'>;
}

/** Tells whether two completions are near-duplicates. */
export type AreNear = (a: Completion, b: Completion) => boolean;

const PAIRS_AT_ONCE = 100;
/** A question that very many answers belong to is left for when it is known which of these are compared. */
const MOST_ON_ONE_QUESTION = 24;

/**
 * Compares what is close among answers to the same question ahead of time, in two threads: reading as many texts and
 * comparing them is a third of choosing rows. What was not compared ahead is when it is asked for.
 */
export async function compareClose(
  rated: Rated,
  deps: {
    readonly completions: Prints;
    readonly groupOf: (question: number) => number;
    readonly questionCount: number;
  },
  { own, other }: Comparers,
  signal: AbortSignal,
): Promise<AreNear> {
  const { completions } = deps;
  const known = new Map<string, boolean>();
  const nameOf = (a: Completion, b: Completion) => `${Math.min(a, b)} ${Math.max(a, b)}`;
  const estimated = (a: Completion, b: Completion) => nearnessOf(completions.estimate(rated.print(a), rated.print(b)));
  const said = (completion: Completion): Said => {
    return { of: rated.exchange(rated.of(completion)), eventId: rated.eventId(completion) };
  };
  const inWords = ([a, b]: Pair) => [said(a), said(b)] as const;

  await share(
    inPieces(
      closePairs(rated, deps, (a, b) => estimated(a, b) === undefined),
      PAIRS_AT_ONCE,
    ),
    {
      own: (pairs) => own.compare(pairs.map(inWords)),
      ...(other ? { other: (pairs: readonly Pair[]) => other.compare(pairs.map(inWords)) } : {}),
    },
    (near, pairs) => {
      pairs.forEach(([a, b], at) => void known.set(nameOf(a, b), near[at] as boolean));
    },
    signal,
  );
  return (a, b) => estimated(a, b) ?? known.get(nameOf(a, b)) ?? (own.compare([inWords([a, b])])[0] as boolean);
}

type Pair = readonly [Completion, Completion];

function closePairs(
  rated: Rated,
  { groupOf, questionCount }: { readonly groupOf: (question: number) => number; readonly questionCount: number },
  areClose: (a: Completion, b: Completion) => boolean,
): Pair[] {
  const byQuestion = createLists(questionCount);
  for (let answer = 0; answer < rated.count; answer++) {
    for (const completion of [rated.answer(answer), rated.correction(answer)]) {
      if (completion !== NO_COMPLETION) byQuestion.add(groupOf(rated.question(answer)), completion);
    }
  }
  const pairs: Pair[] = [];
  for (let question = 0; question < questionCount; question++) {
    const some = byQuestion.at(question);
    if (some.length > MOST_ON_ONE_QUESTION) continue;
    for (let at = 1; at < some.length; at++) {
      for (let before = 0; before < at; before++) {
        const [a, b] = [some[before], some[at]] as [Completion, Completion];
        if (areClose(a, b)) pairs.push([a, b]);
      }
    }
  }
  return pairs;
}
