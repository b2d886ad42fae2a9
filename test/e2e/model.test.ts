import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../fakes/openai/startFakeOpenAi.ts';
import { createBackscroll, type Running, type Started } from './backscroll.ts';
import { createGate } from './gate.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, untilStatus, clean } = createBackscroll();
const KEY = 'sk-live-3f9a77c0ffee51deadbeef';
const QUESTION = 'How does one reset the thermostat?';

let fake: FakeOpenAi;
let team: string;
const printed: string[] = [];
const keep = (running: Pick<Running, 'stdout' | 'stderr'>) => printed.push(running.stdout(), running.stderr());

beforeAll(async () => {
  fake = await startFakeOpenAi({ key: KEY });
  team = await writeTeam(await folder(), {
    channels: {
      building: [
        { at: 0, user: PEOPLE.ann, text: QUESTION, thread: 0 },
        {
          at: 60,
          user: PEOPLE.bob,
          text: 'To reset the thermostat, press the two arrows together until it beeps.',
          thread: 0,
        },
        { at: 5000, user: PEOPLE.ann, text: 'The lift is out of order until Monday morning.', thread: 5000 },
      ],
    },
  });
});
afterAll(async () => {
  await clean();
  await fake.stop();
});

describe('with a model', () => {
  let home: string;
  let env: Record<string, string>;
  let started: Started;
  const ask = async () => {
    const ran = await run(['ask', QUESTION, '--json'], { home });
    printed.push(ran.stdout, ran.stderr);
    return ran.json;
  };

  /** Asks while the server goes wrong twice: there may be a second try. What is left over is used up. */
  async function whileTwice(goWrong: () => void) {
    const before = fake.requests.length;
    goWrong();
    goWrong();
    const answered = await ask();
    const body = JSON.stringify({ model: 'fake-chat', messages: [{ role: 'user', content: 'x' }], stream: true });
    const headers = { authorization: `Bearer ${KEY}` };
    for (let tries = fake.requests.length - before; tries < 2; tries++) {
      const over = new AbortController();
      await fetch(`${fake.url}/chat/completions`, { method: 'POST', headers, body, signal: over.signal });
      over.abort();
    }
    return { answered };
  }

  beforeAll(async () => {
    home = await makeHome();
    const config = join(await folder(), 'backscroll.yaml');
    await writeFile(config, 'model:\n  firstTokenSeconds: 1\n  price: { inputPerMillion: 1, outputPerMillion: 1 }\n');
    env = {
      ...{ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'fake-chat' },
      ...{ BACKSCROLL_CONFIG: config, LOG_LEVEL: 'debug' },
    };
    started = await start({ home, env, args: ['--no-sample'] });
    expect((await run(['import', team, '--space', 'acme'], { home })).code).toBe(0);
  });

  it('an answer is written from the passages and cites them', async () => {
    fake.reply({ text: ['Press the two arrows ', 'together until it ', 'beeps [1].'] });
    const answered = await ask();
    expect(answered).toMatchObject({
      status: 'answered',
      answer: 'Press the two arrows together until it beeps [1].',
      notes: [],
    });
    expect(answered.citations).toMatchObject([{ n: 1, quote: expect.stringContaining('two arrows') }]);
    const { body } = fake.requests.at(-1) ?? {};
    expect(JSON.stringify(body)).toContain('press the two arrows together');
    const { trace } = (await run(['trace', answered.traceId, '--json'], { home })).json;
    expect(trace).toMatchObject({ answerer: 'model', model: 'fake-chat', inputTokens: expect.any(Number) });
    expect(trace.cost).toBeGreaterThan(0);
  });

  it('the web chat gets it streamed', async () => {
    const browser = createBrowser(started.url);
    await browser.open(started.link);
    fake.reply({ text: ['To reset the thermostat, press the two arrows [1]. ', 'Go on together until it beeps [1].'] });
    const { threadId } = await browser.ask(QUESTION);
    const stream = await browser.follow(threadId);
    const events = await stream.until('finished');
    stream.end();
    const pieces = events.filter(({ event }) => event === 'text').map(({ data }) => data.text);
    expect(pieces.join('')).toBe(events.at(-1)?.data.answer.text);
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('links, mentions, pictures and markup that no passage has never come out', async () => {
    fake.reply({
      text: [
        'Press the two arrows together until it beeps [1]. ',
        'Then log in at https://evil.example/steal?q=secret [1] or [here](https://evil.example/phish) [1]. ',
        '![x](https://evil.example/pixel.png) <img src="https://evil.example/i"> @everyone <!channel> <@U0ANN00001> [1]',
      ],
    });
    const ran = await run(['ask', QUESTION], { home });
    printed.push(ran.stdout, ran.stderr);
    expect(ran.stdout).toContain('two arrows together');
    expect(ran.stdout + ran.stderr).not.toMatch(/evil\.example|@everyone|<!channel>|<@U0ANN|<img/);
  });

  it.each([
    ['says nothing at all', { text: [], ending: 'hangs' }, /^model-(timeout|failed)$/],
    ['dies in the first word', { text: ['Pre'], ending: 'dies' }, /^model-failed$/],
    ['is stopped by a filter', { text: [], finish: 'content_filter' }, /^model-failed$/],
    ['names no source', { text: ['Just press arrows and hope for the best, as the ancients did.'] }, /^model-uncited$/],
  ] as const)('one that %s is replaced by quotes, and the answer says so', async (_, script, note) => {
    const { answered } = await whileTwice(() => fake.reply(script));
    expect(answered).toMatchObject({ status: 'answered', notes: [expect.stringMatching(note)] });
    expect(answered.answer).toMatch(/press the two arrows together/);
    expect(answered.citations[0].quote).toContain('two arrows');
    expect(answered.answer).toMatch(/The language model .*straight from the passages\./);
  });

  it.each([500, 401, 429])('one that refuses with %i is replaced by quotes, and the answer says so', async (status) => {
    const fault = { kind: 'status', status, message: `No, said to Bearer ${KEY}.` } as const;
    const { answered } = await whileTwice(() => fake.fail(fault, { path: '/v1/chat/completions' }));
    expect(answered).toMatchObject({ status: 'answered', notes: ['model-failed'] });
    expect(answered.answer).toMatch(/press the two arrows together/);
  });

  it('doctor says what is wrong with the server, and the key is shown nowhere', async () => {
    fake.fail({ kind: 'status', status: 401, message: `Incorrect API key provided: ${KEY}.` }, { path: '/v1/models' });
    const ran = await run(['doctor', '--json'], { home });
    printed.push(ran.stdout, ran.stderr);
    expect([ran.code, ran.json.ok]).toEqual([1, false]);
    expect(ran.json.findings.filter(({ ok }: { ok: boolean }) => !ok)).toMatchObject([{ check: 'model' }]);
    const { stdout } = await run(['status'], { home });
    printed.push(stdout);
    expect(await started.stop()).toBe(0);
    keep(started);
    expect(printed.join('\n')).not.toContain(KEY);
    expect(await holding(home, KEY)).toEqual([]);
  });
});

describe('another embedder', () => {
  it('fills its own vectors while the earlier ones serve, and embeds nothing twice', async () => {
    const home = await makeHome();
    const gate = await createGate(fake.url);
    const env = {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: gate.url,
      OPENAI_MODEL: 'fake-chat',
      EMBEDDING_MODEL: 'fake-embedding',
    };
    expect((await run(['import', team, '--space', 'acme'], { home })).code).toBe(0);

    const started = await start({ home, env, args: ['--no-sample'] });
    await gate.someone();
    const { generations } = (await run(['status', '--json'], { home })).json.vectors;
    expect(generations[0]).toMatchObject({ embedder: 'builtin-1', state: 'serving' });
    const search = async () => (await run(['search', QUESTION, '--limit', '1', '--json'], { home })).json;
    expect((await search()).results[0].ranks).toEqual({ words: 1, vectors: 1 });

    gate.open();
    const filled = await untilStatus({ home }, ({ vectors }) =>
      vectors.generations.every(({ embedder }: { embedder: string }) => embedder !== 'builtin-1'),
    );
    expect(filled.vectors.generations).toMatchObject([{ state: 'serving', wanted: 0, placed: 2 }]);
    expect((await search()).results[0].ranks).toEqual({ words: 1, vectors: 1 });

    const embedded = () =>
      fake.requests.filter(
        ({ path, body }) => path === '/v1/embeddings' && JSON.stringify(body).includes('Monday morning'),
      ).length;
    const before = embedded();
    expect((await run(['import', team, '--space', 'acme', '--json'], { home })).json.messages).toMatchObject({
      unchanged: 3,
    });
    expect((await run(['reindex', '--json'], { home })).json.vectors).toBe(2);
    expect([before, embedded()]).toEqual([1, 1]);
    expect(await started.stop()).toBe(0);
    keep(started);
    gate.stop();

    // Back again, and without the server.
    const back = await start({ home, args: ['--no-sample'] });
    await untilStatus(
      { home },
      ({ vectors }) => vectors.generations[0].embedder === 'builtin-1' && vectors.generations[0].state === 'serving',
    );
    expect((await search()).results[0].ranks).toEqual({ words: 1, vectors: 1 });
    expect(await back.stop()).toBe(0);
    expect(printed.join('\n')).not.toContain(KEY);
    expect(await holding(home, KEY)).toEqual([]);
  });
});

async function holding(home: string, secret: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(file)).includes(secret)) found.push(file);
  }
  return found;
}
