import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOn, type VoteFields, votesOn } from '../feedback/openPreferences.ts';
import { chromaOf, createBackscroll, gone } from './backscroll.ts';

const { folder, home: makeHome, run, clean } = createBackscroll();
afterAll(clean);

const HERON = 'import:acme:heron';
const SAID = 'mumblecorex';
const KILLER = new URL('./killAt.ts', import.meta.url).href;

let home: string;
let place: string;
let out: string;
const exported = (to: string) => ['feedback', 'export', '--format', 'sft', '--out', to, '--json'];
const json = async (code: number, ...args: string[]) => {
  const ran = await run([...args, '--json'], { home });
  expect(ran.code, ran.stderr).toBe(code);
  return ran.json;
};

/** What the heron said stands in one dataset; `again` brings both back to that. */
let again: () => Promise<void>;
beforeAll(async () => {
  [home, place] = [await makeHome(), await folder()];
  out = join(place, 'sft');
  const [bad] = votesOn(50, 'down') as [VoteFields];
  const herons = { ...bad, voter: 'heron', correction: `${SAID} ${answerOn(50, 'right')}` };
  const votes = join(await folder(), 'votes.jsonl');
  const all = [...Array.from({ length: 12 }, (_, i) => votesOn(i, 'up')).flat(), herons];
  await writeFile(votes, all.map((vote) => JSON.stringify(vote)).join('\n'));
  await json(0, 'feedback', 'import', votes, '--space', 'acme', '--allow-training');
  await json(0, ...exported(out).slice(0, -1));
  const kept = await folder();
  await cp(home, join(kept, 'home'), { recursive: true });
  await cp(place, join(kept, 'place'), { recursive: true });
  again = async () => {
    for (const [from, to] of [
      [join(kept, 'home'), home],
      [join(kept, 'place'), place],
    ] as const) {
      await rm(to, { recursive: true, force: true });
      await cp(from, to, { recursive: true });
    }
  };
});
beforeEach(() => again());

async function killed(args: readonly string[], at: object): Promise<void> {
  const env = { NODE_OPTIONS: `--import ${KILLER}`, KILL_AT: JSON.stringify(at) };
  const ran = await run(args, { home, env });
  expect(ran.code, `${ran.stdout}${ran.stderr}`).toBe(null);
  const chroma = chromaOf(home);
  if (chroma !== undefined) await gone(chroma);
}

describe('a forget that is killed while it builds a dataset again', () => {
  it.each([
    ['before anything is written', { call: 'mkdirSync', path: '.partial-', when: 'after' }],
    ['before its moves', { call: 'renameSync', path: '.before-', when: 'before' }],
    ['between its moves', { call: 'renameSync', path: '.before-', when: 'after' }],
    ['after its moves', { call: 'renameSync', path: '.partial-', when: 'after' }],
    ['when the old one is gone', { call: 'rm', path: '.before-', when: 'after' }],
  ])('%s is finished by the same command, though nobody is known any more', async (_, at) => {
    await killed(['forget', HERON], at);
    expect(await json(0, 'forget', HERON)).toMatchObject({ unknown: true, done: true, leftovers: [] });
    expect(await saying(place)).toEqual([]);
    expect(await saying(home)).toEqual([]);
    expect(await readdir(place)).toEqual(['sft']);
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.kinds).toEqual({ confirmed: 12 });
  });

  it('is told of by status and doctor until it is finished', async () => {
    await killed(['forget', HERON], { call: 'mkdirSync', path: '.partial-', when: 'after' });
    expect((await json(0, 'status')).datasets.owed).toMatchObject([{ folder: out }]);
    const { findings } = await json(1, 'doctor');
    expect(findings).toContainEqual({ check: 'datasets', ok: false, sentence: expect.stringContaining(out) });
    await json(0, 'forget', HERON);
    expect((await json(0, 'status')).datasets).toEqual({ owed: [], leftovers: [] });
    expect((await json(1, 'forget', HERON)).error.message).toMatch(/Nobody is known as/);
  });
});

describe('an export that is killed', () => {
  it('leaves words where nobody looks, which forget takes away', async () => {
    const elsewhere = join(place, 'else', 'where');
    await killed(exported(join(elsewhere, 'sft')), { call: 'renameSync', path: '.partial-', when: 'before' });
    const [left] = await readdir(elsewhere);
    expect([left, await saying(elsewhere)]).toEqual([expect.stringMatching(/^\.sft\.partial-/), [expect.anything()]]);
    expect((await json(0, 'forget', HERON)).datasets).toMatchObject([{ folder: out, now: expect.any(String) }]);
    expect([await readdir(elsewhere), await saying(place)]).toEqual([[], []]);
  });
});

describe('datasets that cannot be built again', () => {
  const mounted: string[] = [];
  const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
  const mount = (...args: string[]) => succeeds('mount', ...args);
  afterEach(() => {
    for (const one of mounted.splice(0)) succeeds('umount', one);
  });

  it('are told, the others are built, what was erased leaves the disk, and the status is 1', async ({ annotate }) => {
    const disk = await folder();
    const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
    const isSmall = isRoot && mount('-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', disk);
    if (isSmall) mounted.push(disk);
    else await annotate('nothing can be mounted here, so a disk that may not be written was not tried');
    const [noted, readOnly] = [join(place, 'noted'), join(disk, 'sft')];
    await mkdir(join(place, 'else'));
    for (const to of [noted, readOnly]) await json(0, ...exported(to).slice(0, -1));
    await writeFile(join(noted, 'notes.txt'), 'mine');
    if (isSmall) expect(mount('-o', 'remount,ro', disk)).toBe(true);

    const report = await json(1, 'forget', HERON);
    const owed = [noted, ...(isSmall ? [readOnly] : [])];
    const folders = (wanted: boolean) =>
      report.datasets
        .filter((one: { owed?: true }) => (one.owed ?? false) === wanted)
        .map((one: { folder: string }) => one.folder);
    expect([report.done, report.votes, folders(true)]).toEqual([false, 2, owed]);
    expect(folders(false)).toContain(out);
    if (isSmall) expect(report.datasets[2].sentence).toMatch(/cannot be written: EROFS/);
    expect([await saying(out), await saying(home)]).toEqual([[], []]);
    const words = await run(['forget', HERON], { home });
    expect([words.code, words.stdout]).toEqual([1, expect.stringMatching(/! \S+noted could not be built again/)]);

    await rm(join(noted, 'notes.txt'));
    if (isSmall) expect(mount('-o', 'remount,rw', disk)).toBe(true);
    expect((await json(0, 'forget', HERON)).datasets.map((one: { folder: string }) => one.folder)).toEqual(owed);
    expect([await saying(place), await saying(disk)]).toEqual([[], []]);
  });
});

/** The files below a folder that have the heron's words. */
async function saying(where: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(where, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).toString('latin1').toLowerCase().includes(SAID)) files.push(path);
  }
  return files;
}
