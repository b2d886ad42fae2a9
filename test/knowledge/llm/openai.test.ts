import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import type { ModelEvent } from '../../../src/knowledge/llm/Model.ts';
import { createOpenAiModel, type OpenAiModelOptions } from '../../../src/knowledge/llm/openai.ts';
import { createDrip } from '../../fakes/openai/Drip.ts';
import type { Ending, Fault } from '../../fakes/openai/Script.ts';
import { type FakeOpenAi, type FakeOptions, startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';

const times = { firstTokenTimeoutMs: 15_000, idleTimeoutMs: 20_000, timeoutMs: 60_000 };

describe('a model behind an OpenAI-compatible server', () => {
  let fake: FakeOpenAi;
  beforeEach(() => start());
  afterEach(() => fake.stop());

  async function start(options: FakeOptions = {}) {
    await fake?.stop();
    fake = await startFakeOpenAi(options);
  }

  function create(more: Partial<OpenAiModelOptions> = {}) {
    return createOpenAiModel({
      baseUrl: fake.url,
      apiKey: fake.key,
      model: 'fake-chat',
      ...times,
      retryDelayMs: 0,
      ...more,
    });
  }

  const request = (content = 'Where is it?') => ({
    messages: [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content },
    ],
    maxTokens: 50,
    signal: new AbortController().signal,
  });

  async function collect(model = create(), asked = request()) {
    const seen: ModelEvent[] = [];
    let error: BackscrollError | undefined;
    try {
      for await (const event of model.stream(asked)) seen.push(event);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(BackscrollError);
      error = thrown as BackscrollError;
    }
    const text = seen.map((event) => (event.kind === 'text' ? event.text : '')).join('');
    return { text, error, code: error?.code, usage: seen.find((event) => event.kind === 'usage') };
  }

  it('asks for a stream with usage and a limit of tokens', async () => {
    await collect();
    expect(fake.requests[0]?.body).toEqual({
      model: 'fake-chat',
      messages: request().messages,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 50,
    });
  });

  it('tells what was used', async () => {
    fake.reply({ text: ['Yes.'] });
    expect((await collect()).usage).toEqual({ kind: 'usage', inputTokens: expect.any(Number), outputTokens: 2 });
  });

  it('answers without a count when the server counts nothing', async () => {
    fake.reply({ text: ['Yes.'], usage: false });
    expect(await collect()).toEqual({ text: 'Yes.', usage: undefined });
  });

  it('sends no Authorization where no key is set', async () => {
    await start({ dialect: { auth: 'none' } });
    const model = createOpenAiModel({ baseUrl: fake.url, model: 'fake-chat', ...times });
    expect((await collect(model)).text).toBe('Hello there.');
    expect(fake.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('survives half a surrogate in a message', async () => {
    fake.reply({ text: (asked) => [asked.at(-1)?.content ?? ''] });
    expect((await collect(create(), request('a\ud800b'))).text).toBe('a\ufffdb');
  });

  describe('how an answer ends', () => {
    it.each<Ending>(['dies', 'ends', 'malformed', 'error'])(
      '%s half-way: `unavailable`, asked once',
      async (ending) => {
        fake.reply({ text: ['half'], ending });
        expect(await collect()).toMatchObject({ text: 'half', code: 'unavailable' });
        expect(fake.requests).toHaveLength(1);
      },
    );

    it.each<Ending>(['dies', 'ends', 'malformed', 'error'])('%s before any text: asked once more', async (ending) => {
      fake.reply({ ending });
      fake.reply({ text: ['whole'] });
      expect(await collect()).toMatchObject({ text: 'whole', error: undefined });
      expect(fake.requests).toHaveLength(2);
    });

    it('dies after it was finished: finished', async () => {
      fake.reply({ text: ['all'], ending: 'dies-late' });
      expect(await collect()).toMatchObject({ text: 'all', error: undefined });
    });

    it('reaches the limit of tokens: finished', async () => {
      fake.reply({ text: ['and so'], finish: 'length' });
      expect(await collect()).toMatchObject({ text: 'and so', error: undefined });
    });

    it('reaches the limit of tokens before any text: `refused`, and says what to change', async () => {
      fake.reply({ reasoning: ['well'], finish: 'length' });
      const { code, error } = await collect();
      expect(code).toBe('refused');
      expect(error?.message).toContain('all of its 50 tokens');
      expect(fake.requests).toHaveLength(1);
    });

    it('is stopped by a content filter: `refused`', async () => {
      fake.reply({ text: ['ouch'], finish: 'content_filter' });
      expect((await collect()).code).toBe('refused');
    });
  });

  describe('thoughts', () => {
    it('are dropped when they come apart', async () => {
      fake.reply({ reasoning: ['The user ', 'wants'], text: ['It is here.'] });
      expect((await collect()).text).toBe('It is here.');
    });

    it('are dropped when they come in tags', async () => {
      fake.reply({ text: ['<thi', 'nk>The user wants</th', 'ink>\n\nIt is', ' here.'] });
      expect((await collect()).text).toBe('It is here.');
    });
  });

  describe('what may go wrong before the first word', () => {
    it.each<{ fault: Fault; code: string; requests: number }>([
      { fault: { kind: 'status', status: 400, code: 'context_length_exceeded' }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 401 }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 402 }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 404 }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 429, code: 'insufficient_quota' }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 429, retryAfterS: 0 }, code: 'unavailable', requests: 2 },
      { fault: { kind: 'status', status: 429, retryAfterS: 3600 }, code: 'unavailable', requests: 1 },
      { fault: { kind: 'status', status: 503 }, code: 'unavailable', requests: 2 },
      { fault: { kind: 'cut' }, code: 'unavailable', requests: 2 },
      { fault: { kind: 'garbage' }, code: 'unavailable', requests: 2 },
    ])(
      '$fault.kind $fault.status $fault.code $fault.retryAfterS: $code, asked $requests times',
      async ({ fault, code, requests }) => {
        fake.fail(fault, { times: 5 });
        expect(await collect()).toMatchObject({ text: '', code });
        expect(fake.requests).toHaveLength(requests);
      },
    );

    it('is forgotten when the second try goes well', async () => {
      fake.fail({ kind: 'status', status: 500 });
      expect(await collect()).toMatchObject({ text: 'Hello there.', error: undefined });
    });

    it('is told with host, model and what to check, never with the key or the question', async () => {
      const key = 'sk-very-secret';
      const { error } = await collect(create({ apiKey: key }), request('my private question'));
      expect(error?.code).toBe('refused');
      expect(error?.message).toContain(new URL(fake.url).host);
      expect(error?.message).toContain('OPENAI_API_KEY');
      expect(`${error?.message} ${error?.stack} ${String(error?.cause)}`).not.toMatch(/sk-very|private/);
    });

    it('keeps what a server repeats out of the sentence', async () => {
      fake.fail(
        { kind: 'status', status: 400, message: `bad prompt "my private question" with ${fake.key}` },
        { times: 9 },
      );
      const { error } = await collect(create(), request('my private question'));
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}))).not.toMatch(/private|sk-fake/);
    });

    it('keeps a password in the address out of the sentence', async () => {
      const baseUrl = fake.url.replace('http://', 'http://me:hunter2@');
      const { error } = await collect(create({ baseUrl }));
      expect(error).toBeDefined();
      expect(error?.message).not.toContain('hunter2');
    });
  });

  describe('dialects', () => {
    it('goes without stream options where they are refused, and remembers it', async () => {
      await start({ dialect: { streamOptions: 'refused' } });
      const model = create();
      expect((await collect(model)).text).toBe('Hello there.');
      expect((await collect(model)).text).toBe('Hello there.');
      expect(fake.requests).toHaveLength(3);
    });

    it('says max_completion_tokens where max_tokens is refused', async () => {
      await start({ dialect: { maxTokens: 'max_completion_tokens' } });
      expect((await collect()).text).toBe('Hello there.');
      expect(fake.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 50, stream_options: {} });
      expect(fake.requests).toHaveLength(2);
    });

    it('finds both out from a server that names nothing', async () => {
      await start({ dialect: { maxTokens: 'max_completion_tokens', streamOptions: 'refused', errors: 'flat' } });
      expect((await collect()).text).toBe('Hello there.');
      expect(fake.requests.length).toBeLessThanOrEqual(4);
    });

    it('gives up after four when the server refuses for another reason, and asks once when it once worked', async () => {
      const model = create();
      fake.fail({ kind: 'status', status: 400 }, { times: 4 });
      expect((await collect(model)).code).toBe('refused');
      expect(fake.requests).toHaveLength(4);
      expect((await collect(model)).text).toBe('Hello there.');
      fake.fail({ kind: 'status', status: 400 });
      expect((await collect(model)).code).toBe('refused');
      expect(fake.requests).toHaveLength(6);
    });
  });

  describe('limits of time', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('a server that does not begin is given up, and not asked again', async () => {
      fake.fail({ kind: 'hang' });
      const outcome = collect();
      await fake.arrived(1);
      vi.advanceTimersByTime(15_000);
      const { code, error } = await outcome;
      expect(code).toBe('unavailable');
      expect(error?.message).toContain('did not begin to answer within 15 s');
      expect(fake.requests).toHaveLength(1);
      await fake.requests[0]?.closed;
    });

    it('a server that begins and falls silent is given up', async () => {
      fake.reply({ text: ['half'], ending: 'hangs' });
      const events = create().stream(request())[Symbol.asyncIterator]();
      await events.next();
      const rest = Promise.resolve(events.next());
      const outcome = expect(rest).rejects.toMatchObject({ message: expect.stringContaining('fell silent for 20 s') });
      vi.advanceTimersByTime(20_000);
      await outcome;
      await fake.requests[0]?.closed;
    });

    it('a consumer that takes its time is not the fault of the server', async () => {
      const drip = createDrip();
      fake.reply({ text: ['half ', 'whole'], drip });
      const events = create().stream(request())[Symbol.asyncIterator]();
      drip.release();
      await events.next();
      vi.advanceTimersByTime(30_000);
      drip.release(2);
      expect(await events.next()).toMatchObject({ value: { text: 'whole' } });
      await events.return?.();
    });

    it('a server that never stops is stopped', async () => {
      const drip = createDrip();
      fake.reply({ text: Array.from({ length: 20 }, () => 'on and '), drip });
      let pieces = 0;
      const asked = (async () => {
        drip.release();
        for await (const _ of create().stream(request())) {
          pieces += 1;
          vi.advanceTimersByTime(10_000);
          drip.release();
        }
      })();
      await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('within 60 s') });
      expect(pieces).toBe(6);
    });

    it('a server that forgets to hang up has answered all the same', async () => {
      fake.reply({ text: ['all'], ending: 'no-done' });
      const outcome = collect(create({ idleTimeoutMs: 3_600_000, timeoutMs: 3_600_000 }));
      let isOver = false;
      void outcome.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        vi.advanceTimersByTime(1000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await outcome).toEqual({ text: 'all', usage: undefined });
    });

    it('leaves no timer behind', async () => {
      await collect();
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
