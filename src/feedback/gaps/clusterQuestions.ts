/** A question as its words (stems, without those that only hold a sentence together) and its vector. */
export interface QuestionWords {
  readonly words: readonly string[];
  readonly vector: Float32Array;
}

interface Cluster {
  readonly members: number[];
  readonly sum: Map<string, number>;
}

/** Two questions that share about half of the weight of their words are about one thing … */
const SAME_WORDS = 0.42;
/** … and so are two whose vectors are this near, whatever their words. */
const SAME_MEANING = 0.86;

/**
 * Groups questions that are about the same thing: each joins the cluster whose words it shares most (cosine of weighed
 * words, rare ones weigh more), or begins one. Every cluster is a list of indexes, its most typical question first.
 * Deterministic; time grows with questions times clusters.
 */
export function clusterQuestions(questions: readonly QuestionWords[]): number[][] {
  const rarity = raritiesOf(questions);
  const weighed = questions.map(({ words }) => weigh(words, rarity));
  const clusters: Cluster[] = [];
  questions.forEach(({ vector }, at) => {
    const own = weighed[at] as Map<string, number>;
    let best: Cluster | undefined;
    let bestLikeness = 0;
    for (const cluster of clusters) {
      const first = questions[cluster.members[0] ?? 0] as QuestionWords;
      const byWords = cosine(own, cluster.sum);
      const likeness = byWords >= SAME_WORDS ? byWords : dot(vector, first.vector) >= SAME_MEANING ? SAME_WORDS : 0;
      if (likeness > bestLikeness) [best, bestLikeness] = [cluster, likeness];
    }
    if (!best) clusters.push({ members: [at], sum: new Map(own) });
    else {
      best.members.push(at);
      for (const [word, weight] of own) best.sum.set(word, (best.sum.get(word) ?? 0) + weight);
    }
  });
  const typical = (cluster: Cluster) => (at: number) => cosine(weighed[at] as Map<string, number>, cluster.sum);
  return clusters.map((cluster) => {
    const like = typical(cluster);
    return [...cluster.members].sort((a, b) => like(b) - like(a) || a - b);
  });
}

/** The words that most of them share, the most telling first. */
export function sharedWords(members: readonly (readonly string[])[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const words of members) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * 2 > members.length)
    .sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}

function raritiesOf(questions: readonly QuestionWords[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of questions) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([word, count]) => [word, Math.log(1 + questions.length / count)]));
}

function weigh(words: readonly string[], rarity: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...new Set(words)].map((word) => [word, rarity.get(word) ?? 0]));
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0;
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0);
  const size = length(a) * length(b);
  return size > 0 ? product / size : 0;
}

const length = (words: ReadonlyMap<string, number>) =>
  Math.sqrt([...words.values()].reduce((sum, w) => sum + w * w, 0));

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
