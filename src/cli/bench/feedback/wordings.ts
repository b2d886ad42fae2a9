import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Collection, Query } from '../retrieval/readCollection.ts';

/** One thing that people want to know, as two of them ask for it. */
export interface TwoWordings {
  readonly first: string;
  readonly second: string;
  readonly history: Query['history'];
  /** Relevance by document. */
  readonly judged: ReadonlyMap<string, number>;
}

/**
 * Questions that mean the same (they have the same judgements), two wordings of each. In a collection where nothing is
 * asked twice, the second wording is the first with every third word left out.
 */
export function wordingsOf({ queries, qrels }: Collection): { pairs: TwoWordings[]; areReal: boolean } {
  const judgedOnes = queries.filter(({ _id }) => [...(qrels.get(_id)?.values() ?? [])].some((score) => score > 0));
  const key = ({ _id }: Query) =>
    [...(qrels.get(_id) ?? [])]
      .map(([id, score]) => `${id}:${score}`)
      .sort()
      .join(' ');
  const groups = [...Map.groupBy(judgedOnes, key).values()];
  const real = groups.filter((group) => group.length > 1);
  const areReal = real.length * 2 > groups.length;
  const pairs = (areReal ? real : groups).flatMap(([first, second]): TwoWordings[] => {
    if (!first) return [];
    const other = areReal && second ? second.text : withoutEveryThird(first.text);
    return [{ first: first.text, second: other, history: first.history, judged: qrels.get(first._id) ?? new Map() }];
  });
  if (pairs.length < 10) throw new BackscrollError('input', 'Too few questions with judgements above 0 to replay.');
  return { pairs, areReal };
}

function withoutEveryThird(text: string): string {
  const words = text.split(/\s+/);
  return words.length < 3 ? text : words.filter((_, i) => i % 3 !== 2).join(' ');
}
