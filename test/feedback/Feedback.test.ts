import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeedback, type Feedback } from '../../src/feedback/Feedback.ts';
import { openTestStore, type TestStore } from '../store/openTestStore.ts';

let opened: TestStore;
let feedback: Feedback;

beforeEach(async () => {
  opened = await openTestStore();
  const { store, clock } = opened;
  feedback = createFeedback({ events: store.feedbackEvents, settings: store.settings, now: () => clock.now });
  for (const id of ['a1', 'a2']) {
    const asked = { platform: 'web', channelId: 'c', threadId: 't', personId: 'p', text: 'q?', askedMs: 1 };
    await store.answers.putQuestion({ id: `q-${id}`, ...asked });
    await store.answers.put(
      { id, questionId: `q-${id}`, status: 'answered', text: 'yes', notes: [], citations: [], answeredMs: 2 },
      { body: '{}', passageIds: [], keptUntilMs: 10 },
    );
  }
});
afterEach(() => opened.close());

let n = 0;
const ballot = (answerId: string, personId: string) => ({ eventId: `e${n++}`, answerId, personId });
const counts = () => opened.store.feedbackEvents.counts();

describe('a vote', () => {
  it('is one a person and answer: the last one counts, and it can be withdrawn', async () => {
    await feedback.vote(ballot('a1', 'web:1'), 'up');
    await feedback.vote(ballot('a1', 'web:1'), 'down');
    expect(await feedback.present('a1', 'web:1')).toEqual({ vote: 'down' });
    expect(await counts()).toMatchObject({ up: 0, down: 1 });
    await feedback.vote(ballot('a1', 'web:1'), 'withdrawn');
    expect(await feedback.present('a1', 'web:1')).toEqual({});
    expect(await counts()).toMatchObject({ up: 0, down: 0 });
  });

  it('is the same one when the platform delivers it again', async () => {
    const first = ballot('a1', 'web:1');
    await feedback.vote(first, 'up');
    await feedback.vote(ballot('a1', 'web:1'), 'withdrawn');
    await feedback.vote(first, 'up');
    expect(await feedback.present('a1', 'web:1')).toEqual({});
  });

  it('has a reason when the thumb is down, which goes with it', async () => {
    await feedback.vote(ballot('a1', 'web:1'), 'down', 'out-of-date');
    expect(await feedback.present('a1', 'web:1')).toEqual({ vote: 'down', reason: 'out-of-date' });
    expect(await feedback.present('a1', 'web:2')).toEqual({});
    await feedback.correct(ballot('a1', 'web:1'), 'Tuesday.');
    expect(await feedback.present('a1', 'web:1')).toEqual({
      ...{ vote: 'down', reason: 'out-of-date', correction: 'Tuesday.' },
    });
    await feedback.vote(ballot('a1', 'web:1'), 'up');
    // Who finds it good now does not say any more what it should have been.
    expect(await feedback.present('a1', 'web:1')).toEqual({ vote: 'up' });
    await expect(feedback.vote(ballot('a1', 'web:1'), 'up', 'wrong')).rejects.toThrow('Only a thumb down has a reason');
  });

  it('on an answer that is not there is refused', async () => {
    await expect(feedback.vote(ballot('nowhere', 'web:1'), 'up')).rejects.toThrow('There is no answer nowhere');
  });

  it('ends as whoever voted last left it, whatever the order of all votes', async () => {
    const votes = fc.array(
      fc.tuple(
        fc.constantFrom('a1', 'a2'),
        fc.constantFrom('p1', 'p2', 'p3'),
        fc.constantFrom('up', 'down', 'withdrawn'),
      ),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(votes, async (cast) => {
        const expected = new Map<string, string>();
        for (const [answer, person, value] of cast as ['a1', string, 'up'][]) {
          await feedback.vote(ballot(answer, person), value);
          expected.set(`${answer} ${person}`, value);
        }
        for (const [key, value] of expected) {
          const [answer = '', person = ''] = key.split(' ');
          expect((await feedback.present(answer, person)).vote).toBe(value === 'withdrawn' ? undefined : value);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a voter', () => {
  it('is kept as a keyed hash, never as an id', async () => {
    await feedback.vote(ballot('a1', 'slack:T1:U0ANNA'), 'up');
    const rows = JSON.stringify(await opened.store.feedbackEvents.present('a1', 'slack:T1:U0ANNA'));
    expect(rows).toBe('{}');
    expect(await feedback.present('a1', 'slack:T1:U0ANNA')).toEqual({ vote: 'up' });
  });
});

describe('a correction', () => {
  it('is kept beside the vote; the last one of a person counts', async () => {
    await feedback.vote(ballot('a1', 'web:1'), 'down');
    await feedback.correct(ballot('a1', 'web:1'), ' It is on Tuesday. ');
    await feedback.correct(ballot('a1', 'web:1'), 'It is on Wednesday.');
    expect(await feedback.present('a1', 'web:1')).toEqual({ vote: 'down', correction: 'It is on Wednesday.' });
  });

  it('that is empty or far too long is refused in a sentence', async () => {
    await expect(feedback.correct(ballot('a1', 'web:1'), '  ')).rejects.toThrow('The correction is empty');
    await expect(feedback.correct(ballot('a1', 'web:1'), 'x'.repeat(30_000))).rejects.toThrow('20000 are allowed');
  });
});
