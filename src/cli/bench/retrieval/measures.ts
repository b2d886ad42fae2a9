/** How good one ranking of documents is, against judgements. All are between 0 and 1. */
export interface Quality {
  /** nDCG@10 with gain = relevance and discount log2(rank + 1), as trec_eval's ndcg_cut_10 (Järvelin and Kekäläinen 2002). */
  readonly ndcg10: number;
  /** The share of the relevant documents among the first 10. */
  readonly recall10: number;
  /** One over the rank of the first relevant document, 0 if none was found. */
  readonly mrr: number;
}

/** @param ranking document ids, best first; @param judged relevance by document id, 0 or less is not relevant */
export function measure(ranking: readonly string[], judged: ReadonlyMap<string, number>): Quality {
  const gain = (id: string) => Math.max(0, judged.get(id) ?? 0);
  const dcg = (gains: readonly number[]) => gains.reduce((sum, g, i) => sum + g / Math.log2(i + 2), 0);
  const top = ranking.slice(0, 10);
  const best = [...judged.values()].filter((g) => g > 0).sort((a, b) => b - a);
  const ideal = dcg(best.slice(0, 10));
  const first = ranking.findIndex((id) => gain(id) > 0);
  return {
    ndcg10: ideal === 0 ? 0 : dcg(top.map(gain)) / ideal,
    recall10: best.length === 0 ? 0 : top.filter((id) => gain(id) > 0).length / best.length,
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

export function mean(all: readonly Quality[]): Quality {
  const of = (pick: (quality: Quality) => number) =>
    all.reduce((sum, one) => sum + pick(one), 0) / Math.max(1, all.length);
  return { ndcg10: of((q) => q.ndcg10), recall10: of((q) => q.recall10), mrr: of((q) => q.mrr) };
}
