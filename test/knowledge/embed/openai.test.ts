import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from '../../../src/knowledge/embed/openai.ts';
import type { Fault } from '../../fakes/openai/Script.ts';
import { type FakeOpenAi, type FakeOptions, startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';

describe('an embedder behind an OpenAI-compatible server', () => {
  let fake: FakeOpenAi;
  beforeEach(() => start());
  afterEach(() => fake.stop());

  async function start(options: FakeOptions = {}) {
    await fake?.stop();
    fake = await startFakeOpenAi(options);
  }

  const create = (more: Partial<OpenAiEmbedderOptions> = {}) =>
    createOpenAiEmbedder({ baseUrl: fake.url, apiKey: fake.key, model: 'fake-embedding', retryDelayMs: 0, ...more });

  const inputs = () => fake.requests.map((request) => request.body.input as string[]);
  const passage = { kind: 'passage' } as const;

  async function failureOf(asked: Promise<unknown>): Promise<BackscrollError> {
    const error = await asked.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(BackscrollError);
    return error as BackscrollError;
  }

  describe('batches', () => {
    it('hold as many texts as allowed, and come back in order', async () => {
      const texts = ['a', 'b', 'c', 'd', 'e'];
      const vectors = await create({ maxBatchTexts: 2, concurrency: 1 }).embed(texts, passage);
      expect(inputs()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      const [alone] = await create().embed(['d'], passage);
      expect(vectors[3]).toEqual(alone);
    });

    it('never hold more than 2,048 texts or 300,000 tokens', async () => {
      const texts = Array.from({ length: 2100 }, (_, i) => (i < 60 ? 'word '.repeat(6000) : `t${i}`));
      expect(await create({ maxBatchTexts: 9999 }).embed(texts, passage)).toHaveLength(2100);
    });

    it('go out side by side, but not too many; a question does not wait for them', async () => {
      const embedder = create({ maxBatchTexts: 1, concurrency: 2 });
      fake.fail({ kind: 'hang' }, { times: 2 });
      const cancel = new AbortController();
      const asked = failureOf(embedder.embed(['a', 'b', 'c'], { kind: 'passage', signal: cancel.signal }));
      await fake.arrived(2);
      await embedder.embed(['urgent'], { kind: 'question' });
      expect(inputs()).toEqual([['a'], ['b'], ['urgent']]);
      cancel.abort();
      expect((await asked).code).toBe('cancelled');
    });

    it('are called off when one of them fails for good', async () => {
      const embedder = create({ maxBatchTexts: 1, concurrency: 1 });
      fake.fail({ kind: 'status', status: 401 });
      expect((await failureOf(embedder.embed(['a', 'b', 'c'], passage))).code).toBe('refused');
      await embedder.embed(['d'], passage);
      expect(inputs()).toEqual([['a'], ['d']]);
    });

    it('are put in order by their index', async () => {
      const texts = ['a', 'b', 'c'];
      const inOrder = await create().embed(texts, passage);
      await start({ dialect: { order: 'reversed' } });
      expect(await create().embed(texts, passage)).toEqual(inOrder);
    });
  });

  describe('texts', () => {
    it('are cut to what the model takes, by tokens', async () => {
      const model = 'text-embedding-3-small';
      await create({ model }).embed(['word '.repeat(20_000), 'short'], passage);
      const [long = '', short] = inputs()[0] ?? [];
      expect(long.length).toBeGreaterThan(0.9 * 8191 * 5);
      expect(long.length).toBeLessThanOrEqual(8191 * 5);
      expect(short).toBe('short');
    });

    it('are cut to what the operator says', async () => {
      await create({ maxInputTokens: 10 }).embed(['one two three four five six seven eight nine ten eleven'], passage);
      expect(inputs()).toEqual([['one two three four five six seven eight nine']]);
    });

    it('get the prefixes that the operator wants', async () => {
      const embedder = create({ queryPrefix: 'Q: ', passagePrefix: 'P: ' });
      await embedder.embed(['x'], { kind: 'question' });
      await embedder.embed(['x'], passage);
      expect(inputs()).toEqual([['Q: x'], ['P: x']]);
    });

    it('get the prefixes that the model is known to want', async () => {
      const model = 'intfloat/multilingual-e5-small';
      await start({ embeddingModels: { [model]: 384 } });
      await create({ model }).embed(['x'], { kind: 'question' });
      await create({ model }).embed(['x'], passage);
      await create({ model, passagePrefix: '' }).embed(['x'], passage);
      expect(inputs()).toEqual([['query: x'], ['passage: x'], ['x']]);
    });
  });

  describe('dimensions', () => {
    it('are known for known models, without asking', async () => {
      expect(await create({ model: 'text-embedding-3-large' }).dimensions()).toBe(3072);
      expect(fake.requests).toHaveLength(0);
    });

    it('are asked for once when they are not known', async () => {
      const embedder = create();
      expect(await Promise.all([embedder.dimensions(), embedder.dimensions()])).toEqual([64, 64]);
      expect(await embedder.dimensions()).toBe(64);
      expect(fake.requests).toHaveLength(1);
    });

    it('are asked for again when that failed', async () => {
      const embedder = create({ maxRetries: 0 });
      fake.fail({ kind: 'cut' });
      expect((await failureOf(embedder.dimensions())).code).toBe('unavailable');
      expect(await embedder.dimensions()).toBe(64);
    });

    it('are those of the operator, where the model can be shortened', async () => {
      const embedder = create({ model: 'text-embedding-3-small', dimensions: 256 });
      const [vector] = await embedder.embed(['x'], passage);
      expect(vector).toHaveLength(256);
      expect(embedder.id).toBe('openai-text-embedding-3-small-256');
    });

    it('need not be understood by a server that has them anyway', async () => {
      await start({ dialect: { dimensions: 'refused' } });
      expect((await create({ dimensions: 64 }).embed(['x'], passage))[0]).toHaveLength(64);
      await start({ dialect: { dimensions: 'refused', errors: 'flat', base64: 'refused' } });
      expect((await create({ dimensions: 64 }).embed(['x'], passage))[0]).toHaveLength(64);
    });

    it('that are others than expected are refused, with both named', async () => {
      fake.vectors(() => [1, 2, 3]);
      const error = await failureOf(create({ dimensions: 64 }).embed(['x'], passage));
      expect(error.code).toBe('refused');
      expect(error.message).toMatch(/\b3 numbers where 64 were expected/);
    });

    it('that change under way are refused', async () => {
      const embedder = create();
      await embedder.embed(['x'], passage);
      fake.vectors(() => [1, 2, 3]);
      expect((await failureOf(embedder.embed(['x'], passage))).code).toBe('refused');
    });
  });

  describe('vectors', () => {
    it('are made unit length', async () => {
      fake.vectors(() => [3, 4]);
      expect(await create().embed(['x'], passage)).toEqual([Float32Array.of(3 / 5, 4 / 5)]);
    });

    it.each([
      ['zero', [0, 0]],
      ['too large to be a number', [1e39, 1]],
      ['NaN', [Number.NaN, 1]],
    ])('that are %s are refused', async (_, vector) => {
      fake.vectors(() => vector);
      expect((await failureOf(create().embed(['x'], passage))).code).toBe('refused');
    });
  });

  describe('dialects', () => {
    it('goes over to numbers where base64 is refused, and remembers it', async () => {
      const [expected] = await create().embed(['x'], passage);
      await start({ dialect: { base64: 'refused', errors: 'flat' } });
      const embedder = create();
      expect((await embedder.embed(['x'], passage))[0]).toEqual(expected);
      await embedder.embed(['y'], passage);
      expect(fake.requests.map((request) => request.body.encoding_format)).toEqual(['base64', 'float', 'float']);
    });

    it('takes numbers where base64 was asked for', async () => {
      await start({ dialect: { base64: 'ignored' } });
      expect((await create().embed(['x'], passage))[0]).toHaveLength(64);
    });

    it('sends no Authorization where no key is set', async () => {
      await start({ dialect: { auth: 'none' } });
      await createOpenAiEmbedder({ baseUrl: fake.url, model: 'fake-embedding' }).embed(['x'], passage);
      expect(fake.requests[0]?.headers.authorization).toBeUndefined();
    });
  });

  describe('failures', () => {
    it.each<{ fault: Fault; code: string; requests: number }>([
      { fault: { kind: 'status', status: 401 }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 404 }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 429, code: 'insufficient_quota' }, code: 'refused', requests: 1 },
      { fault: { kind: 'status', status: 429, retryAfterS: 0 }, code: 'unavailable', requests: 3 },
      { fault: { kind: 'status', status: 429, retryAfterS: 86_400 }, code: 'unavailable', requests: 1 },
      { fault: { kind: 'status', status: 500 }, code: 'unavailable', requests: 3 },
      { fault: { kind: 'cut' }, code: 'unavailable', requests: 3 },
      { fault: { kind: 'garbage' }, code: 'unavailable', requests: 3 },
    ])(
      '$fault.kind $fault.status $fault.code $fault.retryAfterS: $code after $requests requests',
      async ({ fault, code, requests }) => {
        fake.fail(fault, { times: 9 });
        expect((await failureOf(create({ maxRetries: 2 }).embed(['x'], passage))).code).toBe(code);
        expect(fake.requests).toHaveLength(requests);
      },
    );

    it('are mended by trying again', async () => {
      fake.fail({ kind: 'status', status: 503 }, { times: 3 });
      expect(await create().embed(['x'], passage)).toHaveLength(1);
    });

    it('a question is tried twice at most', async () => {
      fake.fail({ kind: 'status', status: 503 }, { times: 9 });
      expect((await failureOf(create().embed(['x'], { kind: 'question' }))).code).toBe('unavailable');
      expect(fake.requests).toHaveLength(2);
    });

    it('name host and setting, never key or text', async () => {
      const error = await failureOf(create({ apiKey: 'sk-very-secret' }).embed(['my private text'], passage));
      expect(error.message).toContain(new URL(fake.url).host);
      expect(error.message).toContain('OPENAI_API_KEY');
      expect(`${error.stack} ${String(error.cause)}`).not.toMatch(/sk-very|private/);
    });

    it('a server that is not there is `unavailable`', async () => {
      await fake.stop();
      const error = await failureOf(create({ maxRetries: 1 }).embed(['x'], passage));
      expect(error.code).toBe('unavailable');
      expect(error.message).toContain('ECONNREFUSED');
    });

    it('a server that never answers is given up after the time limit, and asked again', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        fake.fail({ kind: 'hang' });
        const asked = create({ timeoutMs: 30_000 }).embed(['x'], passage);
        await fake.arrived(1);
        vi.advanceTimersByTime(30_000);
        expect(await asked).toHaveLength(1);
        expect(fake.requests).toHaveLength(2);
      } finally {
        vi.useRealTimers();
      }
    });
  });

  describe('the id', () => {
    const idOf = (more: Partial<OpenAiEmbedderOptions>) => create(more).id;

    it('names model and dimensions', () => {
      expect(idOf({ model: 'text-embedding-3-small' })).toBe('openai-text-embedding-3-small-1536');
      expect(idOf({ model: 'fake-embedding' })).toBe('openai-fake-embedding');
    });

    it('is another one for all that makes another vector', () => {
      const ids = [
        idOf({}),
        idOf({ dimensions: 32 }),
        idOf({ queryPrefix: 'Q: ' }),
        idOf({ passagePrefix: 'Q: ' }),
        idOf({ maxInputTokens: 512 }),
        idOf({ model: 'fake/embedding' }),
        idOf({ model: 'fake.embedding' }),
        idOf({ model: `${'x'.repeat(100)}1` }),
        idOf({ model: `${'x'.repeat(100)}2` }),
        idOf({ model: '模型' }),
      ];
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{3,100}$/);
    });
  });
});
