import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeDiscord } from '../../../fakes/discord/FakeDiscord.ts';
import { openTestDiscord, startStillDiscord, type TestDiscord } from '../../openTestDiscord.ts';
import { readIndex } from '../../readIndex.ts';

const PAGE = 'GET /channels/:channel/messages';
let fake: FakeDiscord;
let sync: TestDiscord;
let mara: string;
let guild: string;

beforeEach(async () => {
  fake = await startStillDiscord();
  mara = fake.addUser('mara');
  guild = fake.addGuild('Acme', { members: [mara] });
});
afterEach(async () => {
  await sync.stop();
  await fake.stop();
});

/** So many messages, one a minute; each fiftieth has a thread of two replies, half of them archived. */
function fill(name: string, count: number): string {
  const channel = fake.addChannel(guild, name);
  for (let i = 0; i < count; i++) {
    fake.clock.advance(60_000);
    const { id: from } = fake.user(mara).says(channel, `message ${i} in ${name}`);
    if (i % 50 !== 0) continue;
    const thread = fake.user(mara).opensThread(channel, `thread ${i}`, { from });
    for (const n of [1, 2]) fake.user(mara).says(thread, `reply ${n} to ${i} in ${name}`);
    if (i % 100 === 0) fake.user(mara).archives(thread);
  }
  return channel;
}
const pages = (channel: string) => fake.calls(PAGE).filter(({ path }) => path.includes(`/channels/${channel}/`));
const refused = () => fake.calls().filter(({ status }) => status === 429);

describe('the first reading of a Discord channel', () => {
  it('reads every message and reply once, newest first, a call for a hundred, and one for a thread', async () => {
    const channel = fill('ops', 1_050);
    sync = await openTestDiscord({ fake });
    const { sources } = await sync.run();
    expect(sources[0]).toMatchObject({ messages: { added: 1_050 + 42 } });
    expect(pages(channel)).toHaveLength(11);
    expect(fake.calls(PAGE)).toHaveLength(11 + 21);
    expect(refused()).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('keeps nearly to the bucket of its channel, and within it, and an answer finds room in between', async () => {
    const channel = fill('ops', 4_000);
    sync = await openTestDiscord({ fake });
    await sync.run();
    const calls = pages(channel);
    const seconds = ((calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0)) / 1000;
    // Five in five seconds.
    expect((calls.length - 1) / seconds).toBeGreaterThan(0.95);
    expect(refused()).toEqual([]);
    const waits = calls.slice(1).map(({ atMs }, i) => atMs - (calls[i]?.atMs ?? 0));
    expect(Math.min(...waits)).toBeGreaterThan(900);
  });

  it('goes on after a kill -9 at any page, and reads at most one page again', async () => {
    const channel = fill('ops', 1_050);
    sync = await openTestDiscord({ fake, settings: { atOnce: 1 } });
    for (const upTo of [3, 4]) {
      const before = pages(channel).length;
      const running = sync.run().catch(() => undefined);
      await fake.when(() => pages(channel).length > before + upTo);
      const dead = sync;
      const killed = dead.killed();
      sync = await openTestDiscord({ fake, left: { opened: await killed.opened, index: killed.index } });
      await dead.stop();
      await running;
    }
    const soFar = pages(channel).length;
    await sync.run();
    expect(readIndex(sync).messages).toHaveLength(1_050 + 42);
    // Those of the dead processes, which went on a little until they were stopped; the head is read anew by each.
    expect(pages(channel).length - soFar).toBeLessThan(11);
  }, 60_000);
});
