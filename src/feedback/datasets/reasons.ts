/**
 * Why something is not in a dataset, and what an operator can do about it. The keys stand in manifests and are counted;
 * an answer or row is counted under the first that holds.
 */
export const REASONS = {
  erased: { why: 'their words were erased' },
  'not-answered': { why: 'they say that they found nothing, and nobody said what they should have said' },
  'follow-up': { why: 'they answer a follow-up, whose thread is not kept with it' },
  'opted-out': { why: 'who asked or was quoted opted out' },
  discord: { why: 'they come from Discord, whose messages are never trained on' },
  'direct-message': { why: 'they come from direct messages, which are never trained on' },
  'private-channel': { why: 'they come from private channels, which are never trained on' },
  'audience-unknown': { why: 'who may read their channel is not known' },
  'space-not-allowed': {
    why: 'their space is not allowed for training',
    remedy: 'name the space under feedback.training.spaces in the config',
  },
  'import-not-allowed': {
    why: 'they were imported without leave to train on them',
    remedy: 'import the file again with --allow-training',
  },
  'passages-not-allowed': {
    why: 'they rest on passages that are not allowed',
    remedy: 'keep question and answer without the passages: --without-passages',
  },
  'quotes-passages': { why: 'the answer repeats passages that are not allowed, word for word' },
  secret: { why: 'a password, token or key stands in them' },
  'retrieval-fault': { why: 'the sources were wrong, which must not teach the model' },
  'no-vote': { why: 'every vote on them was withdrawn' },
  'in-review': { why: 'opinions are too few or differ', remedy: 'decide them: npx backscroll feedback review' },
  discarded: { why: 'they were discarded in review' },
  'not-for-format': {
    why: 'they give nothing for this format',
    remedy: 'another format may use them: kto takes any clear vote',
  },
  'nothing-to-prefer': { why: 'the correction is the answer itself' },
  duplicate: { why: 'the same stands there already' },
  'near-duplicate': { why: 'almost the same stands there already' },
  contradiction: {
    why: 'almost the same was called good and bad',
    remedy: 'decide them: npx backscroll feedback review',
  },
  'in-evaluation': { why: 'the evaluation set asks the same' },
  'question-cap': { why: 'there are enough on the same question', remedy: 'feedback.training.rowsPerQuestion' },
  'person-cap': { why: 'there are enough by the same person', remedy: 'feedback.training.rowsPerPerson' },
  'too-long': { why: 'they are longer than a trainer takes', remedy: 'feedback.training.rowTokens' },
  empty: { why: 'a part that the format wants is empty' },
} as const satisfies Record<string, { why: string; remedy?: string }>;

export type Reason = keyof typeof REASONS;

/** Counts by reason, kept in the order of `REASONS`. */
export interface Drops {
  add(reason: Reason, count?: number): void;
  /** Those that happened. */
  counts(): Partial<Record<Reason, number>>;
}

/** @param before what was counted earlier */
export function createDrops(before: Partial<Record<Reason, number>> = {}): Drops {
  const counts = new Map(Object.entries(before) as [Reason, number][]);
  return {
    add: (reason, count = 1) => void counts.set(reason, (counts.get(reason) ?? 0) + count),
    counts: () =>
      Object.fromEntries(
        (Object.keys(REASONS) as Reason[]).flatMap((reason) =>
          counts.has(reason) ? [[reason, counts.get(reason)]] : [],
        ),
      ),
  };
}

/** "12 because their space is not allowed for training (name the space …)", most first. */
export function dropsInWords(counts: Partial<Record<Reason, number>>): string[] {
  return (Object.entries(counts) as [Reason, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => {
      const { why, remedy } = REASONS[reason] as { why: string; remedy?: string };
      return `${count} because ${why}${remedy ? ` (${remedy})` : ''}`;
    });
}
