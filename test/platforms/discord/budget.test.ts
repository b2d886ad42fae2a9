import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/base/Timing.ts';
import { createBudget } from '../../../src/platforms/discord/api/budget.ts';
import { createInvalidCount } from '../../../src/platforms/discord/api/createInvalidCount.ts';
import { routeOf } from '../../../src/platforms/discord/api/routeOf.ts';
import { createIdentifyThrottle } from '../../../src/platforms/discord/gateway/createIdentifyThrottle.ts';

/** Time that passes when somebody waits for it. */
function ownTime(): Timing & { at: number } {
  return {
    at: 1_000_000,
    now() {
      return this.at;
    },
    async wait(ms) {
      this.at += ms;
    },
  };
}

function budget() {
  const timing = ownTime();
  const bound: Timing = { now: () => timing.at, wait: (ms) => timing.wait(ms) };
  return { timing, budget: createBudget(bound) };
}

const post = (channel: string, priority: 'answer' | 'show' | 'background' = 'answer') =>
  ({ method: 'POST', path: `/channels/${channel}/messages`, priority }) as const;

describe('a route', () => {
  it('is counted by its channel, or by its interaction, whatever else stands in it', () => {
    const key = (path: string) => routeOf('PATCH', path).key;
    expect(key('/channels/11111/messages/22222')).toBe(key('/channels/11111/messages/33333'));
    expect(key('/channels/11111/messages/22222')).not.toBe(key('/channels/44444/messages/22222'));
    expect(key('/webhooks/11111/abc/messages/@original')).toBe(key('/webhooks/11111/abc/messages/55555'));
    expect(key('/webhooks/11111/abc/messages/@original')).not.toBe(key('/webhooks/11111/xyz/messages/@original'));
    expect(routeOf('POST', '/interactions/11111/abc/callback').isInteraction).toBe(true);
  });
});

describe('the budget', () => {
  it('waits for a bucket that Discord says is empty', async () => {
    const { timing, budget: own } = budget();
    await own.take(post('11111'));
    own.learn(post('11111'), { limit: 5, remaining: 0, resetAfterMs: 3_000 });
    const before = timing.at;
    expect(own.tryTake(post('11111'))).toBe(false);
    expect(own.tryTake(post('22222'))).toBe(true);
    await own.take(post('11111'));
    expect(timing.at - before).toBeGreaterThanOrEqual(3_000);
  });

  it('leaves to others what is only nice to have', async () => {
    const { budget: own } = budget();
    for (let i = 0; i < 3; i++) expect(own.tryTake(post('11111', 'show'), 2)).toBe(true);
    expect(own.tryTake(post('11111', 'show'), 2)).toBe(false);
    expect(own.tryTake(post('11111'))).toBe(true);
  });

  it('lets who is answered go first', async () => {
    const { budget: own } = budget();
    await own.take(post('11111'));
    own.learn(post('11111'), { limit: 1, remaining: 0, resetAfterMs: 1_000 });
    const order: string[] = [];
    await Promise.all([
      own.take(post('11111', 'background')).then(() => order.push('background')),
      own.take(post('11111', 'show')).then(() => order.push('show')),
      own.take(post('11111', 'answer')).then(() => order.push('answer')),
    ]);
    expect(order).toEqual(['answer', 'show', 'background']);
  });

  it('sends nothing while Discord wants nothing at all', async () => {
    const { timing, budget: own } = budget();
    own.pause(post('11111'), 2_000, true);
    const before = timing.at;
    expect(own.tryTake(post('22222'))).toBe(false);
    await own.take(post('22222'));
    expect(timing.at - before).toBeGreaterThanOrEqual(2_000);
  });

  it('never sends more than Discord takes in a second', async () => {
    const { timing, budget: own } = budget();
    const times: number[] = [];
    for (let i = 0; i < 200; i++) {
      await own.take(post(String(10_000 + i)));
      times.push(timing.at);
    }
    for (const at of times)
      expect(times.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(50);
  });
});

describe('requests that Discord calls invalid', () => {
  it('stop everything far below what gets an address banned', () => {
    const timing = ownTime();
    const count = createInvalidCount(() => timing.at);
    for (let i = 0; i < 500; i++) count.note(403, false);
    expect([count.waitMs(true), count.waitMs(false) > 0]).toEqual([0, true]);
    for (let i = 0; i < 500; i++) count.note(i % 2 ? 429 : 401, false);
    expect(count.waitMs(true)).toBeGreaterThan(0);
    timing.at += 600_001;
    expect([count.waitMs(false), count.count()]).toEqual([0, 0]);
  });

  it('are not those that others caused, nor any other refusal', () => {
    const count = createInvalidCount(() => 0);
    count.note(429, true);
    count.note(404, false);
    count.note(200, false);
    expect(count.count()).toBe(0);
  });
});

describe('identifying', () => {
  it('never uses up the thousand of a day', async () => {
    const timing = ownTime();
    const throttle = createIdentifyThrottle({ now: () => timing.at, wait: (ms) => timing.wait(ms) });
    const { signal } = new AbortController();
    const begun = timing.at;
    let count = 0;
    while (timing.at - begun < 86_400_000) {
      await throttle.waitForIdentify(0, signal);
      // A gateway that drops every ten seconds.
      timing.at += 10_000;
      count++;
    }
    expect(count).toBeLessThan(950);
  });
});
