import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, clean } = createBackscroll();
afterAll(clean);

const QUESTION = 'How do I restart the label printer?';

describe('the commands, while Backscroll runs', () => {
  let home: string;
  let started: Started;
  let team: string;
  let handbook: string;
  const command = (...args: string[]) => run(args, { home });
  const json = async (...args: string[]) => {
    const ran = await command(...args, '--json');
    expect(ran.code, ran.stderr).toBe(0);
    return ran.json;
  };

  beforeAll(async () => {
    home = await makeHome();
    team = await writeTeam(await folder(), {
      channels: {
        warehouse: [
          { at: 0, user: PEOPLE.ann, text: 'How do I restart the label printer?', thread: 0 },
          { at: 60, user: PEOPLE.bob, text: 'Hold the green button of the label printer for ten seconds.', thread: 0 },
        ],
        kitchen: [{ at: 500, user: PEOPLE.ann, text: 'The coffee machine eats the coins again.' }],
      },
    });
    handbook = join(await folder(), 'handbook');
    await mkdir(handbook);
    await writeFile(join(handbook, 'keys.md'), '# Keys\n\nThe cellar key hangs behind the reception desk.\n');
    started = await start({ home, args: ['--no-sample'] });
  });

  it('take in an export and a folder', async () => {
    expect(await json('import', team, '--space', 'acme')).toMatchObject({
      kind: 'slack',
      space: { id: 'slack:T0E2ETEAM', name: 'acme' },
      messages: { added: 3, changed: 0, unchanged: 0, removed: 0 },
      skipped: [],
    });
    expect(await json('import', handbook, '--space', 'acme')).toMatchObject({ kind: 'documents', pages: { added: 1 } });
  });

  it('answer with citations, as two ask at once', async () => {
    const [first, second] = await Promise.all([json('ask', QUESTION), json('ask', 'Where does the cellar key hang?')]);
    expect(first).toMatchObject({
      status: 'answered',
      answer: expect.stringMatching(/green button[\s\S]*\[1\]/),
      citations: expect.arrayContaining([
        {
          n: 1,
          title: expect.stringContaining('#warehouse'),
          url: expect.stringMatching(/^https:\/\//),
          quote: expect.stringContaining('green button'),
        },
      ]),
      notes: [],
      traceId: expect.stringMatching(/^[\w-]+$/),
      timings: expect.objectContaining({ total: expect.any(Number) }),
    });
    expect(second.answer).toContain('reception desk');
  });

  it('print an answer, its sources and its trace for people', async () => {
    const { code, stdout } = await command('ask', QUESTION);
    expect(code).toBe(0);
    expect(stdout).toMatch(/green button[\s\S]*Sources\n\[1\] #warehouse[\s\S]*\ntrace [\w-]+ · \d+ ms\n$/);
  });

  it('search, with ranks by words and vectors', async () => {
    const { results } = await json('search', 'label printer', '--limit', '1');
    expect(results).toEqual([
      {
        passageId: expect.any(Number),
        documentId: expect.any(Number),
        title: expect.stringContaining('#warehouse'),
        url: expect.stringMatching(/^https:\/\//),
        text: expect.stringContaining('green button'),
        score: expect.any(Number),
        ranks: { words: 1, vectors: 1 },
      },
    ]);
  });

  it('say why an answer is what it is', async () => {
    const { traceId } = await json('ask', QUESTION, '--space', 'acme');
    const { trace, passages, ...rest } = await json('trace', traceId);
    expect(rest).toMatchObject({ traceId, question: QUESTION, status: 'answered', platform: 'cli', erased: false });
    expect(trace).toMatchObject({ answerer: 'quotes', embedder: 'builtin-1', status: 'answered' });
    expect(passages[0]).toMatchObject({ n: 1, cited: true, text: expect.stringContaining('green button') });
    expect((await command('trace', traceId)).stdout).toContain('green button');
  });

  it('tell how everything is', async () => {
    const status = await json('status');
    expect(status).toMatchObject({
      home,
      owner: { pid: started.pid, command: 'start' },
      startToReadyMs: expect.any(Number),
      spaces: [{ id: 'slack:T0E2ETEAM', name: 'acme', sources: 3 }],
      vectors: { server: { kind: 'own', state: 'ready' }, generations: [{ state: 'serving', wanted: 0, unwanted: 0 }] },
      model: null,
      imports: { running: 0 },
    });
    expect(status.memory.chromaBytes).toBeGreaterThan(0);
    expect((await command('status')).stdout).toContain('acme');
    const doctor = await json('doctor');
    expect(doctor.findings.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(doctor.ok).toBe(true);
  });

  it('give another link to the web chat', async () => {
    const { link } = await json('open');
    expect(link).not.toBe(started.link);
    expect((await createBrowser(started.url).open(link)).status).toBe(303);
  });

  it('make all vectors again', async () => {
    const { vectors } = await json('reindex');
    expect(vectors).toBe((await json('status')).vectors.generations[0].placed);
    const { results } = await json('search', 'label printer', '--limit', '1');
    expect(results[0].ranks).toEqual({ words: 1, vectors: 1 });
  });

  it('refuse a second start in one sentence', async () => {
    const second = await command('start');
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toBe(
      `${home} is in use by process ${started.pid} (backscroll start). One process owns a home: end that one first, or set BACKSCROLL_HOME to another folder.\n`,
    );
  });

  it('remove a source, and then the space', async () => {
    expect(await json('remove', '#warehouse')).toMatchObject({
      removed: { kind: 'source', name: '#warehouse' },
      messages: 2,
      documents: 1,
    });
    expect(
      (await json('search', 'label printer')).results.filter(({ title }: { title: string }) =>
        title.includes('#warehouse'),
      ),
    ).toEqual([]);
    expect(await json('remove', 'acme')).toMatchObject({ removed: { kind: 'space', id: 'slack:T0E2ETEAM' } });
    expect((await json('status')).spaces).toEqual([]);
    expect((await json('ask', QUESTION)).status).toBe('abstained');
  });
});
