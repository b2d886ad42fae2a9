import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerOn, type VoteFields, votesOn } from '../feedback/openPreferences.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, clean } = createBackscroll();
afterAll(clean);

const BOB = `slack:T0E2ETEAM:${PEOPLE.bob}`;
const SAID = ['quixolando', 'the pin of the vault is seven seven three'];
const CORRECTED = 'mumblecorex';

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const mount = (...args: string[]) => succeeds('mount', ...args);
const lines = (votes: readonly VoteFields[]) => votes.map((vote) => JSON.stringify(vote)).join('\n');
const liked = Array.from({ length: 14 }, (_, i) => votesOn(i, 'up')).flat();

describe('a person who is forgotten', () => {
  let home: string;
  let out: string;
  let started: Started;
  const json = async (...args: string[]) => {
    const ran = await run([...args, '--json'], { home });
    expect(ran.code, ran.stderr).toBe(0);
    return ran.json;
  };

  beforeAll(async () => {
    home = await makeHome();
    out = join(await folder(), 'dataset');
    const team = await writeTeam(await folder(), {
      channels: {
        vault: [
          { at: 0, user: PEOPLE.ann, text: 'How does one open the door of the vault?', thread: 0 },
          { at: 60, user: PEOPLE.bob, text: `For the quixolando door ${SAID[1]}, then turn it.`, thread: 0 },
        ],
      },
    });
    const votes = join(await folder(), 'votes.jsonl');
    const [bad] = votesOn(50, 'down') as [VoteFields];
    const bobs = { ...bad, voter: PEOPLE.bob, correction: `${CORRECTED} ${answerOn(50, 'right')}` };
    await writeFile(votes, lines([...liked, bobs]));
    started = await start({ home, args: ['--no-sample'] });
    await json('import', team, '--space', 'acme');
    await json('feedback', 'import', votes, '--space', 'acme', '--allow-training');
  });

  it('is gone from votes, words, index and a rebuilt export', async () => {
    const made = await json('feedback', 'export', '--format', 'sft', '--out', out);
    // So that this test can fail: all of it is there before.
    expect(made.manifest.kinds).toEqual({ correction: 1, confirmed: 14 });
    expect(await filesSaying(out, [CORRECTED])).toEqual([CORRECTED]);
    expect(await filesSaying(home, [...SAID, CORRECTED])).toEqual([...SAID, CORRECTED]);
    expect((await json('search', 'pin of the vault')).results.length).toBeGreaterThan(0);
    const before = await json('status');

    const forgotten = await json('forget', BOB);
    expect(forgotten).toMatchObject({
      person: { space: 'slack:T0E2ETEAM', id: PEOPLE.bob },
      messages: 1,
      votes: 2,
      texts: 1,
      models: [],
    });
    expect(forgotten.datasets).toMatchObject([
      { folder: out, before: made.manifest.id, sentence: expect.stringMatching(/built again/) },
    ]);

    expect(await filesSaying(out, [CORRECTED])).toEqual([]);
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      parent: made.manifest.id,
      kinds: { confirmed: 14 },
      id: forgotten.datasets[0].now,
    });
    const { results } = await json('search', 'pin of the vault seven');
    expect(JSON.stringify(results)).not.toContain('seven seven three');
    // That so many voted stays counted, and that somebody corrected.
    expect((await json('status')).feedback).toEqual(before.feedback);
    expect(await started.stop()).toBe(0);
    expect(await filesSaying(home, [...SAID, CORRECTED])).toEqual([]);
  });

  it('is unknown afterwards', async () => {
    const again = await run(['forget', BOB, '--json'], { home });
    expect([again.code, again.json.error.message]).toEqual([1, expect.stringMatching(/Nobody is known as/)]);
  });
});

describe('what cannot be done', () => {
  const mounted: string[] = [];
  afterEach(() => {
    for (const place of mounted.splice(0)) succeeds('umount', place);
  });

  it('is one sentence, and nothing is changed', async () => {
    const home = await makeHome();
    const place = await folder();
    const refused = async (code: number, message: RegExp, ...args: string[]) => {
      const ran = await run(args, { home });
      expect([ran.code, ran.stderr]).toEqual([code, expect.stringMatching(message)]);
      expect(ran.stderr).not.toMatch(/went wrong inside|ExperimentalWarning/);
    };
    await refused(2, /--format/, 'feedback', 'export', '--out', place);
    await refused(2, /Allowed choices are kto/, 'feedback', 'export', '--format', 'csv', '--out', place);
    await refused(2, /nothing at .*missing/, 'feedback', 'import', join(place, 'missing.jsonl'));
    await refused(
      1,
      /nobody voted on anything yet/,
      'feedback',
      'export',
      '--format',
      'kto',
      '--out',
      join(place, 'kto'),
    );
    const into = (out: string) => ['feedback', 'export', '--format', 'kto', '--out', out];
    await refused(2, /--out names no folder/, ...into(''));
    await refused(2, /--out \. is, or holds, the folder that you are in/, ...into('.'));
    await refused(2, /is, or holds, the home of Backscroll/, ...into(home));
    if (process.platform === 'linux') await refused(2, /\/proc\/x\/y \(ENOENT\)/, ...into('/proc/x/y'));
    await refused(1, /Nobody is known as "Nobody"/, 'forget', 'Nobody');
    expect(await readdir(place)).toEqual([]);
  });

  it('on a full disk leaves nothing behind, and the dataset that was there whole', async ({ annotate }) => {
    const place = await folder();
    const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
    if (!isRoot || !mount('-t', 'tmpfs', '-o', 'size=160k,mode=0700', 'tmpfs', place)) {
      await annotate('no small disk can be mounted here, so a full one was not tried');
      return;
    }
    mounted.push(place);
    const home = await makeHome();
    const votes = join(await folder(), 'votes.jsonl');
    const take = async (count: number) => {
      await writeFile(votes, lines(Array.from({ length: count }, (_, i) => votesOn(i, 'up')).flat()));
      expect((await run(['feedback', 'import', votes, '--allow-training'], { home })).code).toBe(0);
    };
    const make = () => run(['feedback', 'export', '--format', 'sft', '--out', join(place, 'sft'), '--json'], { home });
    await take(12);
    const first = await make();
    expect(first.code, first.stderr).toBe(0);
    await take(200);
    const full = await make();
    expect([full.code, full.json.error.message]).toEqual([
      1,
      expect.stringMatching(/disk is full.*nothing of it was left/),
    ]);
    expect(await readdir(place)).toEqual(['sft']);
    expect(JSON.parse(await readFile(join(place, 'sft', 'manifest.json'), 'utf8')).id).toBe(first.json.manifest.id);
  });
});

/** Which of the markers stand in any file below a folder. */
async function filesSaying(place: string, markers: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = (await readFile(join(entry.parentPath, entry.name))).toString('latin1').toLowerCase();
    for (const marker of markers) if (text.includes(marker.toLowerCase())) seen.add(marker);
  }
  return markers.filter((marker) => seen.has(marker));
}
