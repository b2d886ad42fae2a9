import { afterAll, beforeAll } from 'vitest';
import { createModelAnswerer } from '../../../src/knowledge/answer/model.ts';
import { createQuotingAnswerer } from '../../../src/knowledge/answer/quote.ts';
import { countTokens } from '../../../src/knowledge/chunk/tokens.ts';
import { createOpenAiModel } from '../../../src/knowledge/llm/openai.ts';
import { describeAnswerer } from '../../contracts/answerer.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';

let server: FakeOpenAi;
beforeAll(async () => {
  server = await startFakeOpenAi();
});
afterAll(() => server.stop());

describeAnswerer('the one that quotes', async () => createQuotingAnswerer());

describeAnswerer('the one with a model', async () => {
  server.reply({
    text: ['Install the VPN profile ', 'and restart NetworkManager [1]. See https://evil.example/other.'],
  });
  return createModelAnswerer({
    model: createOpenAiModel({
      ...{ apiKey: server.key, baseUrl: server.url, model: 'fake-chat', retryDelayMs: 0 },
      ...{ firstTokenTimeoutMs: 60_000, idleTimeoutMs: 60_000, timeoutMs: 60_000 },
    }),
    fallback: createQuotingAnswerer(),
    ...{ countTokens, maxInputTokens: 4000, maxOutputTokens: 500 },
    deadline: () => new AbortController().signal,
  });
});
