interface Rating {
  readonly task_id: string;
  readonly model: string;
  readonly question: string;
  readonly contexts: readonly string[];
  readonly response: string;
  /** Measure -> worker -> 1 to 4, as text. */
  readonly human: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

const MEASURES = ['faithfulness', 'completeness', 'appropriateness', 'naturalness'] as const;
/** A worker who gives each measure this much would put a thumb up. */
const GOOD = 3;
const REASONS: Partial<Record<string, string>> = { faithfulness: 'wrong', completeness: 'incomplete' };
/** The data does not say when: one answer an hour from here, in the order of the file. */
const FIRST_MS = Date.UTC(2026, 0, 5, 8);
const HOUR_MS = 3_600_000;

/**
 * A vote for each worker and answer: up when nothing was rated below 3 of 4, else down with the worst measure as reason.
 * @param ratings, passages lines of JSON
 */
export function* toVotes(ratings: readonly string[], passages: readonly string[]) {
  const texts = new Map(
    passages.map((line) => {
      const { _id, text } = JSON.parse(line) as { _id: string; text: string };
      return [_id, text] as const;
    }),
  );
  for (const [i, line] of ratings.entries()) {
    const { task_id, model, question, contexts, response, human } = JSON.parse(line) as Rating;
    const workers = new Set(MEASURES.flatMap((measure) => Object.keys(human[measure] ?? {})));
    for (const worker of [...workers].sort()) {
      const rated = MEASURES.flatMap((measure) => {
        const value = human[measure]?.[worker];
        return value === undefined ? [] : [{ measure, value: Number(value) }];
      });
      const worst = rated.reduce((low, one) => (one.value < low.value ? one : low));
      yield {
        id: `${task_id} ${model}`,
        question,
        answer: response,
        passages: contexts.flatMap((id) => (texts.has(id) ? [{ text: texts.get(id) as string }] : [])),
        voter: worker,
        ...(worst.value >= GOOD ? { vote: 'up' } : { vote: 'down', reason: REASONS[worst.measure] ?? 'other' }),
        model,
        at: new Date(FIRST_MS + i * HOUR_MS).toISOString(),
      };
    }
  }
}
