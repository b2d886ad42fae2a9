import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../../../fakes/slack/FakeSlack.ts';
import { openTestSync, startStillSlack, type TestSync } from '../../openTestSync.ts';
import { readIndex } from '../../readIndex.ts';

const PEOPLE = ['U1', 'U2'];
let fake: FakeSlack;
let sync: TestSync;

beforeEach(async () => {
  fake = await startStillSlack();
  for (const id of PEOPLE) fake.addUser(id);
});
afterEach(async () => {
  await sync.stop();
  await fake.stop();
});

/** So many messages, one a minute; each tenth begins a thread of two replies. */
function fill(channel: string, count: number) {
  fake.addChannel(channel, PEOPLE, { name: channel.toLowerCase() });
  for (let i = 0; i < count; i++) {
    fake.clock.advance(60_000);
    const { ts } = fake.user('U1').says(channel, `message ${i} in ${channel}`);
    if (i % 10 !== 0) continue;
    for (const n of [1, 2]) fake.user('U2').says(channel, `reply ${n} to ${i} in ${channel}`, { thread: ts });
  }
}
const pages = () => fake.calls('conversations.history').filter(({ isAccepted }) => isAccepted);
const replies = () => fake.calls('conversations.replies').filter(({ isAccepted }) => isAccepted);
const refused = () => fake.calls().filter(({ status }) => status === 429);
/** The calls of a method in the busiest 60 seconds. */
function busiest(calls: readonly { readonly atMs: number }[]): number {
  return Math.max(0, ...calls.map(({ atMs }, i) => calls.slice(i).filter((one) => one.atMs < atMs + 60_000).length));
}

describe('the first reading of a Slack channel', () => {
  it('reads every message and reply once, newest first, one call a page and one a thread', async () => {
    fill('C1', 2500);
    sync = await openTestSync({ fake });
    const { sources } = await sync.run();
    expect(sources[0]).toMatchObject({ messages: { added: 3000 } });
    expect(pages()).toHaveLength(3);
    expect(replies()).toHaveLength(250);
    const asked = pages().map(({ args }) => Number((args as { latest?: string }).latest ?? Number.POSITIVE_INFINITY));
    expect(asked).toEqual([...asked].sort((a, b) => b - a));
    expect(refused()).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('keeps nearly to the limit, and within it, and leaves room for answers at every moment', async () => {
    fill('C1', 3000);
    sync = await openTestSync({ fake });
    await sync.run();
    const calls = replies();
    const minutes = ((calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0)) / 60_000;
    expect((calls.length - 1) / minutes).toBeGreaterThan(0.95 * 50);
    expect(busiest(calls)).toBeLessThan(50);
    expect(refused()).toEqual([]);
  });

  it('learns that it is of the 1-a-minute class from one refusal', async () => {
    await fake.stop();
    fake = await startStillSlack({ limits: { tier3: 1 } });
    for (const id of PEOPLE) fake.addUser(id);
    fill('C1', 40);
    sync = await openTestSync({ fake });
    const { sources } = await sync.run();
    expect(sources[0]).toMatchObject({ messages: { added: 48 } });
    expect(sources[0]?.error).toBeUndefined();
    expect(refused().filter(({ method }) => method === 'conversations.replies').length).toBeLessThanOrEqual(1);
    expect(refused().filter(({ method }) => method === 'conversations.history').length).toBeLessThanOrEqual(1);
  });

  it('goes on after a kill -9 at any page, and reads at most one page again', async () => {
    fill('C1', 2100); // three pages
    sync = await openTestSync({ fake, settings: { atOnce: 1 } });
    for (const upTo of [1, 2]) {
      const before = pages().length;
      const running = sync.run().catch(() => undefined);
      await fake.when(() => pages().length > before + upTo - 1 && replies().length > 0);
      const dead = sync;
      const killed = dead.killed();
      sync = await openTestSync({ fake, left: { opened: await killed.opened, index: killed.index } });
      await dead.stop();
      await running;
    }
    await sync.run();
    expect(readIndex(sync).messages).toHaveLength(2520);
    const distinct = new Set(replies().map(({ args }) => (args as { ts: string }).ts)).size;
    expect(distinct).toBe(210);
    // One call for a page and one for a thread may be repeated by each of the two kills.
    expect(replies().length).toBeLessThanOrEqual(distinct + 2 * 2);
  }, 60_000);

  it('tells honestly how long it will take', async () => {
    fill('C1', 2000);
    sync = await openTestSync({ fake });
    const told: { atMs: number; toGoMs: number }[] = [];
    const { signal } = new AbortController();
    await sync.until(
      sync.sync.run([], {
        signal,
        each: (_, { toGoMs }) => toGoMs !== undefined && told.push({ atMs: fake.clock.now(), toGoMs }),
      }),
    );
    const endMs = fake.clock.now();
    const middle = told[Math.floor(told.length / 2)] ?? { atMs: 0, toGoMs: 0 };
    const truly = endMs - middle.atMs;
    expect(middle.toGoMs).toBeGreaterThan(truly * 0.5);
    expect(middle.toGoMs).toBeLessThan(truly * 2);
  });
});
