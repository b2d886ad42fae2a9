import type { Prints } from '../alike/createPrints.ts';
import type { Shape } from '../Policy.ts';
import type { Completion, Rated } from '../Rated.ts';
import type { Row } from '../Row.ts';
import type { Drops } from '../reasons.ts';

/** What a chat format puts around each message, in tokens. */
const MESSAGE_TOKENS = 4;

/**
 * The rows that rated answers give in a format.
 * - sft: what an answer should have been, and what people agree is good
 * - dpo: a correction before the answer; of answers to one question with one context, a good before a bad one
 * - kto: each clear judgement by itself; of a correction both sides
 */
export function buildRows(shape: Shape, rated: readonly Rated[], questions: Prints, drops: Drops): Row[] {
  if (shape === 'dpo') return buildPairs(rated, questions, drops);
  const rows: Row[] = [];
  for (const of of rated) {
    const { answer, correction } = of;
    const before = rows.length;
    if (correction)
      rows.push(single(of, correction, { kind: 'correction', voters: [correction.voter], ...labelled(shape, true) }));
    else if (answer && of.label === 'good') {
      rows.push(
        single(of, answer, {
          kind: shape === 'sft' ? 'confirmed' : 'vote',
          voters: of.up,
          ...labelled(shape, true),
        }),
      );
    }
    if (shape === 'kto' && answer && of.label === 'bad') {
      const voters = correction ? [...new Set([correction.voter, ...of.down])] : of.down;
      rows.push(single(of, answer, { kind: correction ? 'correction' : 'vote', voters, label: false }));
    }
    if (rows.length === before) drops.add('not-for-format');
  }
  return rows;
}

const labelled = (shape: Shape, label: boolean) => (shape === 'kto' ? { label } : {});

function single(
  of: Rated,
  completion: Completion,
  { kind, voters, label }: Pick<Row, 'kind' | 'voters'> & { label?: boolean },
): Row {
  const id = `${of.answerId} ${completion === of.correction ? 'correction' : 'answer'}`;
  const tokens = of.promptTokens + completion.tokens + MESSAGE_TOKENS;
  return { id, kind, of, completion, rejected: undefined, label, answerIds: [of.answerId], voters, tokens };
}

function buildPairs(rated: readonly Rated[], questions: Prints, drops: Drops): Row[] {
  const rows: Row[] = [];
  const groups = new Map<string, { good: Rated[]; bad: Rated[] }>();
  for (const of of rated) {
    const { answer, correction } = of;
    if (correction && answer) {
      rows.push(
        pair(of, correction, answer, { kind: 'correction', answerIds: [of.answerId], voters: [correction.voter] }),
      );
      continue;
    }
    if (!answer || !of.label) {
      drops.add('not-for-format');
      continue;
    }
    const key = `${questions.sameAs(of.question)} ${of.context.key}`;
    const group = groups.get(key) ?? { good: [], bad: [] };
    group[of.label].push(of);
    groups.set(key, group);
  }
  for (const { good, bad } of groups.values()) {
    if (good.length === 0 || bad.length === 0) {
      drops.add('not-for-format', good.length + bad.length);
      continue;
    }
    good.sort((a, b) => b.goodness - a.goodness || byAge(a, b));
    bad.sort((a, b) => a.goodness - b.goodness || byAge(a, b));
    // Each answer once, and those of the longer side with the other's in turn.
    for (let i = 0; i < Math.max(good.length, bad.length); i++) {
      const [better, worse] = [good[i % good.length], bad[i % bad.length]] as [Rated, Rated];
      rows.push(
        pair(better, better.answer as Completion, worse.answer as Completion, {
          kind: 'pair',
          answerIds: [better.answerId, worse.answerId],
          voters: [...new Set([...better.up, ...worse.down])],
        }),
      );
    }
  }
  return rows;
}

function pair(
  of: Rated,
  completion: Completion,
  rejected: Completion,
  rest: Pick<Row, 'kind' | 'answerIds' | 'voters'>,
): Row {
  return {
    ...{ id: rest.answerIds.join(' '), of, completion, rejected, label: undefined },
    tokens: of.promptTokens + Math.max(completion.tokens, rejected.tokens) + MESSAGE_TOKENS,
    ...rest,
  };
}

function byAge(a: Rated, b: Rated): number {
  return a.askedMs - b.askedMs || (a.answerId < b.answerId ? -1 : 1);
}
