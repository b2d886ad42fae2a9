import { expect, it } from 'vitest';
import { voteLineSchema } from '../../../src/feedback/import/voteLine.ts';
import { toVotes } from '../../../tools/votes/toVotes.ts';

const rating = {
  ...{ task_id: 't1', model: 'm', question: 'Where?', contexts: ['p1', 'missing'], response: 'There.' },
  human: {
    faithfulness: { w0: '4', w1: '2', w2: '4' },
    completeness: { w0: '3', w1: '4', w2: '1' },
    naturalness: { w0: '4', w1: '4' },
    'win-rate': { w0: 50, w1: 0 },
  },
};

it('makes a vote of each worker’s ratings, which the import understands', () => {
  const votes = [
    ...toVotes([JSON.stringify(rating)], [JSON.stringify({ _id: 'p1', title: 'T', text: 'It is there.' })]),
  ];
  expect(votes).toMatchObject([
    { voter: 'w0', vote: 'up', passages: [{ text: 'It is there.' }] },
    { voter: 'w1', vote: 'down', reason: 'wrong' },
    { voter: 'w2', vote: 'down', reason: 'incomplete' },
  ]);
  const schema = voteLineSchema(20_000, Date.now);
  for (const vote of votes) expect(schema.safeParse(vote)).toMatchObject({ success: true });
});
