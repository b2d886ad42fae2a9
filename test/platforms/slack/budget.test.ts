import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/base/Timing.ts';
import { type Budget, createBudget } from '../../../src/platforms/slack/api/budget.ts';

/** Time that passes only when it is told to, and wakes whom it should on the way. */
function createTestTiming() {
  let nowMs = 1_000_000;
  const sleeping = new Set<{ dueMs: number; wake: () => void }>();
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const timing: Timing = {
    now: () => nowMs,
    wait: (ms) => new Promise((wake) => sleeping.add({ dueMs: nowMs + ms, wake })),
  };
  return {
    timing,
    async pass(ms: number) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...sleeping].sort((a, b) => a.dueMs - b.dueMs);
        if (!next || next.dueMs > untilMs) break;
        sleeping.delete(next);
        nowMs = next.dueMs;
        next.wake();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

let time: ReturnType<typeof createTestTiming>;
let budget: Budget;
let made: string[];
beforeEach(() => {
  time = createTestTiming();
  budget = createBudget(time.timing);
  made = [];
});

const take = (name: string, asked: Parameters<Budget['take']>[0]) =>
  void budget.take(asked).then(() => made.push(name));
const update = { method: 'chat.update', priority: 'answer' } as const;
const post = (channel: string) => ({ method: 'chat.postMessage', priority: 'answer', channel }) as const;

describe('the budget of requests', () => {
  it('lets a channel have a few posts at once and then one a second, each channel for itself', async () => {
    for (const n of [1, 2, 3, 4, 5]) {
      take(`a${n}`, post('C1'));
      if (n < 4) take(`b${n}`, post('C2'));
    }
    await time.pass(0);
    expect(made.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
    await time.pass(1_100);
    expect(made.filter((name) => name.startsWith('a'))).toHaveLength(4);
  });

  it('makes no burst any more once Slack said that it was too fast', async () => {
    budget.pause(post('C1'), 1_000);
    for (const n of [1, 2, 3]) take(`b${n}`, post('C2'));
    await time.pass(10);
    expect(made).toEqual(['b1']);
    await time.pass(1_100);
    expect(made).toEqual(['b1', 'b2']);
  });

  it('gives answers the way before what is done in the background, and those some room always', async () => {
    for (let i = 0; i < 60; i++) take('sync', { method: 'conversations.info', priority: 'background' });
    await time.pass(0);
    expect(made.filter((name) => name === 'sync')).toHaveLength(30);
    for (let i = 0; i < 20; i++) take('answer', { method: 'conversations.info', priority: 'answer' });
    await time.pass(1_100);
    expect(made.filter((name) => name === 'answer')).toHaveLength(20);
    expect(made).toHaveLength(50);
  });

  it('keeps what was promised to the end of an answer', async () => {
    const promised = budget.reserve('chat.stopStream');
    expect(promised).toBeDefined();
    const stop = { method: 'chat.stopStream', priority: 'show' } as const;
    const others = Array.from({ length: 25 }, () => budget.tryTake(stop));
    expect(others.filter(Boolean)).toHaveLength(19);
    promised?.release();
    promised?.release();
    expect(budget.tryTake(stop)).toBe(true);
    expect(budget.tryTake(stop)).toBe(false);
  });

  it('sends nothing of a kind before so long as Slack said', async () => {
    budget.pause(update, 30_000);
    take('update', update);
    take('post', post('C1'));
    await time.pass(29_000);
    expect(made).toEqual(['post']);
    await time.pass(2_000);
    expect(made).toEqual(['post', 'update']);
  });

  it('lets go who does not wait any more', async () => {
    budget.pause(update, 60_000);
    const gone = new AbortController();
    take('gone', { ...update, signal: gone.signal });
    await time.pass(10);
    gone.abort();
    await time.pass(1_100);
    expect(made).toEqual(['gone']);
  });

  it('a stream begins with a post in its channel', () => {
    const start = (channel: string) => ({ method: 'chat.startStream', priority: 'show', channel }) as const;
    for (const expected of [true, true, true, false]) expect(budget.tryTake(start('C1'))).toBe(expected);
    expect(budget.tryTake(post('C1'))).toBe(false);
    expect(budget.tryTake(start('C2'))).toBe(true);
  });

  it('never makes more calls in a minute than Slack allows, whoever asks when', async () => {
    const asked = fc.record({
      method: fc.constantFrom('chat.update', 'chat.stopStream', 'users.info' as const),
      priority: fc.constantFrom('answer', 'show', 'background' as const),
      afterMs: fc.nat(4_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 250 }), async (calls) => {
        const own = createTestTiming();
        const limited = createBudget(own.timing);
        const times: { method: string; atMs: number }[] = [];
        for (const { afterMs, method, priority } of calls) {
          void limited.take({ method: method as never, priority: priority as never }).then(() => {
            times.push({ method, atMs: own.timing.now() });
          });
          await own.pass(afterMs % 7 === 0 ? afterMs : 0);
        }
        await own.pass(2_000_000);
        expect(times).toHaveLength(calls.length);
        const most = { 'chat.update': 50, 'chat.stopStream': 20, 'users.info': 100 } as Record<string, number>;
        for (const { method, atMs } of times) {
          const within = times.filter((one) => one.method === method && one.atMs >= atMs && one.atMs < atMs + 60_000);
          expect(within.length).toBeLessThanOrEqual(most[method] ?? 0);
        }
      }),
      { numRuns: 20 },
    );
  });
});
