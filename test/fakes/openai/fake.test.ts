import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDrip } from './Drip.ts';
import type { Ending, Fault } from './Script.ts';
import { type FakeOpenAi, type FakeOptions, startFakeOpenAi } from './startFakeOpenAi.ts';

/** The vendor's own client is the judge of whether the fake speaks the wire. */
describe('the fake OpenAI server, asked by the real SDK', () => {
  let fake: FakeOpenAi;
  let client: OpenAI;
  const messages = [{ role: 'user' as const, content: 'Where is the runbook?' }];

  beforeEach(() => start());
  afterEach(() => fake.stop());

  async function start(options: FakeOptions = {}) {
    await fake?.stop();
    fake = await startFakeOpenAi(options);
    client = new OpenAI({ apiKey: fake.key, baseURL: fake.url, maxRetries: 0, logLevel: 'off' });
  }

  async function streamed(more: object = {}) {
    const stream = await client.chat.completions.create({ model: 'fake-chat', messages, stream: true, ...more });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    let error: unknown;
    try {
      for await (const chunk of stream) chunks.push(chunk);
    } catch (thrown) {
      error = thrown;
    }
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    return { chunks, text, error, finish: chunks.map((chunk) => chunk.choices[0]?.finish_reason).find(Boolean) };
  }

  describe('chat completions', () => {
    it('stream the pieces of the script, then the finish reason', async () => {
      fake.reply({ text: ['It is ', 'in ', 'the wiki.'] });
      const { chunks, text, finish } = await streamed();
      expect(text).toBe('It is in the wiki.');
      expect(finish).toBe('stop');
      expect(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.usage === undefined)).toBe(true);
    });

    it('end with usage in a chunk without choices when that is asked for', async () => {
      fake.reply({ text: ['Yes.'] });
      const { chunks } = await streamed({ stream_options: { include_usage: true } });
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 2 } });
      expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    });

    it('come whole when no stream is asked for', async () => {
      fake.reply({ text: ['In ', 'the wiki.'], finish: 'length' });
      const whole = await client.chat.completions.create({ model: 'fake-chat', messages });
      expect(whole.choices[0]).toMatchObject({ message: { content: 'In the wiki.' }, finish_reason: 'length' });
      expect(whole.usage?.completion_tokens).toBeGreaterThan(0);
    });

    it('can be made from what was asked', async () => {
      fake.reply({ text: (asked) => [`You asked: ${asked.at(-1)?.content}`] });
      expect((await streamed()).text).toBe('You asked: Where is the runbook?');
    });

    it('say hello when nothing is scripted, and take scripts in order', async () => {
      fake.reply({ text: ['one'] });
      fake.reply({ text: ['two'] });
      expect([(await streamed()).text, (await streamed()).text, (await streamed()).text]).toEqual([
        'one',
        'two',
        'Hello there.',
      ]);
    });

    it('send reasoning apart from the text', async () => {
      fake.reply({ reasoning: ['hm'], text: ['Yes.'] });
      const { chunks, text } = await streamed();
      expect(text).toBe('Yes.');
      expect(chunks[1]?.choices[0]?.delta).toEqual({ reasoning_content: 'hm' });
    });

    it('drip as the test releases them', async () => {
      const drip = createDrip();
      fake.reply({ text: ['a', 'b'], drip });
      const stream = await client.chat.completions.create({ model: 'fake-chat', messages, stream: true });
      const seen: string[] = [];
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta;
        seen.push(delta?.content ?? 'end');
        drip.release();
      }
      expect(seen).toEqual(['', 'a', 'b', 'end']);
    });

    it.each<{ ending: Ending; failsWith: RegExp | undefined }>([
      { ending: 'dies', failsWith: /terminated/ },
      { ending: 'ends', failsWith: undefined },
      { ending: 'malformed', failsWith: /malformed/ },
      { ending: 'error', failsWith: /out of memory/ },
    ])('$ending half-way, after the text and without a finish reason', async ({ ending, failsWith }) => {
      fake.reply({ text: ['half '], ending });
      const { text, error, finish } = await streamed();
      expect(text).toBe('half ');
      expect(finish).toBeUndefined();
      if (failsWith) expect(String(error)).toMatch(failsWith);
      else expect(error).toBeUndefined();
    });

    it('die after the finish reason', async () => {
      fake.reply({ text: ['all'], ending: 'dies-late' });
      expect(await streamed()).toMatchObject({ text: 'all', finish: 'stop', error: expect.anything() });
    });

    it.each<Ending>(['hangs', 'no-done'])('stay open and silent (%s) until the client goes', async (ending) => {
      fake.reply({ text: ['half '], ending });
      const stream = await client.chat.completions.create({ model: 'fake-chat', messages, stream: true });
      let text = '';
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        const last = ending === 'hangs' ? text === 'half ' : chunk.choices[0]?.finish_reason === 'stop';
        if (last) break;
      }
      expect(text).toBe('half ');
      await fake.requests[0]?.closed;
    });

    it.each([
      { name: 'a role that does not exist', body: { messages: [{ role: 'boss', content: 'x' }] } },
      { name: 'no messages', body: { messages: [] } },
      { name: 'an argument that does not exist', body: { max_words: 5 } },
      { name: 'a limit of no tokens', body: { max_tokens: 0 } },
      { name: 'both names for the limit', body: { max_tokens: 5, max_completion_tokens: 5 } },
      { name: 'stream options without a stream', body: { stream: false, stream_options: { include_usage: true } } },
    ])('refuse $name with 400', async ({ body }) => {
      await expect(streamed(body)).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
    });
  });

  describe('embeddings', () => {
    const model = 'fake-embedding';

    it('are the same in base64 (which the SDK asks for by itself) and in floats', async () => {
      const packed = await client.embeddings.create({ model, input: ['a cat', 'a dog'] });
      const plain = await client.embeddings.create({ model, input: ['a cat', 'a dog'], encoding_format: 'float' });
      expect(fake.requests.map((request) => request.body.encoding_format)).toEqual(['base64', 'float']);
      expect(packed.data.map((one) => one.index)).toEqual([0, 1]);
      plain.data.forEach((one, i) => {
        expect([...(packed.data[i]?.embedding ?? [])]).toEqual(one.embedding.map(Math.fround));
      });
    });

    it('are unit vectors, the same for the same text, nearer for texts that share words', async () => {
      const input = ['deploy the server', 'the server will not deploy', 'bananas', 'deploy the server'];
      const { data } = await client.embeddings.create({ model, input, encoding_format: 'float' });
      const vectors = data.map((one) => one.embedding);
      const dot = (a: number, b: number) =>
        (vectors[a] ?? []).reduce((sum, x, i) => sum + x * (vectors[b]?.[i] ?? 0), 0);
      for (let i = 0; i < input.length; i += 1) expect(dot(i, i)).toBeCloseTo(1);
      expect(vectors[0]).toEqual(vectors[3]);
      expect(dot(0, 1)).toBeGreaterThan(dot(0, 2));
    });

    it('are shortened to unit vectors of the dimensions asked for', async () => {
      const { data } = await client.embeddings.create({ model, input: 'cat', dimensions: 8 });
      const vector = data[0]?.embedding ?? [];
      expect(vector).toHaveLength(8);
      expect(Math.hypot(...vector)).toBeCloseTo(1);
    });

    it('know the lengths of the real models', async () => {
      const { data } = await client.embeddings.create({ model: 'text-embedding-3-large', input: 'cat' });
      expect(data[0]?.embedding).toHaveLength(3072);
    });

    it('can be replaced by the test', async () => {
      fake.vectors(() => [3, 4]);
      const { data } = await client.embeddings.create({ model, input: 'cat', encoding_format: 'float' });
      expect(data[0]?.embedding).toEqual([3, 4]);
    });

    it.each([
      { name: 'an empty text', body: { input: ['a', ''] } },
      { name: 'no text', body: { input: [] } },
      { name: '2,049 texts', body: { input: Array.from({ length: 2049 }, () => 'a') } },
      { name: 'a text of over 8,192 tokens', body: { input: 'word '.repeat(8200) } },
      { name: 'over 300,000 tokens', body: { input: Array.from({ length: 50 }, () => 'word '.repeat(6100)) } },
      { name: 'more dimensions than there are', body: { input: 'a', dimensions: 65 } },
    ])('refuse $name with 400', async ({ body }) => {
      await expect(client.embeddings.create({ model, ...body })).rejects.toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      });
    });

    it('take 2,048 texts', async () => {
      const input = Array.from({ length: 2048 }, (_, i) => `text ${i}`);
      expect((await client.embeddings.create({ model, input })).data).toHaveLength(2048);
    });
  });

  describe('the door', () => {
    it('lists its models', async () => {
      const ids = (await client.models.list()).data.map((one) => one.id);
      expect(ids).toEqual(expect.arrayContaining(['fake-chat', 'text-embedding-3-small']));
    });

    it('refuses a wrong key, which it repeats, and no key', async () => {
      const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: fake.url, maxRetries: 0 });
      await expect(stranger.models.list()).rejects.toMatchObject({
        status: 401,
        code: 'invalid_api_key',
        message: expect.stringContaining('sk-wrong'),
      });
      expect((await fetch(`${fake.url}/models`)).status).toBe(401);
    });

    it('knows neither other models nor other paths', async () => {
      await expect(streamed({ model: 'gpt-0' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
      const embedding = client.embeddings.create({ model: 'fake-chat', input: 'x' });
      await expect(embedding).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
      await expect(client.files.list()).rejects.toMatchObject({ status: 404 });
    });

    it('refuses a body that is no JSON', async () => {
      const headers = { authorization: `Bearer ${fake.key}` };
      const response = await fetch(`${fake.url}/chat/completions`, { method: 'POST', headers, body: '{"model":' });
      expect(response.status).toBe(400);
    });

    it('records what arrived', async () => {
      await streamed({ max_tokens: 7 });
      expect(fake.requests).toHaveLength(1);
      expect(fake.requests[0]).toMatchObject({
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { authorization: `Bearer ${fake.key}` },
        body: { model: 'fake-chat', messages, max_tokens: 7 },
      });
    });

    it('frees its port when it stops, with requests under way', async () => {
      fake.fail({ kind: 'hang' });
      const hanging = client.models.list().catch((error: unknown) => error);
      await fake.arrived(1);
      await fake.stop();
      await fake.stop();
      expect(await hanging).toBeInstanceOf(OpenAI.APIConnectionError);
      await expect(client.models.list()).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    });
  });

  describe('faults', () => {
    it.each<{ fault: Fault; expected: object }>([
      { fault: { kind: 'status', status: 500 }, expected: { status: 500 } },
      { fault: { kind: 'status', status: 429, code: 'insufficient_quota' }, expected: { code: 'insufficient_quota' } },
      { fault: { kind: 'cut' }, expected: { name: 'Error', message: expect.stringContaining('onnection') } },
      { fault: { kind: 'garbage' }, expected: { name: 'SyntaxError' } },
    ])('$fault.kind $fault.status: once, and then it serves again', async ({ fault, expected }) => {
      fake.fail(fault);
      await expect(client.models.list()).rejects.toMatchObject(expected);
      expect((await client.models.list()).data).not.toHaveLength(0);
    });

    it('429 says when to come again', async () => {
      fake.fail({ kind: 'status', status: 429, retryAfterS: 7 });
      const error = await client.models.list().catch((thrown: unknown) => thrown);
      expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
    });

    it('can be kept to one path and repeated', async () => {
      fake.fail({ kind: 'status', status: 503 }, { path: '/v1/embeddings', times: 2 });
      await client.models.list();
      const embed = () => client.embeddings.create({ model: 'fake-embedding', input: 'x' });
      await expect(embed()).rejects.toMatchObject({ status: 503 });
      await expect(embed()).rejects.toMatchObject({ status: 503 });
      expect((await embed()).data).toHaveLength(1);
    });

    it('hang lets a client wait until it gives up', async () => {
      fake.fail({ kind: 'hang' });
      const cancel = new AbortController();
      const asked = client.models.list({ signal: cancel.signal });
      const outcome = expect(Promise.resolve(asked)).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
      await fake.arrived(1);
      cancel.abort();
      await outcome;
      await fake.requests[0]?.closed;
    });
  });

  describe('dialects of compatible servers', () => {
    const embed = (more: object = {}) =>
      client.embeddings.create({ model: 'fake-embedding', input: ['a', 'b'], ...more });

    it('no base64', async () => {
      await start({ dialect: { base64: 'refused', errors: 'flat' } });
      await expect(embed()).rejects.toMatchObject({ status: 400, code: 400 });
      expect((await embed({ encoding_format: 'float' })).data).toHaveLength(2);
    });

    it('floats whatever is asked for', async () => {
      await start({ dialect: { base64: 'ignored' } });
      expect((await embed({ encoding_format: 'base64' })).data[0]?.embedding).toBeInstanceOf(Array);
    });

    it('no dimensions, and vectors in another order', async () => {
      await start({ dialect: { dimensions: 'refused', order: 'reversed' } });
      await expect(embed({ dimensions: 8 })).rejects.toMatchObject({ status: 400, param: 'dimensions' });
      expect((await embed()).data.map((one) => one.index)).toEqual([1, 0]);
    });

    it('no stream options, one name for the limit, no key', async () => {
      await start({ dialect: { streamOptions: 'refused', maxTokens: 'max_completion_tokens', auth: 'none' } });
      client = new OpenAI({ apiKey: 'any', baseURL: fake.url, maxRetries: 0 });
      const options = { stream_options: { include_usage: true } };
      await expect(streamed(options)).rejects.toMatchObject({ status: 400, param: 'stream_options' });
      await expect(streamed({ max_tokens: 5 })).rejects.toMatchObject({ status: 400, param: 'max_tokens' });
      expect((await streamed({ max_completion_tokens: 5 })).text).toBe('Hello there.');
    });
  });
});
