import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatSegmentTable } from '../../../src/cli/bench/formatSegmentTable.ts';
import { benchSegment } from '../../../src/cli/bench/segment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-segment-'));
});
afterEach(() => rm(folder, { recursive: true }));

const give = (lines: readonly unknown[]): Promise<void> =>
  writeFile(
    join(folder, 'messages.jsonl'),
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );

/** Two channels, two splits, one message of context; in `b` the log goes past midnight under the old date. */
const LINES = [
  {
    channel: 'a',
    split: 'train',
    ts: '2004-12-25T03:21 #1',
    user: 'anna',
    text: 'how do I mount ntfs?',
    conversation_id: 'x',
  },
  {
    channel: 'b',
    split: 'dev',
    ts: '2004-12-25T23:59 #7',
    user: 'bob',
    text: 'which kernel has the 3945 driver?',
    conversation_id: 1,
  },
  {
    channel: 'a',
    split: 'train',
    ts: '2004-12-25T03:22 #2',
    user: 'carl',
    text: 'anna: ntfs-3g',
    conversation_id: 'x',
  },
  { channel: 'b', split: 'dev', ts: '2004-12-25T00:01 #8', user: 'dora', text: 'bob: 2.6.24', conversation_id: 1 },
  { channel: 'b', split: 'dev', ts: '2004-12-25T00:02 #9', user: 'bob', text: 'dora: thanks' },
];

describe('benchSegment', () => {
  test('measures the linker and its baselines on each split and on all', async () => {
    await give(LINES);
    const reports: number[] = [];
    const result = await benchSegment({ dataDir: folder, report: (done) => reports.push(done) });
    expect(result).toMatchObject({ channels: 2, messages: 5, scored: 4 });
    expect(reports).toEqual([2, 5]);
    expect(
      result.rows.map(({ split, rule, messages, conversations }) => [split, rule, messages, conversations]),
    ).toEqual([
      ['train', result.linker, 2, 1],
      ['train', 'each message alone', 2, 2],
      ['train', 'a channel is one', 2, 1],
      ['train', '10 min of silence', 2, 1],
      ['dev', result.linker, 2, 1],
      ['dev', 'each message alone', 2, 2],
      ['dev', 'a channel is one', 2, 1],
      ['dev', '10 min of silence', 2, 1],
      ['all', result.linker, 4, 2],
      ['all', 'each message alone', 4, 4],
      ['all', 'a channel is one', 4, 2],
      ['all', '10 min of silence', 4, 2],
    ]);
    expect(result.rows[8]).toMatchObject({ variationOfInformation: 100, oneToOne: 100, exactF1: 100 });
    expect(result.rows[9]).toMatchObject({ variationOfInformation: 50, oneToOne: 50, exactF1: 0 });
  });

  test('writes a line a message in the order of the input, and leaves nothing else behind', async () => {
    await give(LINES);
    const outFile = join(folder, 'out.jsonl');
    await benchSegment({ dataDir: folder, outFile });
    const written = (await readFile(outFile, 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line))).toEqual([
      { channel: 'a', ts: '2004-12-25T03:21 #1', user: 'anna', conversation: 'a:1' },
      { channel: 'b', ts: '2004-12-25T23:59 #7', user: 'bob', conversation: 'b:2' },
      { channel: 'a', ts: '2004-12-25T03:22 #2', user: 'carl', conversation: 'a:1' },
      { channel: 'b', ts: '2004-12-25T00:01 #8', user: 'dora', conversation: 'b:2' },
      { channel: 'b', ts: '2004-12-25T00:02 #9', user: 'bob', conversation: 'b:2' },
    ]);
    expect((await readdir(folder)).sort()).toEqual(['messages.jsonl', 'out.jsonl']);
  });

  test('runs one split alone', async () => {
    await give(LINES);
    const result = await benchSegment({ dataDir: folder, split: 'dev' });
    expect(result).toMatchObject({ channels: 1, messages: 3, scored: 2 });
    expect(new Set(result.rows.map(({ split }) => split))).toEqual(new Set(['dev']));
  });

  test('takes data without splits and without judgements', async () => {
    await give([{ channel: 'a', ts: '1452913187.000002', user: 'U1', text: 'hello' }]);
    const result = await benchSegment({ dataDir: folder });
    expect(result).toMatchObject({ messages: 1, scored: 0, rows: [] });
    expect(formatSegmentTable(result)).toContain('1 messages in 1 channels, 0 of them judged');
  });

  test.each([
    ['not JSON', '{"channel":', /^Line 2 of .*messages\.jsonl is not JSON/],
    ['a list', '[]', /^Line 2 of .*: the line: /],
    ['without a user', { ...LINES[0], user: undefined }, /^Line 2 of .*: user: /],
    ['with an odd time', { ...LINES[0], ts: 'noon' }, /^Line 2 of .*: ts: not a time/],
  ])('names the line that is %s', async (_, line, sentence) => {
    await give([LINES[0], line, LINES[1]]);
    await expect(benchSegment({ dataDir: folder })).rejects.toMatchObject({
      name: 'BackscrollError',
      code: 'input',
      message: expect.stringMatching(sentence),
    });
  });

  test('says what is missing: the file, messages, the split, a place to write to', async () => {
    const missing = benchSegment({ dataDir: join(folder, 'nowhere') });
    await expect(missing).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--data wants') });
    await give(['']);
    await expect(benchSegment({ dataDir: folder })).rejects.toMatchObject({ code: 'input' });
    await give(LINES);
    const noSplit = benchSegment({ dataDir: folder, split: 'test' });
    await expect(noSplit).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('it has train, dev'),
    });
    const noPlace = benchSegment({ dataDir: folder, outFile: join(folder, 'no', 'where') });
    await expect(noPlace).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--out wants') });
  });
});

test('formatSegmentTable lines up its columns', async () => {
  await give(LINES);
  const table = formatSegmentTable(await benchSegment({ dataDir: folder, split: 'dev' })).split('\n');
  expect(table[0]).toBe('split  rule                messages  conversations     VI    1-1  exact F1');
  expect(table[2]).toBe('dev    each message alone         2              2    0.0   50.0       0.0');
});
