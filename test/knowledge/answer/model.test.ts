import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerRequest } from '../../../src/knowledge/answer/Answer.ts';
import { createModelAnswerer } from '../../../src/knowledge/answer/model.ts';
import { createQuotingAnswerer } from '../../../src/knowledge/answer/quote.ts';
import { countTokens } from '../../../src/knowledge/chunk/tokens.ts';
import type { Model } from '../../../src/knowledge/llm/Model.ts';
import { createOpenAiModel } from '../../../src/knowledge/llm/openai.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';
import { passage } from './evidence.ts';

const EVIDENCE = [
  passage(1, 'The VPN on Linux needs the new profile. Download it and restart NetworkManager.'),
  passage(2, 'The VPN profile for Windows comes with the laptop.'),
];
let server: FakeOpenAi;
beforeEach(async () => {
  server = await startFakeOpenAi();
});
afterEach(() => server.stop());

function realModel(): Model {
  return createOpenAiModel({
    apiKey: server.key,
    baseUrl: server.url,
    model: 'fake-chat',
    retryDelayMs: 0,
    firstTokenTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    timeoutMs: 60_000,
  });
}

async function ask(
  given: Partial<AnswerRequest> = {},
  options: { model?: Model; deadline?: AbortSignal; onText?: (shown: string) => void } = {},
) {
  let shown = '';
  const failures: unknown[] = [];
  const answerer = createModelAnswerer({
    model: options.model ?? realModel(),
    fallback: createQuotingAnswerer(),
    countTokens,
    maxInputTokens: 4000,
    maxOutputTokens: 500,
    deadline: () => options.deadline ?? new AbortController().signal,
    onFailure: (error) => failures.push(error),
  });
  const request: AnswerRequest = {
    question: 'How do I get onto the VPN on Linux?',
    history: [],
    evidence: EVIDENCE,
    language: 'en',
    notes: ['words-only'],
    signal: new AbortController().signal,
    ...given,
  };
  const answer = await answerer.answer(request, (piece) => {
    shown += piece.text;
    options.onText?.(shown);
  });
  expect(shown).toBe(answer.text);
  return { answer, failures };
}

describe('a model that answers', () => {
  it('is checked, cited and counted', async () => {
    server.reply({
      text: [
        'You need the new',
        ' profile [1',
        ']. Restart NetworkManager',
        ' [1]. See https://evil.example/x [1]',
        '.',
      ],
    });
    const { answer } = await ask();
    expect(answer).toMatchObject({ status: 'answered', model: 'fake-chat', notes: ['words-only'] });
    expect(answer.text).toBe('You need the new profile [1]. Restart NetworkManager [1]. See … [1].');
    expect(answer.citations).toHaveLength(1);
    expect(answer.citations[0]).toMatchObject({ n: 1, passageId: 101 });
    expect(EVIDENCE[0]?.text).toContain(answer.citations[0]?.quote);
    expect(answer.inputTokens).toBeGreaterThan(0);
    expect(answer.outputTokens).toBeGreaterThan(0);
  });

  it('gets the passages as data, and its limit of tokens', async () => {
    server.reply({ text: ['The new profile [1].'] });
    await ask();
    const body = server.requests[0]?.body;
    expect(body.messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user']);
    expect(body.messages[1].content).toContain('Download it and restart NetworkManager.');
    expect(JSON.stringify(body)).toContain('500');
  });
});

describe('a model that does not know', () => {
  it('is not quoted: the reader sees "I don’t know" and where to look', async () => {
    server.reply({ text: ['NOT', '_FOU', 'ND'] });
    const seen: string[] = [];
    const { answer } = await ask({}, { onText: (shown) => seen.push(shown) });
    expect(answer).toMatchObject({ status: 'abstained', model: 'fake-chat' });
    expect(answer.text).toContain("I don't know");
    expect(answer.text).toContain(EVIDENCE[0]?.url);
    expect(seen.join()).not.toContain('NOT');
  });

  it('is not asked when there is nothing to answer from', async () => {
    const { answer } = await ask({ evidence: [] });
    expect(answer.status).toBe('abstained');
    await ask({ question: 'asdfgh qwertz yxcvb' });
    expect(server.requests).toEqual([]);
  });
});

describe('a model that cannot be trusted', () => {
  it('gives way to quotes when it cites nothing', async () => {
    server.reply({ text: ['You need the new profile. Download it and restart.'] });
    const { answer } = await ask();
    expect(answer).toMatchObject({ status: 'answered', notes: ['words-only', 'model-uncited'] });
    expect(answer.model).toBeUndefined();
    expect(answer.text).toContain('> The VPN on Linux needs the new profile.');
    expect(answer.inputTokens).toBeGreaterThan(0);
  });

  it('gives way to quotes when it cites only what does not exist', async () => {
    server.reply({ text: ['Ask in the kitchen [9].'] });
    expect((await ask()).answer.notes).toContain('model-uncited');
  });
});

describe('a model that fails', () => {
  it.each([
    ['refuses', { kind: 'status', status: 401 } as const],
    ['is broken', { kind: 'garbage' } as const],
    ['hangs up', { kind: 'cut' } as const],
  ])('%s: quotes and a note', async (_what, fault) => {
    server.fail(fault, { times: 9 });
    const { answer, failures } = await ask();
    expect(answer).toMatchObject({ status: 'answered', notes: ['words-only', 'model-failed'] });
    expect(answer.text).toContain('> The VPN on Linux needs the new profile.');
    expect(failures).toHaveLength(1);
  });

  it('hangs: quotes and a note once its time is over', async () => {
    server.reply({ text: [], ending: 'hangs' });
    const deadline = new AbortController();
    const asked = ask({}, { deadline: deadline.signal });
    await server.arrived(1);
    deadline.abort();
    expect((await asked).answer).toMatchObject({ status: 'answered', notes: ['words-only', 'model-timeout'] });
  });

  it('hangs and does not listen to its signal: the same', async () => {
    const deadline = new AbortController();
    const begun = Promise.withResolvers<void>();
    const deaf: Model = {
      name: 'deaf',
      async *stream() {
        begun.resolve();
        await new Promise(() => {});
        yield { kind: 'text', text: '' };
      },
    };
    const asked = ask({}, { model: deaf, deadline: deadline.signal });
    await begun.promise;
    deadline.abort();
    expect((await asked).answer.notes).toContain('model-timeout');
  });

  it('dies half-way: what was shown stays, then a word about it and the quotes', async () => {
    server.reply({ text: ['You need the new profile [1]. ', 'Then download', ' the'], ending: 'dies' });
    const { answer } = await ask();
    expect(answer).toMatchObject({ status: 'answered', model: 'fake-chat', notes: ['words-only', 'model-failed'] });
    expect(answer.text).toMatch(
      /^You need the new profile \[1\]\.\n\n_The language model broke off here\._\n\nThis is what was said:/u,
    );
    expect(answer.citations.map(({ n }) => n)).toContain(1);
    expect(new Set(answer.citations.map(({ n }) => n)).size).toBe(answer.citations.length);
  });
});

describe('a question that is withdrawn', () => {
  it('throws cancelled and lets the model go', async () => {
    server.reply({ text: ['You need the new profile [1]. And'], ending: 'hangs' });
    const asker = new AbortController();
    const asked = ask({ signal: asker.signal }, { onText: () => asker.abort() });
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await server.requests[0]?.closed;
  });
});
