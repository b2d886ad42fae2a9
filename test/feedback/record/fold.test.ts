import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FeedbackEvent, FeedbackKind } from '../../../src/store/feedbackEvents.ts';
import { openTestStore, type TestStore } from '../../store/openTestStore.ts';

let opened: TestStore;
beforeEach(async () => {
  opened = await openTestStore();
  for (const id of ['a1', 'a2']) {
    const asked = { platform: 'web', channelId: 'c', threadId: 't', personId: 'p', text: 'q?', askedMs: 1 };
    await opened.store.answers.putQuestion({ id: `q-${id}`, ...asked });
    await opened.store.answers.put(
      { id, questionId: `q-${id}`, status: 'answered', text: 'yes', notes: [], citations: [], answeredMs: 2 },
      { body: '{}', passageIds: [], keptUntilMs: 10 },
    );
  }
});
afterEach(() => opened.close());

const KINDS: FeedbackKind[] = ['up', 'down', 'withdrawn', 'correction', 'reason', 'comment', 'confirmed', 'resolved'];
const event = fc.record({
  answerId: fc.constantFrom('a1', 'a2'),
  voter: fc.constantFrom('v1', 'v2'),
  kind: fc.constantFrom(...KINDS),
  withdraws: fc.constantFrom(undefined, 'correction', 'comment', 'confirmed', 'resolved'),
});

/** What the rules say, step by step. */
function expected(events: readonly FeedbackEvent[]) {
  const now: Record<string, unknown> = {};
  for (const { kind, reason, text, withdraws } of events) {
    if (kind === 'up' || kind === 'down') {
      if (kind === 'up' && now.vote !== 'up') delete now.correction;
      now.vote = kind;
      now.reason = reason;
    } else if (kind === 'withdrawn') {
      if (withdraws) delete now[withdraws];
      else for (const key of ['vote', 'reason']) delete now[key];
    } else if (kind === 'reason') now.reason = reason;
    else now[kind] = kind === 'confirmed' || kind === 'resolved' ? true : text;
  }
  return Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined));
}

it('events fold to the same present one by one, in bulk, and however often they are delivered', async () => {
  let n = 0;
  const { feedbackEvents, feedbackFold } = opened.store;
  const all: FeedbackEvent[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), fc.boolean(), async (given, isBulk) => {
      const events = given.map(({ withdraws, ...one }): FeedbackEvent => {
        const text = one.kind === 'correction' || one.kind === 'comment' ? { text: `words ${n}` } : {};
        const reason = one.kind === 'down' || one.kind === 'reason' ? { reason: `reason ${n}` } : {};
        const what = one.kind === 'withdrawn' && withdraws ? { withdraws: withdraws as 'comment' } : {};
        return { eventId: `e${n++}`, ...one, ...text, ...reason, ...what, atMs: n };
      });
      all.push(...events);
      if (isBulk) {
        expect(feedbackEvents.append(events)).toBe(events.length);
        expect(feedbackEvents.append(events)).toBe(0);
        feedbackFold.fold();
      } else for (const one of [...events, ...events.slice(0, 2)]) await feedbackEvents.record(one);
      for (const answerId of ['a1', 'a2']) {
        for (const voter of ['v1', 'v2']) {
          const own = all.filter((one) => one.answerId === answerId && one.voter === voter);
          expect(await feedbackEvents.present(answerId, voter)).toEqual(expected(own));
        }
      }
    }),
    { numRuns: 25 },
  );
  const before = await feedbackEvents.counts();
  expect(feedbackFold.again()).toBe(all.length);
  expect(await feedbackEvents.counts()).toEqual(before);
});

it('events fold to the same present in whichever order and however many at a time they come: their moments count', async () => {
  let n = 0;
  const { feedbackEvents, feedbackFold } = opened.store;
  const at = fc.array(fc.record({ one: event, hour: fc.nat(500), cut: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(at, async (given) => {
      const voter = `v${n++}`;
      const said = given.map(({ one: { kind, withdraws }, hour, cut }, i) => {
        const text = kind === 'correction' || kind === 'comment' ? { text: `words ${i}` } : {};
        const reason = kind === 'down' || kind === 'reason' ? { reason: `reason ${i}` } : {};
        const what = kind === 'withdrawn' && withdraws ? { withdraws: withdraws as 'comment' } : {};
        const made = { eventId: `m${n}-${i}`, answerId: 'a1', voter, kind, ...text, ...reason, ...what };
        // No two at one moment: between those the order of arrival decides.
        return { event: { ...made, atMs: hour * 100 + i } satisfies FeedbackEvent, cut };
      });
      for (const { event: one, cut } of said) {
        feedbackEvents.append([one]);
        if (cut) feedbackFold.fold();
      }
      feedbackFold.fold();
      const inOrder = said.map((one) => one.event).sort((a, b) => a.atMs - b.atMs);
      expect(await feedbackEvents.present('a1', voter)).toEqual(expected(inOrder));
    }),
    { numRuns: 60 },
  );
  const before = await feedbackEvents.counts();
  feedbackFold.again();
  expect(await feedbackEvents.counts()).toEqual(before);
});

it('what is recorded comes after what was recorded before, also when the clock was set back', async () => {
  const { feedbackEvents } = opened.store;
  const vote = { answerId: 'a1', voter: 'v1' };
  await feedbackEvents.record({ eventId: 'c1', ...vote, kind: 'down', atMs: 10_000 });
  await feedbackEvents.record({ eventId: 'c2', ...vote, kind: 'correction', text: 'So.', atMs: 9_000 });
  await feedbackEvents.record({ eventId: 'c3', ...vote, kind: 'up', atMs: 8_000 });
  expect(await feedbackEvents.present('a1', 'v1')).toEqual({ vote: 'up' });
  opened.store.feedbackFold.again();
  expect(await feedbackEvents.present('a1', 'v1')).toEqual({ vote: 'up' });
});

it('ten thousand votes of one person are one vote', async () => {
  const { feedbackEvents, feedbackFold } = opened.store;
  feedbackEvents.append(
    Array.from(
      { length: 10_000 },
      (_, i): FeedbackEvent => ({
        ...{ eventId: `m${i}`, answerId: 'a1', voter: 'v1', atMs: i },
        kind: i % 2 === 0 ? 'up' : 'down',
      }),
    ),
  );
  feedbackFold.fold();
  expect(await feedbackEvents.counts()).toEqual({ up: 0, down: 1, corrections: 0 });
});
