import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatLoadTables } from '../../../src/cli/bench/formatLoadTables.ts';
import { spreadOf } from '../../../src/cli/bench/load/quantiles.ts';
import { questionsOf, type Saying } from '../../../src/cli/bench/load/sayings.ts';
import { LOAD_READER, writeSlackExport } from '../../../src/cli/bench/load/writeExport.ts';
import { benchLoad } from '../../../src/cli/bench/load.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-load-'));
});
afterEach(() => rm(folder, { recursive: true }));

const TOPICS = ['printer', 'vpn', 'deploy', 'coffee machine', 'database', 'projector'];

/** A talk of question and answer, about one thing after the other. */
const talk = (messages: number): Saying[] =>
  Array.from({ length: messages }, (_, i) => {
    const topic = TOPICS[Math.floor(i / 2) % TOPICS.length];
    const [user, text] =
      i % 2 === 0
        ? ['anna', `does anybody know how the ${topic} of room ${i} is repaired?`]
        : ['Bob', `anna: the ${topic} of room ${i - 1} is repaired by <caretaker> & co, call ${1000 + i}`];
    return { user: user as string, text: text as string, gapUs: 90_000_000 };
  });

describe('benchLoad', () => {
  test('measures import, answers, start and private channels in a folder that it removes', async () => {
    const lines = talk(120).map(({ user, text }, i) => ({ channel: '#ops', ts: 1_600_000_000 + i * 90, user, text }));
    await writeFile(join(folder, 'messages.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const before = await leftovers();
    const told: string[] = [];
    const result = await benchLoad({
      ...{ dataDir: folder, messages: 300, questions: 16, privateChannels: [1, 5] },
      report: (sentence) => told.push(sentence),
    });

    expect(result.import.messages).toBe(300);
    expect(result.import.passages).toBeGreaterThan(0);
    expect(result.floor.rows).toBe(result.import.passages);
    expect(result.ratio.time).toBeCloseTo(result.import.seconds / result.floor.seconds);
    expect(result.asks.map(({ when, ask }) => [when, ask.count > 0])).toEqual([
      ['alone', true],
      ['16 askers', true],
      ['while importing', true],
    ]);
    expect(result.asks[0]?.answered).toBeGreaterThan(0);
    expect(result.start.readySeconds).toBeGreaterThan(0);
    expect(result.privateChannels.map(({ privateChannels, messages }) => [privateChannels, messages])).toEqual([
      [1, 60],
      [5, 60],
    ]);
    expect(result.privateChannels.every(({ answered }) => answered > 0)).toBe(true);
    expect(formatLoadTables(result)).toContain('private channels');
    expect(told).toContain('importing …');
    expect(await leftovers()).toEqual(before);
  });

  test('says which data it wants, and leaves nothing behind', async () => {
    const before = await leftovers();
    const missing = benchLoad({ dataDir: join(folder, 'nowhere'), messages: 100 });
    await expect(missing).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--data wants') });
    expect(await leftovers()).toEqual(before);
  });

  const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('backscroll-load-'));
});

describe('writeSlackExport', () => {
  test('repeats what was said with ids that no other message has, and goes on where another export ended', async () => {
    const order = { messages: 25, channels: 2, isPrivate: false };
    await writeSlackExport(talk(10), { folder: join(folder, 'a'), from: 0, ...order });
    await writeSlackExport(talk(10), { folder: join(folder, 'b'), from: 25, ...order });
    const written = [...(await messagesIn('a')), ...(await messagesIn('b'))];
    expect(written).toHaveLength(50);
    expect(new Set(written.map(({ channel, ts }) => `${channel} ${ts}`)).size).toBe(50);
    expect(written[10]?.text).toBe(written[0]?.text);
  });

  test('writes text and calls by name as Slack does', async () => {
    await writeSlackExport(talk(2), { folder: join(folder, 'a'), from: 0, messages: 2, channels: 1, isPrivate: false });
    const [question, answer] = await messagesIn('a');
    expect(answer?.text).toBe(
      `<@${question?.user}> the printer of room 0 is repaired by &lt;caretaker&gt; &amp; co, call 1001`,
    );
  });

  test('makes private channels readable for one member', async () => {
    await writeSlackExport(talk(6), { folder: join(folder, 'a'), from: 0, messages: 6, channels: 3, isPrivate: true });
    const groups = JSON.parse(await readFile(join(folder, 'a', 'groups.json'), 'utf8'));
    expect(groups.map(({ members }: { members: string[] }) => members)).toEqual(Array(3).fill([LOAD_READER]));
    expect(JSON.parse(await readFile(join(folder, 'a', 'channels.json'), 'utf8'))).toEqual([]);
  });

  async function messagesIn(name: string) {
    const found: { channel: string; ts: string; user: string; text: string }[] = [];
    for (const channel of (await readdir(join(folder, name))).filter((entry) => entry.startsWith('load-'))) {
      for (const day of (await readdir(join(folder, name, channel))).sort()) {
        const lines = JSON.parse(await readFile(join(folder, name, channel, day), 'utf8'));
        for (const line of lines) found.push({ channel, ...line });
      }
    }
    return found;
  }
});

test('questions are those that people asked, once each, without whom they called', () => {
  const asked = questionsOf(
    [
      { user: 'a', text: 'bob: how is the old printer in the hall repaired?', gapUs: 0 },
      { user: 'a', text: 'how is the old printer in the hall repaired?', gapUs: 0 },
      { user: 'a', text: 'why?', gapUs: 0 },
      { user: 'a', text: 'the printer in the hall is repaired now', gapUs: 0 },
    ],
    10,
  );
  expect(asked).toEqual(['how is the old printer in the hall repaired?']);
});

test('spreadOf takes the nearest rank', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ count: 5, p50Ms: 3, p95Ms: 5 });
  expect(spreadOf([])).toEqual({ count: 0, p50Ms: 0, p95Ms: 0 });
});
