import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromaOf, createBackscroll, gone, type Started } from './backscroll.ts';
import { longTalk, PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, untilStatus, clean } = createBackscroll();
afterAll(clean);

const MESSAGES = 6000;

describe('kill -9 in the middle of an import', () => {
  it('loses and doubles nothing: the next start goes on by itself', async () => {
    const home = await makeHome();
    const exported = await writeTeam(await folder(), { channels: { long: longTalk(MESSAGES) } });
    const order = ['import', exported, '--space', 'acme'];
    const killAt = async (line: RegExp) => {
      const killed = await run(order, {
        home,
        meanwhile: async (running) => {
          await running.waitFor((printed) => line.test(printed));
          const chroma = chromaOf(home);
          running.kill('SIGKILL');
          await running.ended;
          if (chroma !== undefined) await gone(chroma);
        },
      });
      expect(killed.code).toBe(null);
      return killed.stderr;
    };
    expect(await killAt(/reading messages: [2-8]0 %/)).not.toContain('reading messages: 100 %');
    // All is read, and is now grouped, cut and indexed.
    await killAt(/reading messages: 100 %/);

    const started = await start({ home, args: ['--no-sample'] });
    const status = await untilStatus(
      { home },
      ({ imports, vectors }) =>
        imports.running === 0 && imports.recent[0]?.state === 'done' && vectors.generations[0]?.wanted === 0,
    );
    expect(status.imports.recent).toHaveLength(1);
    expect(status.sources).toMatchObject([{ name: '#long', documents: MESSAGES / 5 }]);
    expect(status.vectors.generations).toMatchObject([{ state: 'serving', placed: status.sources[0].passages }]);

    const again = await run([...order, '--json'], { home });
    expect(again.json.messages).toEqual({ added: 0, changed: 0, unchanged: MESSAGES, removed: 0 });
    for (const note of [`note${MESSAGES - 1} `, 'note17 ']) {
      const { results } = (await run(['search', note, '--json', '--limit', '50'], { home })).json;
      expect(results.filter(({ text }: { text: string }) => text.includes(note))).toHaveLength(1);
    }
    expect(await started.stop()).toBe(0);
  });
});

describe('kill -9 while Backscroll runs', () => {
  const question = 'Who waters the plants?';
  let home: string;
  let started: Started;
  const ask = async () => (await run(['ask', question, '--json'], { home })).json;
  const server = async () => (await run(['status', '--json'], { home })).json.vectors.server;
  const ranks = async () => (await run(['search', question, '--json'], { home })).json.results[0].ranks;

  beforeAll(async () => {
    home = await makeHome();
    const exported = await writeTeam(await folder(), {
      channels: {
        office: [
          { at: 0, user: PEOPLE.ann, text: 'Who waters the plants?', thread: 0 },
          { at: 60, user: PEOPLE.bob, text: 'The cleaners water the plants every Friday.', thread: 0 },
        ],
      },
    });
    started = await start({ home, args: ['--no-sample'] });
    expect((await run(['import', exported, '--space', 'acme'], { home })).code).toBe(0);
    expect(await ranks()).toEqual({ words: 1, vectors: 1 });
  });

  it('of Chroma, answers go on, and vectors are back as soon as it is', async () => {
    const chroma = chromaOf(home) as number;
    process.kill(chroma, 'SIGKILL');
    // Whichever comes first, its end or the question: there is an answer.
    const answers = await Promise.all([ask(), ask()]);
    for (const { status, answer } of answers)
      expect([status, answer]).toEqual(['answered', expect.stringContaining('Friday')]);
    await gone(chroma);
    await untilStatus(
      { home },
      ({ vectors }) => vectors.server.state === 'ready' && vectors.generations[0].wanted === 0,
    );
    expect(chromaOf(home)).not.toBe(chroma);
    expect(await ranks()).toEqual({ words: 1, vectors: 1 });
    expect((await ask()).notes).toEqual([]);
  });

  it('of Backscroll itself, Chroma ends with it, and the next start is as before', async () => {
    const chroma = chromaOf(home) as number;
    await started.kill9();
    await gone(chroma);
    started = await start({ home, args: ['--no-sample'] });
    expect((await ask()).answer).toContain('Friday');
    await untilStatus({ home }, ({ vectors }) => vectors.server.state === 'ready');
    expect((await server()).state).toBe('ready');
    expect(await ranks()).toEqual({ words: 1, vectors: 1 });
  });

  it('of both, also when Chroma outlives it for a moment', async () => {
    await started.kill9();
    started = await start({ home, args: ['--no-sample'] });
    await untilStatus({ home }, ({ vectors }) => vectors.server.state === 'ready');
    expect(await ranks()).toEqual({ words: 1, vectors: 1 });
    expect(await started.stop()).toBe(0);
  });
});
